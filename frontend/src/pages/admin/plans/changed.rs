//! Something has changed since: somebody is ill, a room is lost. It is noted where it belongs, and
//! the version repaired with as few changes as possible.

use super::board::{Board, user};
use super::grid::Grid;
use super::names::room_of;
use crate::api::availability::say_availability;
use crate::api::committees::create_closure;
use crate::api::planning::create_planning_job;
use crate::components::{Choice, EditorDialog, SelectField, TextField, use_toasts};
use crate::format::{Dates, read_clock, use_dates};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::pages::requests::{OverrideField, given};
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::availability::{AvailabilityAnswer, SayAvailability};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{RoomId, UserId};
use gestfg_types::planning::{CommitteePlanSummary, CreatePlanningJob, PlanningKind};
use gestfg_types::rooms::CreateRoomClosure;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ChangedDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct ChangedDialogProps {
    /// The version.
    pub(super) summary: CommitteePlanSummary,
    /// Its committees.
    pub(super) board: Rc<Board>,
    /// Its timetable, once there is one.
    pub(super) grid: Option<Rc<Grid>>,
    /// Whether the phase is closed, so that a reason is due.
    pub(super) due: bool,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// The repair was started.
    pub(super) onstarted: Callback<()>,
}

/// What is wrong, by the value of the first field: nothing new, a person, a room.
#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    what: String,
    person: String,
    room: String,
    starts_at: String,
    ends_at: String,
    override_reason: String,
    due: bool,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let timed = !values.what.is_empty();
    let (from, to) = (read_clock(&values.starts_at), read_clock(&values.ends_at));
    let check = Check::new()
        .when(values.what == "person" && values.person.is_empty(), "/professor_id", FieldCode::Required)
        .when(values.what == "room" && values.room.is_empty(), "/room_id", FieldCode::Required)
        .when(timed && from.is_none(), "/starts_at", FieldCode::Required)
        .when(timed && to.is_none(), "/ends_at", FieldCode::Required)
        .when(timed && from.zip(to).is_some_and(|(from, to)| to <= from), "/ends_at", FieldCode::OutOfRange);
    check.override_reason(&values.override_reason, values.due).done()
}

/// Asks what has changed, notes it, and starts the repair.
#[component]
pub(super) fn ChangedDialog(props: &ChangedDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let due = props.due;
    // Somebody who tries again because a reason was missing has not lost a second room.
    let noted = use_mut_ref(|| false);
    let present = first_day(props.grid.as_deref(), &dates);
    let form = use_form(
        "plan-changed",
        move || Values {
            what: "person".to_owned(),
            starts_at: present.0,
            ends_at: present.1,
            due,
            ..Values::default()
        },
        check,
    );
    let onsubmit = {
        let (plan, onstarted, dates) = (props.summary.clone(), props.onstarted.clone(), dates.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, onstarted) = (session.client.clone(), toasts.clone(), onstarted.clone());
            let (plan, dates, noted) = (plan.clone(), dates.clone(), noted.clone());
            async move {
                let span = dates.read(&values.starts_at).zip(dates.read(&values.ends_at));
                let (person, room) = (values.person.parse().ok(), values.room.parse().ok());
                let done = *noted.borrow();
                match (values.what.as_str(), span) {
                    ("person", Some((starts_at, ends_at))) => {
                        let said = SayAvailability {
                            professor_id: person.map(UserId),
                            starts_at,
                            ends_at,
                            answer: AvailabilityAnswer::No,
                            note: String::new(),
                        };
                        say_availability(&client, &said).await?;
                    }
                    ("room", Some((starts_at, ends_at))) if !done => {
                        let closure = CreateRoomClosure { starts_at, ends_at, reason: String::new() };
                        if let Some(room) = room.map(RoomId) {
                            create_closure(&client, room, &closure).await?;
                            noted.replace(true);
                        }
                    }
                    _ => {}
                }
                let job = CreatePlanningJob {
                    kind: PlanningKind::Repair,
                    plan_id: Some(plan.id),
                    seed: 1,
                    time_limit_seconds: 10,
                    override_reason: given(&values.override_reason),
                };
                create_planning_job(&client, plan.call_id, &job).await?;
                toasts.done(t.plan_started());
                onstarted.emit(());
                Ok(())
            }
        })
    };
    let whats = [("person", t.plan_person_away()), ("room", t.plan_room_lost())];
    let what = form.values().what.clone();
    let timed = !what.is_empty();
    html! {
        <EditorDialog
            title={t.plan_something_changed()}
            id={form.id.clone()}
            {onsubmit}
            sending={form.is_sending()}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&["/professor_id", "/room_id", "/starts_at", "/ends_at", "/override_reason"])}
            onclose={props.onclose.clone()}
            confirm={t.plan_repair()}
        >
            <p>{ t.plan_repair_body() }</p>
            <SelectField
                field={form.field("/kind", |v| v.what.clone(), |v, what| v.what = what)}
                label={t.plan_what_changed()}
                none={t.plan_already_noted()}
                choices={whats.map(|(value, label)| Choice::new(value, label)).to_vec()}
            />
            if what == "person" {
                <SelectField
                    field={form.field("/professor_id", |v| v.person.clone(), |v, person| v.person = person)}
                    label={t.plan_person()}
                    none={t.plan_choose_person()}
                    choices={seated(&props.board)}
                    required=true
                />
            } else if what == "room" {
                <SelectField
                    field={form.field("/room_id", |v| v.room.clone(), |v, room| v.room = room)}
                    label={t.plan_room()}
                    none={t.plan_choose_room()}
                    choices={rooms(props.grid.as_deref())}
                    required=true
                />
            }
            if timed {
                <div class="gestfg-form-row">
                    <TextField
                        field={form.field("/starts_at", |v| v.starts_at.clone(), |v, at| v.starts_at = at)}
                        label={t.plan_from_when()}
                        kind="datetime-local"
                        required=true
                    />
                    <TextField
                        field={form.field("/ends_at", |v| v.ends_at.clone(), |v, at| v.ends_at = at)}
                        label={t.plan_until_when()}
                        kind="datetime-local"
                        required=true
                    />
                </div>
            }
            <OverrideField
                field={form.field("/override_reason", |v| v.override_reason.clone(), |v, reason| v.override_reason = reason)}
                failure={form.failure().cloned()}
                {due}
            />
        </EditorDialog>
    }
}

/// Those who sit in a committee, by name.
fn seated(board: &Board) -> Vec<Choice> {
    let seats = board.committees.iter().flat_map(|committee| &committee.seats);
    let mut all: Vec<(String, UserId)> = seats.filter_map(user).map(|who| (board.name(who), who)).collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|(name, who)| Choice::new(who, name)).collect()
}

fn rooms(grid: Option<&Grid>) -> Vec<Choice> {
    let Some(grid) = grid else { return Vec::new() };
    let all = grid.question.rooms.iter();
    all.filter_map(|room| Some(Choice::new(room_of(&room.id)?, grid.board.room(&room.id)))).collect()
}

/// The hours of the first day that is in use, as the fields show them.
fn first_day(grid: Option<&Grid>, dates: &Dates) -> (String, String) {
    let found = grid.and_then(|grid| {
        let day = (0..grid.count()).filter_map(|defence| grid.place(defence)).map(|cell| cell.day).min()?;
        let slots = &grid.board.names.days.get(day)?.slots;
        let last = *slots.last()? + chrono::Duration::minutes(grid.board.names.slot_minutes);
        Some((dates.typed(*slots.first()?), dates.typed(last)))
    });
    found.unwrap_or_default()
}
