//! What a person changes of a plan by hand. Each leaves the plan whole; whether it keeps the
//! rules is for the checker to say.

use super::{Draft, Timetable, ask_timetable, ids};
use gestfg_planner::committees::{self, Committee, ProjectPin, SeatPin};
use gestfg_planner::control::Control;
use gestfg_planner::id::{DayId, DefenceId, PersonId, ProjectId};
use gestfg_planner::sentence::Sentence;
use gestfg_planner::status::Status;
use gestfg_planner::timetable::{self, Pin, Placement, Reason, ReasonKind, Unplaced};
use gestfg_types::ids::{EvaluationRequestId, UserId};
use gestfg_types::planning::{DefenceMove, PlanSeat};
use std::time::Duration;

/// The plan has no such seat, project, professor or defence; the field that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuch(pub &'static str);

type Edited = Result<(), NoSuch>;

fn seat_at<'a>(draft: &'a mut Draft, at: PlanSeat, field: &'static str) -> Result<&'a mut PersonId, NoSuch> {
    let committee = draft.answer.committees.get_mut(at.committee).ok_or(NoSuch(field))?;
    committee.seats.get_mut(at.seat).ok_or(NoSuch(field))
}

/// Two seats change their people.
///
/// # Errors
/// When the plan has no such seat.
pub fn swap_seats(draft: &mut Draft, from: PlanSeat, to: PlanSeat) -> Edited {
    let one = seat_at(draft, from, "/from")?.clone();
    let other = std::mem::replace(seat_at(draft, to, "/to")?, one);
    *seat_at(draft, from, "/from")? = other;
    settle(draft);
    Ok(())
}

/// Somebody else takes a seat.
///
/// # Errors
/// When the plan has no such seat or professor.
pub fn replace_seat(draft: &mut Draft, at: PlanSeat, professor: UserId) -> Edited {
    let name = ids::person(professor);
    if !draft.question.professors.iter().any(|known| known.id == name) {
        return Err(NoSuch("/professor_id"));
    }
    *seat_at(draft, at, "/from")? = name;
    settle(draft);
    Ok(())
}

fn home<'a>(committees: &'a mut [Committee], project: &ProjectId) -> Option<&'a mut Committee> {
    committees.iter_mut().find(|committee| committee.projects.contains(project))
}

/// A project goes to another committee, and perhaps another comes for it.
///
/// # Errors
/// When the plan has no such project or committee.
pub fn move_project(
    draft: &mut Draft,
    request: EvaluationRequestId,
    committee: usize,
    exchange: Option<EvaluationRequestId>,
) -> Edited {
    let project = ids::project(request);
    if !draft.question.projects.iter().any(|known| known.id == project) {
        return Err(NoSuch("/request_id"));
    }
    let committees = &mut draft.answer.committees;
    if committee >= committees.len() {
        return Err(NoSuch("/committee"));
    }
    let left = committees.iter().position(|committee| committee.projects.contains(&project));
    if let Some(other) = exchange.map(ids::project) {
        let Some(left) = left else { return Err(NoSuch("/in_exchange_for")) };
        let there = home(committees, &other).ok_or(NoSuch("/in_exchange_for"))?;
        there.projects.retain(|id| *id != other);
        committees[left].projects.push(other);
    }
    if let Some(left) = left {
        committees[left].projects.retain(|id| *id != project);
    }
    committees[committee].projects.push(project);
    settle(draft);
    Ok(())
}

/// Defences go elsewhere, or out of the timetable.
///
/// # Errors
/// When the plan has no timetable or no such defence.
pub fn move_defences(draft: &mut Draft, moves: &[DefenceMove]) -> Edited {
    let timetable = draft.timetable.as_mut().ok_or(NoSuch("/moves"))?;
    for step in moves {
        let defence = DefenceId(step.defence.clone());
        if !timetable.question.defences.iter().any(|known| known.id == defence) {
            return Err(NoSuch("/moves"));
        }
        let placements = &mut timetable.answer.placements;
        placements.retain(|placed| placed.defence != defence);
        if let Some(place) = &step.to {
            placements.push(Placement {
                defence,
                day: DayId(place.day.clone()),
                slot: place.slot,
                room: ids::room(place.room_id),
                panel: Vec::new(),
            });
        }
    }
    settle(draft);
    Ok(())
}

