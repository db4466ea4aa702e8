//! Why so many committees cannot be formed, in the fewest facts.

use super::board::Model;
use super::exact::{Exact, board};
use super::pins;
use crate::committees::instance::Instance;
use crate::committees::solution::{Note, NoteKind};
use crate::control::Control;
use crate::id::{AreaId, PersonId};
use crate::sentence::Sentence;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

pub(super) fn note(kind: NoteKind, committees: usize, said: Sentence) -> Note {
    Note {
        kind,
        text: said.to_string(),
        said: Some(said),
        committees,
        areas: Vec::new(),
        professors: Vec::new(),
        projects: Vec::new(),
        proved: true,
    }
}

/// Free professors of each area.
fn areas(instance: &Instance) -> BTreeMap<&AreaId, usize> {
    let mut count = BTreeMap::new();
    for professor in &instance.professors {
        *count.entry(&professor.area).or_insert(0) += usize::from(professor.is_free());
    }
    count
}

/// A shortage that can be counted without a solver.
pub(crate) fn shortage(instance: &Instance, count: usize) -> Option<Note> {
    let settings = &instance.settings;
    let free = instance.professors.iter().filter(|p| p.is_free()).count();
    let seats = settings.seats();
    if !settings.one_seat {
        return (free < seats)
            .then(|| note(NoteKind::ProfessorsShort, count, Sentence::CommitteeTooLarge { seats, free }));
    }
    let needed = count * seats;
    if free < needed {
        let said = Sentence::ProfessorsShort { committees: count, seats, needed, free };
        return Some(note(NoteKind::ProfessorsShort, count, said));
    }
    let presidents = instance.professors.iter().filter(|p| p.is_free() && p.may_preside).count();
    if presidents < count {
        let said = Sentence::PresidentsShort { committees: count, presidents };
        return Some(note(NoteKind::PresidentsShort, count, said));
    }
    if !settings.spread_areas {
        return None;
    }
    let of_area = areas(instance);
    let spread: usize = of_area.values().map(|&n| n.min(count)).sum();
    if spread >= count * settings.full_seats {
        return None;
    }
    let short = of_area.iter().filter(|(_, n)| **n < count);
    let (areas, free): (Vec<AreaId>, Vec<usize>) = short.map(|(area, &n)| ((*area).clone(), n)).unzip();
    let said = Sentence::AreasShort {
        committees: count,
        full_seats: settings.full_seats,
        areas: areas.clone(),
        free,
        all_areas: of_area.len(),
    };
    Some(Note { areas, ..note(NoteKind::AreasShort, count, said) })
}

/// The largest number below `count` without such a shortage; 0 when there is none.
pub(crate) fn enough_for(instance: &Instance, count: usize) -> usize {
    if !instance.settings.may_exceed_target || instance.settings.committees.is_some() {
        return 0;
    }
    (1..count).rev().find(|&fewer| shortage(instance, fewer).is_none()).unwrap_or(0)
}

/// The time one question of the thinning may take at most.
const ASKED: Duration = Duration::from_secs(1);

/// Whether it is proved that so many committees cannot be formed.
fn impossible(instance: &Instance, count: usize, control: &Control) -> bool {
    let model = Model::new(instance, count);
    let limit = ASKED.min(control.left().mul_f64(0.2));
    matches!(board(&model, limit, control), Exact::Impossible)
}

/// Pins or interests that leave no way: the fewest projects, people or pins that are in conflict.
pub(crate) fn interests(instance: &Instance, count: usize, control: &Control) -> Note {
    let without_pins = Instance { seat_pins: Vec::new(), project_pins: Vec::new(), ..instance.clone() };
    let is_pinned = !instance.seat_pins.is_empty() || !instance.project_pins.is_empty();
    if is_pinned && !impossible(&without_pins, count, control) {
        return thin_pins(instance, count, control);
    }
    // It cannot be whatever is pinned: then a reason that rests on pins would not say all.
    thin_interests(&without_pins, count, control)
}

fn thin_pins(instance: &Instance, count: usize, control: &Control) -> Note {
    let mut fewer = instance.clone();
    for at in (0..fewer.seat_pins.len()).rev() {
        let mut next = fewer.clone();
        next.seat_pins.remove(at);
        if impossible(&next, count, control) {
            fewer = next;
        }
    }
    for at in (0..fewer.project_pins.len()).rev() {
        let mut next = fewer.clone();
        next.project_pins.remove(at);
        if impossible(&next, count, control) {
            fewer = next;
        }
    }
    let people = fewer.seat_pins.iter().map(|p| &p.professor).collect();
    pins::conflict(count, people, fewer.project_pins.iter().map(|p| &p.project).collect())
}

/// Leaves out whatever is not needed for the conflict: whole projects first, then one interest at a time.
fn thin_interests(instance: &Instance, count: usize, control: &Control) -> Note {
    let mut fewer = instance.clone();
    let free: BTreeSet<&PersonId> =
        instance.professors.iter().filter(|p| p.is_free()).map(|p| &p.id).collect();
    for project in &mut fewer.projects {
        // Who cannot be called keeps nobody from a seat.
        let mut all: Vec<PersonId> = project.barred().filter(|p| free.contains(p)).cloned().collect();
        all.sort();
        all.dedup();
        project.tutors = all;
        project.conflicts.clear();
    }
    for at in (0..fewer.projects.len()).rev() {
        let barred = std::mem::take(&mut fewer.projects[at].tutors);
        if !barred.is_empty() && !impossible(&fewer, count, control) {
            fewer.projects[at].tutors = barred;
        }
    }
    for at in 0..fewer.projects.len() {
        for which in (0..fewer.projects[at].tutors.len()).rev() {
            let person = fewer.projects[at].tutors.remove(which);
            if !impossible(&fewer, count, control) {
                fewer.projects[at].tutors.insert(which, person);
            }
        }
    }
    for at in (0..fewer.apart.len()).rev() {
        let pair = fewer.apart.remove(at);
        if !impossible(&fewer, count, control) {
            fewer.apart.insert(at, pair);
        }
    }
    let in_conflict: Vec<_> = fewer.projects.iter().filter(|p| !p.tutors.is_empty()).collect();
    let projects: Vec<_> = in_conflict.iter().map(|p| p.id.clone()).collect();
    let mut professors: Vec<_> = in_conflict.iter().flat_map(|p| p.tutors.iter().cloned()).collect();
    professors.extend(fewer.apart.iter().flat_map(|(one, other)| [one.clone(), other.clone()]));
    professors.sort();
    professors.dedup();
    let said =
        Sentence::Interests { committees: count, people: professors.clone(), projects: projects.clone() };
    Note { projects, professors, ..note(NoteKind::Interests, count, said) }
}

/// Nothing was found and nothing proved: because time ran out, or because neither search can say more.
pub(crate) fn not_found(count: usize, time_ran_out: bool) -> Note {
    let said = if time_ran_out {
        Sentence::CommitteesNotFound { committees: count }
    } else {
        Sentence::CommitteesUnproved { committees: count }
    };
    Note { proved: false, ..note(NoteKind::Interests, count, said) }
}
