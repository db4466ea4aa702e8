//! Pins that contradict each other or the rules whatever else is decided: found by looking at them one by
//! one and two by two, so that no search begins for nothing.

use super::notes::note;
use crate::committees::instance::{Instance, Professor, ProjectPin, SeatPin};
use crate::committees::solution::{Note, NoteKind};
use crate::id::{PersonId, ProjectId};
use crate::sentence::Sentence;
use std::collections::BTreeMap;

/// How many committees there must be for every pin to have its own.
pub(crate) fn needed(instance: &Instance) -> usize {
    numbers(instance).map(|(committee, ..)| committee.saturating_add(1)).max().unwrap_or(0)
}

/// The pin that asks for most committees, when it asks for more than `count`.
pub(crate) fn beyond(instance: &Instance, count: usize) -> Option<Note> {
    let (committee, person, project) = numbers(instance).max_by_key(|(committee, ..)| *committee)?;
    (committee >= count).then(|| conflict(count, person.into_iter().collect(), project.into_iter().collect()))
}

/// Every pinned committee with who or what is pinned to it.
fn numbers(instance: &Instance) -> impl Iterator<Item = (usize, Option<&PersonId>, Option<&ProjectId>)> {
    let seats = instance.seat_pins.iter().map(|pin| (pin.committee, Some(&pin.professor), None));
    let projects = instance.project_pins.iter().map(|pin| (pin.committee, None, Some(&pin.project)));
    seats.chain(projects)
}

/// One pin, or two, that cannot stay however many committees there are.
pub(crate) fn clash(instance: &Instance, count: usize) -> Option<Note> {
    let known: BTreeMap<&PersonId, &Professor> = instance.professors.iter().map(|p| (&p.id, p)).collect();
    let pins = &instance.seat_pins;
    if let Some(pin) = pins.iter().find(|pin| breaks_alone(pin, &known)) {
        return Some(conflict(count, vec![&pin.professor], Vec::new()));
    }
    for (at, pin) in pins.iter().enumerate() {
        if let Some(other) = pins[..at].iter().find(|other| breaks_together(instance, other, pin, &known)) {
            let mut people = vec![&other.professor, &pin.professor];
            people.dedup();
            return Some(conflict(count, people, Vec::new()));
        }
    }
    let (project, judge) = instance.project_pins.iter().find_map(|pin| own_judge(instance, pin))?;
    Some(conflict(count, vec![judge], vec![project]))
}

fn breaks_alone(pin: &SeatPin, known: &BTreeMap<&PersonId, &Professor>) -> bool {
    known.get(&pin.professor).is_none_or(|p| !p.is_free() || (pin.seat == 0 && !p.may_preside))
}

fn breaks_together(
    instance: &Instance,
    one: &SeatPin,
    other: &SeatPin,
    known: &BTreeMap<&PersonId, &Professor>,
) -> bool {
    let settings = &instance.settings;
    let (a, b) = (&one.professor, &other.professor);
    if one.committee != other.committee {
        return a == b && settings.one_seat;
    }
    let apart = |(x, y): &(PersonId, PersonId)| (x == a && y == b) || (x == b && y == a);
    let both_full = one.seat.max(other.seat) < settings.full_seats;
    let of_one_area = || known.get(a).map(|p| &p.area) == known.get(b).map(|p| &p.area);
    a == b || (settings.spread_areas && both_full && of_one_area()) || instance.apart.iter().any(apart)
}

/// Somebody pinned to the committee of a project they have an interest in.
fn own_judge<'a>(instance: &'a Instance, pin: &'a ProjectPin) -> Option<(&'a ProjectId, &'a PersonId)> {
    let project = instance.projects.iter().find(|p| p.id == pin.project)?;
    let mut there = instance.seat_pins.iter().filter(|seat| seat.committee == pin.committee);
    let judge = there.find(|seat| project.barred().any(|p| *p == seat.professor))?;
    Some((&pin.project, &judge.professor))
}

pub(crate) fn conflict(count: usize, people: Vec<&PersonId>, projects: Vec<&ProjectId>) -> Note {
    let professors: Vec<PersonId> = people.into_iter().cloned().collect();
    let projects: Vec<ProjectId> = projects.into_iter().cloned().collect();
    let said = Sentence::CommitteePins { people: professors.clone(), projects: projects.clone() };
    Note { professors, projects, ..note(NoteKind::Pins, count, said) }
}
