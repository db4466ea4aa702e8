//! Applying on behalf of students.

use crate::api::applications::create_application;
use crate::components::{EditorDialog, RankList, Ranking, TextField, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::pages::applications::{AddProjects, KnownProject, project_item};
use crate::pages::requests::{OverrideField, given};
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::applications::{CreateApplication, Wish};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::ProjectId;
use yew::prelude::*;

/// Properties of [`BehalfDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct BehalfDialogProps {
    /// In which round.
    pub(super) round: AllocationRound,
    /// Whether a reason is due.
    pub(super) due: bool,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was entered.
    pub(super) ondone: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    student: String,
    others: String,
    ranking: Ranking,
    reason: String,
    due: bool,
}

impl Values {
    /// Who else, as typed: one address to a word.
    fn others(&self) -> Vec<String> {
        let words =
            self.others.split(|letter: char| letter.is_whitespace() || letter == ',' || letter == ';');
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let check = Check::new().when(values.student.trim().is_empty(), "/student", FieldCode::Required).when(
        values.ranking.is_empty(),
        "/preferences",
        FieldCode::Required,
    );
    check.override_reason(&values.reason, values.due).done()
}

/// Asks who applies and for what.
#[component]
pub(super) fn BehalfDialog(props: &BehalfDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let known = use_state_eq(Vec::<KnownProject>::new);
    let due = props.due;
    let round = &props.round;
    let form = use_form("behalf", move || Values { due, ..Values::default() }, check);
    let onsubmit = {
        let (round_id, ondone) = (round.id, props.ondone.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, ondone) = (session.client.clone(), toasts.clone(), ondone.clone());
            async move {
                let wish = |(id, rank): (i64, i16)| Wish { project_id: ProjectId(id), rank };
                let body = CreateApplication {
                    round_id,
                    student: Some(values.student.trim().to_owned()),
                    invite: values.others(),
                    statement: String::new(),
                    preferences: values.ranking.ranked().map(wish).collect(),
                    override_reason: given(&values.reason),
                };
                create_application(&client, &body).await?;
                toasts.done(t.behalf_entered());
                ondone.emit(());
                Ok(())
            }
        })
    };
    let ranking = form.values().ranking.clone();
    let onrank = {
        let form = form.clone();
        Callback::from(move |next: Ranking| form.edit(move |values| values.ranking = next))
    };
    let onadd = {
        let (known, form) = (known.clone(), form.clone());
        Callback::from(move |project: KnownProject| {
            let id = project.id;
            let mut all = (*known).clone();
            all.push(project);
            known.set(all);
            form.edit(move |values| values.ranking = values.ranking.with(id));
        })
    };
    let full = ranking.len() >= usize::try_from(round.max_preferences).unwrap_or_default();
    let team = i16::try_from(1 + form.values().others().len()).unwrap_or(1);
    html! {
        <EditorDialog
            title={t.behalf_title()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/student", "/invite", "/preferences", "/override_reason"])}
            onclose={props.onclose.clone()}
            confirm={t.behalf_enter()}
        >
            <p>{ t.behalf_body() }</p>
            <TextField
                field={form.field("/student", |v| v.student.clone(), |v, student| v.student = student)}
                label={t.behalf_student()}
                required=true
            />
            if round.team_max > 1 {
                <TextField
                    field={form.field("/invite", |v| v.others.clone(), |v, others| v.others = others)}
                    label={t.behalf_others()}
                    help={t.behalf_others_help()}
                />
            }
            <div>
                <p class="gestfg-subheading">{ t.round_wishes() }</p>
                if let Some(code) = form.error("/preferences") {
                    <p class="gestfg-fault gestfg-problem" tabindex="-1">{ t.field_error(code) }</p>
                }
                <RankList
                    id="behalf-ranks"
                    label={t.round_wishes()}
                    items={known.iter().map(|project| project_item(project, t)).collect::<Vec<_>>()}
                    {ranking}
                    ties={round.ties_allowed}
                    onchange={onrank}
                />
            </div>
            <AddProjects
                round={round.id}
                chosen={form.values().ranking.ranked().map(|(id, _)| id).collect::<Vec<_>>()}
                {team}
                {full}
                {onadd}
            />
            <OverrideField
                field={form.field("/override_reason", |v| v.reason.clone(), |v, reason| v.reason = reason)}
                failure={form.failure().cloned()}
                {due}
            />
        </EditorDialog>
    }
}
