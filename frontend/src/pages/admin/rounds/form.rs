//! The dates and rules of a round.

use crate::api::applications::{create_allocation_round, update_allocation_round};
use crate::components::{CheckField, Choice, EditorDialog, SelectField, TextField, use_toasts};
use crate::format::{Dates, use_dates};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use crate::zone::now;
use gestfg_types::allocation_rounds::{
    AllocationRound, CreateAllocationRound, MAX_PREFERENCES, TutorView, UpdateAllocationRound,
};
use gestfg_types::calls::{Call, Phase};
use gestfg_types::errors::FieldCode;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`RoundDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct RoundDialogProps {
    /// Of which call.
    pub(super) call: Rc<Call>,
    /// The round, if it is there already.
    #[prop_or_default]
    pub(super) round: Option<AllocationRound>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was saved.
    pub(super) onsaved: Callback<AllocationRound>,
}

#[derive(Debug, Clone, PartialEq)]
struct Values {
    opens: String,
    closes: String,
    tutors: String,
    most: String,
    ties: bool,
    view: String,
    counts: bool,
    team: String,
    limit: String,
}

impl Values {
    fn of(round: Option<&AllocationRound>, call: &Call, dates: &Dates) -> Self {
        let phase = call.phases.iter().find(|found| found.phase == Phase::ProjectAssignment);
        let end = phase.map(|phase| dates.typed_deadline(phase.ends_at)).unwrap_or_default();
        match round {
            Some(round) => Self {
                opens: dates.typed(round.opens_at),
                closes: dates.typed_deadline(round.closes_at),
                tutors: dates.typed_deadline(round.tutors_close_at),
                most: round.max_preferences.to_string(),
                ties: round.ties_allowed,
                view: round.tutor_view.as_str().to_owned(),
                counts: round.show_counts,
                team: round.team_max.to_string(),
                limit: round.tutor_limit.map(|limit| limit.to_string()).unwrap_or_default(),
            },
            None => Self {
                // Nobody could have applied before now.
                opens: phase.map(|phase| dates.typed(phase.starts_at.max(now()))).unwrap_or_default(),
                closes: end.clone(),
                tutors: end,
                most: "5".to_owned(),
                ties: false,
                view: TutorView::Ranking.as_str().to_owned(),
                counts: false,
                team: "1".to_owned(),
                limit: String::new(),
            },
        }
    }

    fn view(&self) -> TutorView {
        let all = [TutorView::Ranking, TutorView::Shortlist, TutorView::None];
        all.into_iter().find(|view| view.as_str() == self.view).unwrap_or(TutorView::Ranking)
    }

    fn limit(&self) -> Option<i16> {
        self.limit.trim().parse().ok()
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let number = |text: &str| text.trim().parse::<i16>().ok();
    let outside = |text: &str, least: i16, most: i16| {
        number(text).is_some_and(|value| !(least..=most).contains(&value))
    };
    let limit = values.limit.trim();
    Check::new()
        .when(values.opens.is_empty(), "/opens_at", FieldCode::Required)
        .when(values.closes.is_empty(), "/closes_at", FieldCode::Required)
        .when(values.closes < values.opens, "/closes_at", FieldCode::OutOfRange)
        .when(values.tutors < values.closes, "/tutors_close_at", FieldCode::OutOfRange)
        .when(number(&values.most).is_none(), "/max_preferences", FieldCode::NotANumber)
        .when(outside(&values.most, 1, MAX_PREFERENCES), "/max_preferences", FieldCode::OutOfRange)
        .when(!limit.is_empty() && number(limit).is_none(), "/tutor_limit", FieldCode::NotANumber)
        .when(outside(limit, 1, 100), "/tutor_limit", FieldCode::OutOfRange)
        .done()
}

const POINTERS: [&str; 9] = [
    "/opens_at",
    "/closes_at",
    "/tutors_close_at",
    "/max_preferences",
    "/ties_allowed",
    "/tutor_view",
    "/show_counts",
    "/team_max",
    "/tutor_limit",
];

/// Asks for the dates and rules of a round.
#[component]
pub(super) fn RoundDialog(props: &RoundDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("round", || Values::of(props.round.as_ref(), &props.call, &dates), check);
    let onsubmit = {
        let (call, round, onsaved) = (props.call.call.id, props.round.clone(), props.onsaved.clone());
        let dates = dates.clone();
        form.on_submit(move |values: Values| {
            let (client, toasts, onsaved) = (session.client.clone(), toasts.clone(), onsaved.clone());
            let (round, dates) = (round.clone(), dates.clone());
            async move {
                let (Some(opens_at), Some(closes_at)) =
                    (dates.read(&values.opens), dates.read_deadline(&values.closes))
                else {
                    return Ok(());
                };
                let tutors_close_at = dates.read_deadline(&values.tutors);
                let max_preferences = values.most.trim().parse().unwrap_or(5);
                let team_max = values.team.parse().unwrap_or(1);
                let saved = match round {
                    Some(round) => {
                        let changes = UpdateAllocationRound {
                            opens_at: Some(opens_at),
                            closes_at: Some(closes_at),
                            tutors_close_at,
                            max_preferences: Some(max_preferences),
                            ties_allowed: Some(values.ties),
                            tutor_view: Some(values.view()),
                            show_counts: Some(values.counts),
                            team_max: Some(team_max),
                            tutor_limit: Some(values.limit()),
                        };
                        update_allocation_round(&client, round.id, round.version, &changes).await?
                    }
                    None => {
                        let body = CreateAllocationRound {
                            opens_at,
                            closes_at,
                            tutors_close_at,
                            max_preferences,
                            ties_allowed: values.ties,
                            tutor_view: values.view(),
                            show_counts: values.counts,
                            team_max,
                            tutor_limit: values.limit(),
                        };
                        create_allocation_round(&client, call, &body).await?
                    }
                };
                toasts.done(t.round_saved());
                onsaved.emit(saved);
                Ok(())
            }
        })
    };
    let phase = props.call.phases.iter().find(|found| found.phase == Phase::ProjectAssignment);
    let inside = phase.map_or_else(
        || t.round_no_phase().to_owned(),
        |phase| t.round_inside(&dates.date_time(phase.starts_at), &dates.deadline(phase.ends_at)),
    );
    let views = [TutorView::Ranking, TutorView::Shortlist, TutorView::None];
    let teams = ["1", "2", "3"];
    let when = |pointer: &'static str,
                get: fn(&Values) -> String,
                set: fn(&mut Values, String),
                label: &'static str| {
        html! {
            <TextField field={form.field(pointer, get, set)} {label} kind="datetime-local" required=true />
        }
    };
    html! {
        <EditorDialog
            title={if props.round.is_some() { t.round_edit() } else { t.round_new() }}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&POINTERS)}
            onclose={props.onclose.clone()}
            confirm={t.save()}
        >
            <p>{ inside }</p>
            <div class="gestfg-form-row">
                { when("/opens_at", |v| v.opens.clone(), |v, at| v.opens = at, t.round_opens_at()) }
                { when("/closes_at", |v| v.closes.clone(), |v, at| v.closes = at, t.round_closes_at()) }
            </div>
            { when("/tutors_close_at", |v| v.tutors.clone(), |v, at| v.tutors = at, t.round_tutors_close_at()) }
            <SelectField
                field={form.field("/tutor_view", |v| v.view.clone(), |v, view| v.view = view)}
                label={t.round_tutor_view()}
                choices={views.map(|view| Choice::new(view.as_str(), t.tutor_view(view))).to_vec()}
            />
            <div class="gestfg-form-row">
                <TextField
                    field={form.field("/max_preferences", |v| v.most.clone(), |v, most| v.most = most)}
                    label={t.round_max_preferences()}
                    kind="number"
                    required=true
                />
                <SelectField
                    field={form.field("/team_max", |v| v.team.clone(), |v, team| v.team = team)}
                    label={t.round_team_max()}
                    choices={teams.map(|size| Choice::new(size, size)).to_vec()}
                />
                <TextField
                    field={form.field("/tutor_limit", |v| v.limit.clone(), |v, limit| v.limit = limit)}
                    label={t.round_tutor_limit()}
                    help={t.round_tutor_limit_help()}
                    kind="number"
                />
            </div>
            <CheckField
                field={form.field("/ties_allowed", |v| v.ties, |v, ties| v.ties = ties)}
                label={t.round_ties()}
            />
            <CheckField
                field={form.field("/show_counts", |v| v.counts, |v, counts| v.counts = counts)}
                label={t.round_show_counts()}
                help={t.round_show_counts_help()}
            />
        </EditorDialog>
    }
}
