//! Having a round allocated, by one method or by several side by side.

use crate::api::allocation_runs::create_allocation_run;
use crate::components::{CheckField, Choice, EditorDialog, SelectField, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::allocation_runs::{
    AllocationMethod, AllocationRunSummary, AllocationTeamRecord, CreateAllocationRun,
};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::AllocationRoundId;
use std::collections::BTreeMap;
use yew::prelude::*;

/// Every method, in the order they are offered.
pub(super) const METHODS: [AllocationMethod; 7] = [
    AllocationMethod::SerialDictatorship,
    AllocationMethod::StableStudentOptimal,
    AllocationMethod::StableLecturerOptimal,
    AllocationMethod::StableWithTies,
    AllocationMethod::GreedyMaximum,
    AllocationMethod::GenerousMaximum,
    AllocationMethod::MinimumCostMaximum,
];

/// Properties of [`StartDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct StartDialogProps {
    /// Which round.
    pub(super) round: AllocationRoundId,
    /// The runs whose inputs may be used again, the newest first.
    pub(super) runs: Vec<AllocationRunSummary>,
    /// How many students a team may have.
    pub(super) team_max: i16,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// They were started.
    pub(super) onstarted: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    methods: Vec<bool>,
    same: String,
    seed: String,
    weights: String,
    team_record: String,
}

impl Values {
    fn methods(&self) -> Vec<AllocationMethod> {
        METHODS.into_iter().zip(&self.methods).filter_map(|(method, yes)| yes.then_some(method)).collect()
    }

    fn weights(&self) -> Option<Vec<u32>> {
        let words =
            self.weights.split(|letter: char| letter.is_whitespace() || letter == ',' || letter == ';');
        words.filter(|word| !word.is_empty()).map(|word| word.parse().ok()).collect()
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let seed = values.seed.trim().parse::<i64>();
    Check::new()
        .when(values.methods().is_empty(), "/method", FieldCode::Required)
        .when(seed.is_err(), "/seed", FieldCode::NotANumber)
        .when(seed.is_ok_and(|seed| seed < 0), "/seed", FieldCode::OutOfRange)
        .when(values.weights().is_none(), "/weights", FieldCode::NotANumber)
        .done()
}

/// Asks by which methods, over which inputs.
#[component]
pub(super) fn StartDialog(props: &StartDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form(
        "allocate",
        || Values {
            methods: METHODS.map(|method| method == AllocationMethod::StableStudentOptimal).to_vec(),
            seed: "1".to_owned(),
            ..Values::default()
        },
        check,
    );
    let onsubmit = {
        let (round, onstarted) = (props.round, props.onstarted.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, onstarted) = (session.client.clone(), toasts.clone(), onstarted.clone());
            async move {
                let mut same = values.same.parse().ok();
                let methods = values.methods();
                for method in &methods {
                    let minimum_cost = *method == AllocationMethod::MinimumCostMaximum;
                    let team = [AllocationTeamRecord::Lowest, AllocationTeamRecord::Highest];
                    let body = CreateAllocationRun {
                        method: *method,
                        name: None,
                        seed: values.seed.trim().parse().unwrap_or(1),
                        weights: values.weights().filter(|_| minimum_cost).unwrap_or_default(),
                        tie_breaks: None,
                        // What is frozen already has its own.
                        team_record: team
                            .into_iter()
                            .find(|record| record.as_str() == values.team_record)
                            .filter(|_| same.is_none()),
                        same_inputs_as: same,
                        time_limit_seconds: 30,
                    };
                    let made = create_allocation_run(&client, round, &body).await?;
                    // Side by side: the first freezes the inputs of them all.
                    same = same.or(Some(made.id));
                }
                toasts.done(t.runs_started(methods.len()));
                onstarted.emit(());
                Ok(())
            }
        })
    };
    // One of each inputs: the newest run over them.
    let mut inputs: BTreeMap<&str, &AllocationRunSummary> = BTreeMap::new();
    for run in &props.runs {
        inputs.entry(run.input_hash.as_str()).or_insert(run);
    }
    let mut inputs: Vec<_> = inputs.into_values().collect();
    inputs.sort_by_key(|run| std::cmp::Reverse(run.number));
    let choices: Vec<Choice> =
        inputs.iter().map(|run| Choice::new(run.id, t.run_inputs_of(run.number))).collect();
    let team = [AllocationTeamRecord::Lowest, AllocationTeamRecord::Highest];
    html! {
        <EditorDialog
            title={t.run_start_title()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/method", "/seed", "/weights", "/same_inputs_as", "/team_record"])}
            onclose={props.onclose.clone()}
            confirm={t.run_start()}
        >
            <p>{ t.run_start_body() }</p>
            <fieldset class="gestfg-stack">
                <legend class="gestfg-subheading">{ t.run_methods() }</legend>
                if let Some(code) = form.error("/method") {
                    <p class="gestfg-fault gestfg-problem" tabindex="-1">{ t.field_error(code) }</p>
                }
                { for METHODS.into_iter().enumerate().map(|(at, method)| html! {
                    <CheckField
                        key={method.as_str()}
                        field={form.field(
                            format!("/method/{}", method.as_str()),
                            |values| values.methods.get(at).copied().unwrap_or_default(),
                            move |values, yes| if let Some(chosen) = values.methods.get_mut(at) { *chosen = yes },
                        )}
                        label={t.allocation_method(method)}
                        help={t.allocation_method_says(method)}
                    />
                }) }
            </fieldset>
            if !choices.is_empty() {
                <SelectField
                    field={form.field("/same_inputs_as", |v| v.same.clone(), |v, same| v.same = same)}
                    label={t.run_inputs()}
                    help={t.run_inputs_help()}
                    none={t.run_inputs_now()}
                    {choices}
                />
            }
            <div class="gestfg-form-row">
                <TextField
                    field={form.field("/seed", |v| v.seed.clone(), |v, seed| v.seed = seed)}
                    label={t.plan_seed()}
                    help={t.plan_seed_help()}
                    kind="number"
                    required=true
                />
                <TextField
                    field={form.field("/weights", |v| v.weights.clone(), |v, weights| v.weights = weights)}
                    label={t.run_weights()}
                    help={t.run_weights_help()}
                />
            </div>
            if props.team_max > 1 {
                <SelectField
                    field={form.field("/team_record", |v| v.team_record.clone(), |v, record| v.team_record = record)}
                    label={t.run_team_record()}
                    none={t.team_record(AllocationTeamRecord::Mean)}
                    choices={team.map(|record| Choice::new(record.as_str(), t.team_record(record))).to_vec()}
                />
            }
        </EditorDialog>
    }
}
