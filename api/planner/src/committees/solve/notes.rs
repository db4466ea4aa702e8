//! Why so many committees cannot be formed, in the fewest facts.

use super::board::Model;
use super::exact::{Exact, board};
use crate::committees::instance::Instance;
use crate::committees::solution::{Note, NoteKind};
use crate::control::Control;
use crate::id::AreaId;
use crate::sentence::Sentence;
use std::collections::BTreeMap;

fn note(kind: NoteKind, committees: usize, said: Sentence) -> Note {
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

/// Pins or interests that leave no way: the fewest projects, or pins, that are in conflict.
pub(crate) fn interests(instance: &Instance, count: usize, control: &Control) -> Note {
    let impossible = |instance: &Instance| {
        let model = Model::new(instance, count);
        matches!(board(&model, control), Exact::Impossible)
    };
    let mut fewer = instance.clone();
    let without_pins = Instance { seat_pins: Vec::new(), project_pins: Vec::new(), ..instance.clone() };
    let is_pinned = !instance.seat_pins.is_empty() || !instance.project_pins.is_empty();
    if is_pinned && !impossible(&without_pins) {
        for at in (0..fewer.seat_pins.len()).rev() {
            let mut next = fewer.clone();
            next.seat_pins.remove(at);
            if impossible(&next) {
                fewer = next;
            }
        }
        for at in (0..fewer.project_pins.len()).rev() {
            let mut next = fewer.clone();
            next.project_pins.remove(at);
            if impossible(&next) {
                fewer = next;
            }
        }
        let professors: Vec<_> = fewer.seat_pins.iter().map(|p| p.professor.clone()).collect();
        let projects: Vec<_> = fewer.project_pins.iter().map(|p| p.project.clone()).collect();
        let said = Sentence::CommitteePins { people: professors.clone(), projects: projects.clone() };
        return Note { professors, projects, ..note(NoteKind::Pins, count, said) };
    }
    // Interests alone: leave out every project whose interests are not needed for the conflict.
    for at in (0..fewer.projects.len()).rev() {
        let (tutors, conflicts) = (fewer.projects[at].tutors.clone(), fewer.projects[at].conflicts.clone());
        fewer.projects[at].tutors.clear();
        fewer.projects[at].conflicts.clear();
        if !impossible(&fewer) {
            fewer.projects[at].tutors = tutors;
            fewer.projects[at].conflicts = conflicts;
        }
    }
    for at in (0..fewer.apart.len()).rev() {
        let mut next = fewer.clone();
        next.apart.remove(at);
        if impossible(&next) {
            fewer = next;
        }
    }
    let in_conflict: Vec<_> = fewer.projects.iter().filter(|p| p.barred().next().is_some()).collect();
    let projects: Vec<_> = in_conflict.iter().map(|p| p.id.clone()).collect();
    let mut professors: Vec<_> = in_conflict.iter().flat_map(|p| p.barred().cloned()).collect();
    professors.extend(fewer.apart.iter().flat_map(|(one, other)| [one.clone(), other.clone()]));
    professors.sort();
    professors.dedup();
    let said =
        Sentence::Interests { committees: count, people: professors.clone(), projects: projects.clone() };
    Note { projects, professors, ..note(NoteKind::Interests, count, said) }
}

/// Nothing was found and nothing proved.
pub(crate) fn not_found(count: usize) -> Note {
    let said = Sentence::CommitteesNotFound { committees: count };
    Note { proved: false, ..note(NoteKind::Interests, count, said) }
}
