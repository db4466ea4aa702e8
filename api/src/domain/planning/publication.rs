//! What publishing a plan makes of what was published before, and who is told.

use super::{Draft, World, ask_committees, ask_timetable, ids};
use crate::domain::planning::Mode;
use crate::domain::planning::Timetable;
use chrono::{DateTime, Utc};
use gestfg_types::ids::{EvaluationRequestId, RoomId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// A seat: the number of its committee, counted from 1, and its name.
pub type Seat = (i16, String);

/// Whose defence of which request.
pub type DefenceKey = (EvaluationRequestId, UserId);

/// Where a defence is held, before which committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The committee's number.
    pub committee: i16,
    /// Room, beginning and end.
    pub at: Option<(RoomId, DateTime<Utc>, DateTime<Utc>)>,
}

/// Committees and defences as everybody sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Who sits where.
    pub seats: BTreeMap<Seat, UserId>,
    /// Who defends when and where.
    pub defences: BTreeMap<DefenceKey, Place>,
}

/// The name of a seat by its place: 0 presides, full seats come before substitutes.
#[must_use]
pub fn seat_name(at: usize, full_seats: usize) -> String {
    match at {
        0 => "president".to_owned(),
        _ if at < full_seats => format!("member_{at}"),
        _ => format!("substitute_{}", at + 1 - full_seats),
    }
}

/// What a plan would publish.
#[must_use]
pub fn published(draft: &Draft, world: &World) -> Published {
    let mut found = Published::default();
    let number = |at: usize| i16::try_from(at + 1).unwrap_or(i16::MAX);
    for (at, committee) in draft.answer.committees.iter().enumerate() {
        for (seat, name) in committee.seats.iter().enumerate() {
            if let Some(professor) = ids::person_of(name) {
                let seat = seat_name(seat, draft.question.settings.full_seats);
                found.seats.insert((number(at), seat), professor);
            }
        }
        for project in world.projects.iter().filter(|p| committee.projects.contains(&ids::project(p.request)))
        {
            for student in &project.students {
                let at = Place { committee: number(at), at: time(draft, project.request, *student) };
                found.defences.insert((project.request, *student), at);
            }
        }
    }
    found
}

fn time(
    draft: &Draft,
    request: EvaluationRequestId,
    student: UserId,
) -> Option<(RoomId, DateTime<Utc>, DateTime<Utc>)> {
    let timetable = draft.timetable.as_ref()?;
    let name = ids::defence(request, student);
    let placed = timetable.answer.placements.iter().find(|placed| placed.defence == name)?;
    let (from, to) = timetable.hours.time(&placed.day, placed.slot)?;
    Some((ids::room_of(&placed.room)?, from, to))
}

/// The plan, asked anew by what holds now: people, rooms, requests and rules may have changed
/// since it was made.
#[must_use]
pub fn renewed(draft: &Draft, world: &World) -> Draft {
    let mut world = world.clone();
    world.settings.mode = match (draft.mode(), world.settings.mode) {
        (Some(mode), _) => mode,
        (None, Mode::FreePanel) => Mode::Standing,
        (None, mode) => mode,
    };
    let world = &world;
    let mut question = ask_committees::ask(world, Some(draft));
    question.present.clear();
    let mut fresh = Draft { question, answer: draft.answer.clone(), timetable: None };
    fresh.timetable = draft.timetable.as_ref().map(|known| {
        let mut question = ask_timetable::ask(world, &known.hours, &fresh, Some(known));
        question.present.clear();
        let mut answer = known.answer.clone();
        let formed = (&fresh.question, fresh.answer.committees.as_slice());
        ask_timetable::seat_placements(&question, formed, &mut answer.placements);
        Timetable { question, answer, hours: known.hours.clone() }
    });
    fresh
}

/// What somebody is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Seats that are new to them, or whose committee meets at other times.
    pub seats: Vec<Seat>,
    /// Defences of theirs, or of a project they tutor, that are new or elsewhere.
    pub defences: Vec<DefenceKey>,
}

/// Who is told what, of what differs.
#[must_use]
pub fn told(before: &Published, after: &Published, world: &World) -> BTreeMap<UserId, Told> {
    let mut told: BTreeMap<UserId, Told> = BTreeMap::new();
    let moved: Vec<&DefenceKey> = after
        .defences
        .iter()
        .filter(|(key, place)| before.defences.get(*key) != Some(*place))
        .map(|(key, _)| key)
        .collect();
    let timed = |key: &&DefenceKey| {
        after.defences.get(*key).is_some_and(|place| place.at.is_some())
            || before.defences.get(*key).is_some_and(|place| place.at.is_some())
    };
    let busier: BTreeSet<i16> = moved
        .iter()
        .copied()
        .filter(timed)
        .flat_map(|key| [before.defences.get(key), after.defences.get(key)])
        .flatten()
        .map(|place| place.committee)
        .collect();
    for (seat, professor) in &after.seats {
        if before.seats.get(seat) != Some(professor) || busier.contains(&seat.0) {
            told.entry(*professor).or_default().seats.push(seat.clone());
        }
    }
    for key in moved {
        let tutors = world.projects.iter().filter(|project| project.request == key.0).flat_map(|p| &p.tutors);
        for person in tutors.chain([&key.1]) {
            told.entry(*person).or_default().defences.push(*key);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_named_by_their_place() {
        let names: Vec<_> = (0..5).map(|at| seat_name(at, 3)).collect();
        assert_eq!(names, ["president", "member_1", "member_2", "substitute_1", "substitute_2"]);
    }
}
