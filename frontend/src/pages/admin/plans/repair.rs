//! A repair looked at before it is accepted: what would change, and what has to be agreed first.

use super::board::user;
use super::findings::Findings;
use super::grid::{Grid, Step};
use super::names::room_of;
use super::plan::Kept;
use super::why;
use crate::api::availability::say_availability;
use crate::api::committees::open_room;
use crate::api::planning::{change_committee_plan, create_planning_job};
use crate::components::{Alert, Button, ButtonKind, Dialog, ProblemAlert, Tone, use_toasts};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::pages::requests::given;
use chrono::{DateTime, Duration, Utc};
use gestfg_planner::timetable::Repair;
use gestfg_types::availability::{AvailabilityAnswer, SayAvailability};
use gestfg_types::ids::RoomId;
use gestfg_types::planning::{CreatePlanningJob, PlanningKind};
use gestfg_types::rooms::OpenRoom;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`RepairDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct RepairDialogProps {
    /// The version as it is kept.
    pub(super) kept: Kept,
    /// All of them.
    pub(super) grid: Rc<Grid>,
    /// Which has no place.
    pub(super) defence: usize,
    /// What would give it one.
    pub(super) repair: Repair,
    /// Leave it.
    pub(super) onclose: Callback<()>,
}

/// The moves of a repair; the team of a defence goes with it.
pub(super) fn moves(grid: &Grid, defence: usize, repair: &Repair) -> Vec<Step> {
    // The planner names the first defence of a team only.
    let first = grid.order(&repair.placement.defence.0).unwrap_or(defence);
    let mut all = grid.moves(first, grid.cell_of(&repair.placement), false);
    let others =
        repair.moves.iter().filter_map(|moved| Some((grid.order(&moved.defence.0)?, grid.cell_of(moved))));
    for (other, cell) in others {
        all.retain(|(known, _)| *known != other);
        if grid.place(other) != cell {
            all.push((other, cell));
        }
    }
    all
}

/// The difference it makes. What moves only defences is done at once; what needs somebody's yes is
/// noted as agreed, and the timetable worked out again from it.
#[component]
pub(super) fn RepairDialog(props: &RepairDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let (grid, repair) = (&props.grid, &props.repair);
    let moves = moves(grid, props.defence, repair);
    let verdict = grid.judge(&moves);
    let asks = !repair.ask.is_empty();
    let opens = !repair.open.is_empty();
    let fits = verdict.broken.is_empty();
    let accept = {
        let (kept, body) = (props.kept.clone(), grid.request(&moves, given(&props.kept.reason)));
        let (agreed, onclose) = (agreed(grid, props.defence, repair), props.onclose.clone());
        use_action(move |client, ()| {
            let (kept, body, agreed) = (kept.clone(), body.clone(), agreed.clone());
            let (toasts, onclose) = (toasts.clone(), onclose.clone());
            async move {
                if agreed.is_empty() {
                    let changed =
                        change_committee_plan(&client, &kept.summary, "move-defence", &body).await?;
                    toasts.done(t.plan_changed());
                    kept.onchanged.emit(Rc::new(changed));
                } else {
                    for agreement in &agreed {
                        match agreement {
                            Agreement::Comes(said) => drop(say_availability(&client, said).await?),
                            Agreement::Opens(room, time) => open_room(&client, *room, time).await?,
                        }
                    }
                    let job = CreatePlanningJob {
                        kind: PlanningKind::Timetable,
                        plan_id: Some(kept.summary.id),
                        seed: 1,
                        time_limit_seconds: 10,
                        override_reason: given(&kept.reason),
                    };
                    create_planning_job(&client, kept.summary.call_id, &job).await?;
                    toasts.done(t.plan_started());
                }
                onclose.emit(());
                Ok(())
            }
        })
    };
    let name = |defence: usize| grid.known[defence].student.clone();
    let place = |cell: Option<super::grid::Cell>| {
        cell.map_or_else(|| t.plan_without_hour().to_owned(), |cell| grid.when(&dates, cell))
    };
    let change = |(defence, to): &Step| {
        html! {
            <li>{ name(*defence) }{ ": " }<s>{ place(grid.place(*defence)) }</s>{ " → " }<strong>{ place(*to) }</strong></li>
        }
    };
    let may = props.kept.editable && (asks || opens || fits);
    let label = match (asks, opens) {
        (true, _) => t.repair_agreed(),
        (false, true) => t.repair_opened(),
        (false, false) => t.repair_accept(),
    };
    let rooms: Vec<String> = repair.open.iter().map(|room| grid.board.room(room)).collect();
    let footer = html! {
        <>
            <Button {label} disabled={!may} busy={accept.running} onclick={accept.run.reform(|_: MouseEvent| ())} />
            <Button label={t.cancel()} kind={ButtonKind::Link} disabled={accept.running} onclick={props.onclose.reform(|_| ())} />
        </>
    };
    html! {
        <Dialog title={t.repair_title()} {footer} wide=true busy={accept.running} onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                if let Some(error) = &accept.error {
                    <ProblemAlert error={error.clone()} />
                }
                if asks {
                    <Alert tone={Tone::Info} title={t.repair_ask(&why::people(t, grid, &repair.ask))}>{ t.repair_ask_body() }</Alert>
                }
                if opens {
                    <Alert tone={Tone::Info} title={t.repair_open(&rooms.join(", "))}>{ t.repair_open_body() }</Alert>
                }
                <section>
                    <h3 class="gestfg-subheading">{ t.plan_what_changes() }</h3>
                    <ul class="pf-v6-c-list">{ for moves.iter().map(change) }</ul>
                </section>
                if !asks && !opens {
                    <Findings board={Rc::clone(&grid.board)} title={t.plan_would_break()} tone={Tone::Danger} found={verdict.broken.clone()} />
                }
                <Findings board={Rc::clone(&grid.board)} title={t.plan_would_warn()} tone={Tone::Warning} found={verdict.warnings.clone()} />
            </div>
        </Dialog>
    }
}

/// What a repair needs before the timetable is worked out again.
#[derive(Debug, Clone)]
enum Agreement {
    /// Somebody comes though they had said no.
    Comes(SayAvailability),
    /// A closed room is opened.
    Opens(RoomId, OpenRoom),
}

/// What has to be agreed to for a repair: for the whole time of the defence and its team.
fn agreed(grid: &Grid, defence: usize, repair: &Repair) -> Vec<Agreement> {
    let Some(cell) = grid.cell_of(&repair.placement) else { return Vec::new() };
    let steps = moves(grid, defence, repair);
    let team = steps.iter().filter(|(other, _)| grid.place(*other).is_none()).count().max(1);
    let slots = grid.board.names.days.get(cell.day).map_or(&[][..], |day| &day.slots);
    let Some(starts_at) = slots.get(cell.slot).copied() else { return Vec::new() };
    let last: DateTime<Utc> = slots.get(cell.slot + team - 1).copied().unwrap_or(starts_at);
    let ends_at = last + Duration::minutes(grid.board.names.slot_minutes);
    let say = |professor_id| {
        Agreement::Comes(SayAvailability {
            professor_id: Some(professor_id),
            starts_at,
            ends_at,
            answer: AvailabilityAnswer::Yes,
            note: String::new(),
        })
    };
    let open = |room| Agreement::Opens(room, OpenRoom { starts_at, ends_at });
    // Rooms first: one that another call is in cannot be opened, and then nobody need be asked.
    let rooms = repair.open.iter().filter_map(room_of).map(open);
    rooms.chain(repair.ask.iter().filter_map(user).map(say)).collect()
}
