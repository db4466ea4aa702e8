//! Starting a run of the planner.

use crate::api::planning::create_planning_job;
use crate::components::{Choice, EditorDialog, SelectField, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::pages::requests::{OverrideField, given};
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{CallId, CommitteePlanId};
use gestfg_types::planning::{CommitteePlanSummary, CreatePlanningJob, PlanningJob, PlanningKind};
use yew::prelude::*;

/// Properties of [`StartDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct StartDialogProps {
    /// For which call.
    pub(super) call: CallId,
    /// The versions to start from, the newest first.
    pub(super) plans: Vec<CommitteePlanSummary>,
    /// Whether the phase is closed, so that a reason is due.
    pub(super) due: bool,
    /// What is worked out and from which version, when that is not asked.
    #[prop_or_default]
    pub(super) preset: Option<(PlanningKind, CommitteePlanId)>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was started.
    pub(super) onstarted: Callback<PlanningJob>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    kind: String,
    plan: String,
    seed: String,
    limit: String,
    override_reason: String,
    due: bool,
}

impl Values {
    fn kind(&self) -> PlanningKind {
        let found = [PlanningKind::Timetable, PlanningKind::Repair];
        found.into_iter().find(|kind| kind.as_str() == self.kind).unwrap_or(PlanningKind::Committees)
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let seed = values.seed.trim().parse::<i64>();
    let limit = values.limit.trim().parse::<i16>();
    let without = values.plan.is_empty() && values.kind() != PlanningKind::Committees;
    let check = Check::new()
        .when(without, "/plan_id", FieldCode::Required)
        .when(seed.is_err(), "/seed", FieldCode::NotANumber)
        .when(seed.is_ok_and(|seed| seed < 0), "/seed", FieldCode::OutOfRange)
        .when(limit.is_err(), "/time_limit_seconds", FieldCode::NotANumber)
        .when(
            limit.is_ok_and(|limit| !(1..=300).contains(&limit)),
            "/time_limit_seconds",
            FieldCode::OutOfRange,
        );
    check.override_reason(&values.override_reason, values.due).done()
}

/// Asks what to work out, from where, and for how long.
#[component]
pub(super) fn StartDialog(props: &StartDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let (due, preset) = (props.due, props.preset);
    let form = use_form(
        "plan-start",
        move || Values {
            kind: preset.map_or_else(String::new, |(kind, _)| kind.as_str().to_owned()),
            plan: preset.map_or_else(String::new, |(_, plan)| plan.to_string()),
            seed: "1".to_owned(),
            limit: "10".to_owned(),
            due,
            ..Values::default()
        },
        check,
    );
    let onsubmit = {
        let (call, onstarted) = (props.call, props.onstarted.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, onstarted) = (session.client.clone(), toasts.clone(), onstarted.clone());
            async move {
                let asked = CreatePlanningJob {
                    kind: values.kind(),
                    plan_id: values.plan.parse::<i64>().ok().map(CommitteePlanId),
                    seed: values.seed.trim().parse().unwrap_or(1),
                    time_limit_seconds: values.limit.trim().parse().unwrap_or(10),
                    override_reason: given(&values.override_reason),
                };
                let job = create_planning_job(&client, call, &asked).await?;
                toasts.done(t.plan_started());
                onstarted.emit(job);
                Ok(())
            }
        })
    };
    let kinds = [PlanningKind::Timetable, PlanningKind::Repair];
    let plans = props.plans.iter();
    let plans = plans.map(|plan| Choice::new(plan.id, t.plan_label(plan.number, plan.name.as_deref())));
    html! {
        <EditorDialog
            title={preset.map_or(t.plan_start_title(), |(kind, _)| t.planning_kind(kind))}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/plan_id", "/seed", "/time_limit_seconds", "/override_reason"])}
            onclose={props.onclose.clone()}
            confirm={t.plan_start()}
        >
            <p>{ t.plan_start_body() }</p>
            if preset.is_some() {
                <p>{ t.plan_rerun_body() }</p>
            } else {
                <SelectField
                    field={form.field("/kind", |v| v.kind.clone(), |v, kind| v.kind = kind)}
                    label={t.plan_what()}
                    none={t.planning_kind(PlanningKind::Committees)}
                    choices={kinds.map(|kind| Choice::new(kind.as_str(), t.planning_kind(kind))).to_vec()}
                />
                <SelectField
                    field={form.field("/plan_id", |v| v.plan.clone(), |v, plan| v.plan = plan)}
                    label={t.plan_from()}
                    help={t.plan_from_help()}
                    none={t.plan_from_none()}
                    choices={plans.collect::<Vec<_>>()}
                />
            }
            <div class="gestfg-form-row">
                <TextField
                    field={form.field("/time_limit_seconds", |v| v.limit.clone(), |v, limit| v.limit = limit)}
                    label={t.plan_limit()}
                    help={t.plan_limit_help()}
                    kind="number"
                    required=true
                />
                <TextField
                    field={form.field("/seed", |v| v.seed.clone(), |v, seed| v.seed = seed)}
                    label={t.plan_seed()}
                    help={t.plan_seed_help()}
                    kind="number"
                    required=true
                />
            </div>
            <OverrideField
                field={form.field("/override_reason", |v| v.override_reason.clone(), |v, reason| v.override_reason = reason)}
                failure={form.failure().cloned()}
                {due}
            />
        </EditorDialog>
    }
}