/// Fix who sits in a seat, or let it go.
///
/// # Errors
/// When the plan has no such seat.
pub fn pin_seat(draft: &mut Draft, at: PlanSeat, pinned: bool) -> Edited {
    let professor = seat_at(draft, at, "/seat")?.clone();
    let pins = &mut draft.question.seat_pins;
    pins.retain(|pin| (pin.committee, pin.seat) != (at.committee, at.seat));
    if pinned {
        pins.push(SeatPin { committee: at.committee, seat: at.seat, professor });
    }
    Ok(())
}

/// Fix which committee judges a project, or let it go.
///
/// # Errors
/// When no committee of the plan judges it.
pub fn pin_project(draft: &mut Draft, request: EvaluationRequestId, pinned: bool) -> Edited {
    let project = ids::project(request);
    let committees = &draft.answer.committees;
    let committee = committees.iter().position(|committee| committee.projects.contains(&project));
    let committee = committee.ok_or(NoSuch("/request_id"))?;
    let pins = &mut draft.question.project_pins;
    pins.retain(|pin| pin.project != project);
    if pinned {
        pins.push(ProjectPin { project, committee });
    }
    Ok(())
}

/// Fix time and room of a defence, or let it go.
///
/// # Errors
/// When it has no place in the plan.
pub fn pin_defence(draft: &mut Draft, name: &str, pinned: bool) -> Edited {
    let timetable = draft.timetable.as_mut().ok_or(NoSuch("/defence"))?;
    let placed = timetable.answer.placements.iter().find(|placed| placed.defence.0 == name).cloned();
    let placed = placed.ok_or(NoSuch("/defence"))?;
    let pins = &mut timetable.question.pins;
    pins.retain(|pin| pin.defence != placed.defence);
    if pinned {
        let Placement { defence, day, slot, room, .. } = placed;
        pins.push(Pin { defence, day: Some(day), slot: Some(slot), room: Some(room), panel: Vec::new() });
    }
    Ok(())
}

/// What a plan says of itself after a change by hand: nothing is proved any more.
fn settle(draft: &mut Draft) {
    let values = committees::measure(&draft.question, &draft.answer.committees);
    draft.answer.status = Status::Feasible;
    for said in &mut draft.answer.objectives {
        if let Some(measured) = values.iter().find(|measured| measured.objective == said.objective) {
            said.value = measured.value;
            said.bound = said.bound.min(measured.value);
        }
    }
    let Some(timetable) = &mut draft.timetable else { return };
    let how = timetable.mode();
    ask_timetable::seat(&mut timetable.question, &draft.question, &draft.answer.committees, how);
    let Timetable { question, answer, .. } = timetable;
    let formed = (&draft.question, draft.answer.committees.as_slice());
    ask_timetable::seat_placements(question, formed, &mut answer.placements);
    answer.placements.sort_by(|a, b| (&a.day, a.slot, &a.room).cmp(&(&b.day, b.slot, &b.room)));
    answer.status = Status::Feasible;
    answer.scheduled = answer.placements.len();
    answer.bound = answer.bound.max(answer.scheduled);
    answer.conflicts.clear();
    answer.objectives = timetable::solve::objectives_of(
        question,
        &answer.placements,
        &Control::new(answer.seed, Duration::from_secs(1)),
    );
    let is_placed = |id: &DefenceId| answer.placements.iter().any(|placed| placed.defence == *id);
    let mut unplaced: Vec<Unplaced> =
        answer.unplaced.iter().filter(|left| !is_placed(&left.defence)).cloned().collect();
    for defence in question.defences.iter().filter(|defence| !is_placed(&defence.id)) {
        if !unplaced.iter().any(|left| left.defence == defence.id) {
            unplaced.push(taken_out(defence.id.clone()));
        }
    }
    answer.unplaced = unplaced;
}

fn taken_out(defence: DefenceId) -> Unplaced {
    let said = Sentence::TakenOut { defences: vec![defence.clone()] };
    let reason = Reason {
        kind: ReasonKind::Unknown,
        text: said.to_string(),
        said: Some(said),
        people: Vec::new(),
        defences: vec![defence.clone()],
        hours: Vec::new(),
        rooms: Vec::new(),
        nearest: None,
        minimal: false,
    };
    Unplaced { defence, reason, repairs: Vec::new() }
}
