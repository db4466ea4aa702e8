//! Why a defence has no place, in the fewest facts. Most cases need no solver: its people share no
//! free hour, or no room or panel is to be had when they do. The rest compete with others, and the
//! smallest group that cannot be placed whole is found by growing and then thinning it.

use super::exact::most_of;
use super::model::{Attendance, Job, Model, can_all_be_seated};
use super::state::{FREE, State};
use crate::control::Control;
use crate::id::{DefenceId, PersonId};
use crate::sentence::Sentence;
use crate::timetable::instance::Instance;
use crate::timetable::solution::{Reason, ReasonKind, When};
use std::collections::BTreeSet;
use std::time::Duration;

/// Why `job`, which is not placed in `state`, is not.
pub(crate) fn reason(state: &State, job: usize, control: &Control) -> Reason {
    let model = state.model;
    if model.jobs[job].starts.is_empty() { alone(model, job) } else { competing(state, job, control) }
}

pub(crate) fn blank(kind: ReasonKind, said: Sentence) -> Reason {
    Reason {
        kind,
        text: said.to_string(),
        said: Some(said),
        people: Vec::new(),
        defences: Vec::new(),
        hours: Vec::new(),
        rooms: Vec::new(),
        nearest: None,
        minimal: true,
    }
}

/// Slots at which its windows and the pauses would let a job begin.
pub(crate) fn open_slots(model: &Model, job: &Job) -> Vec<usize> {
    (0..model.slots).filter(|&slot| model.window(job, slot).is_some()).collect()
}

pub(crate) fn refuses(model: &Model, job: &Job, at: usize, slot: usize) -> bool {
    let a = &job.fixed[at];
    model.presence(job, a.person, slot).is_none()
}

pub(crate) fn when(model: &Model, slot: usize) -> When {
    let day = model.day_of[slot];
    When { day: model.instance.days[day].id.clone(), slot: slot - model.days[day].start }
}

/// Who has to be there: its people, and those of its committee nobody stands in for.
fn needed(instance: &Instance, job: &Job) -> Vec<Attendance> {
    let mut must = job.fixed.clone();
    if instance.defences[job.defences[0]].committee.is_none() {
        return must;
    }
    for only in job.seats.iter().filter(|seat| seat.len() == 1).map(|seat| seat[0].0) {
        if !must.iter().any(|known| known.person == only) {
            must.push(Attendance { person: only, from: 0, to: job.len, load: job.defences.len() });
        }
    }
    must
}

/// A job that would have no place in an empty timetable.
fn alone(model: &Model, index: usize) -> Reason {
    let job = &model.jobs[index];
    let instance = model.instance;
    let defences = ids(model, index);
    let slots = open_slots(model, job);
    if slots.is_empty() {
        return of(model, index, blank(ReasonKind::NoCommonHour, Sentence::OutsideWindow { defences }));
    }
    let must = needed(instance, job);
    let away = |at: usize, slot: usize| model.presence(job, must[at].person, slot).is_none();
    let shared = |people: &[usize]| -> Vec<usize> {
        slots.iter().copied().filter(|&s| !people.iter().any(|&p| away(p, s))).collect()
    };
    let mut people: Vec<usize> = (0..must.len()).collect();
    let common = shared(&people);
    if common.is_empty() {
        for at in (0..people.len()).rev() {
            let mut fewer = people.clone();
            fewer.remove(at);
            if shared(&fewer).is_empty() {
                people = fewer;
            }
        }
        let name = |p: usize| instance.people[must[p].person].id.clone();
        let ids: Vec<PersonId> = people.iter().map(|&p| name(p)).collect();
        let missing = |slot: usize| (0..must.len()).filter(move |&p| away(p, slot));
        // There are slots, so one of them is the nearest.
        let slot = slots.iter().copied().min_by_key(|&s| (missing(s).count(), s)).unwrap_or_default();
        let ask: Vec<PersonId> = missing(slot).map(name).collect();
        let at = when(model, slot);
        let nearest = Some((at.clone(), ask.clone()));
        let people = ids.clone();
        let said = match ids.len() {
            1 => Sentence::NeverFree { people, defences, at, ask },
            _ => Sentence::NoCommonHour { people, defences, at, ask },
        };
        return of(model, index, Reason { people: ids, nearest, ..blank(ReasonKind::NoCommonHour, said) });
    }
    let hours: Vec<When> = common.iter().map(|&s| when(model, s)).collect();
    let with_room: Vec<usize> =
        common.iter().copied().filter(|&s| (0..model.rooms).any(|r| model.room_suits(job, r, s))).collect();
    if with_room.is_empty() {
        let fitting = (0..model.rooms).filter(|&r| model.room_fits(job, r));
        let rooms: Vec<_> = fitting.map(|r| instance.rooms[r].id.clone()).collect();
        let said = if rooms.is_empty() {
            Sentence::NoRoomSuits { defences }
        } else {
            Sentence::RoomsClosed { rooms: rooms.clone(), defences, hours: hours.len() }
        };
        return of(model, index, Reason { hours, rooms, ..blank(ReasonKind::NoRoom, said) });
    }
    if pinned_elsewhere(model, job, &with_room) {
        return of(model, index, blank(ReasonKind::Pins, Sentence::PinnedInVain { defences }));
    }
    let free = |s: usize, seat: &[(usize, u32)]| -> Vec<usize> {
        let here = |p: &usize| model.presence(job, *p, s).is_some();
        seat.iter().map(|c| c.0).filter(here).collect()
    };
    let mut seats: Vec<usize> = (0..job.seats.len()).collect();
    let blocked = |seats: &[usize]| {
        with_room.iter().all(|&s| {
            let chosen: Vec<Vec<usize>> = seats.iter().map(|&k| free(s, &job.seats[k])).collect();
            !can_all_be_seated(&chosen)
        })
    };
    for at in (0..seats.len()).rev() {
        let mut fewer = seats.clone();
        fewer.remove(at);
        if blocked(&fewer) {
            seats = fewer;
        }
    }
    let roles: Vec<String> = seats.iter().map(|&k| role(instance, job, k)).collect();
    let said = Sentence::NoPanel { roles, defences, hours: with_room.len() };
    let hours = with_room.iter().map(|&s| when(model, s)).collect();
    let people: BTreeSet<usize> = seats.iter().flat_map(|&k| job.seats[k].iter().map(|c| c.0)).collect();
    let people = people.into_iter().map(|p| instance.people[p].id.clone()).collect();
    of(model, index, Reason { hours, people, ..blank(ReasonKind::NoPanel, said) })
}

fn pinned_elsewhere(model: &Model, job: &Job, slots: &[usize]) -> bool {
    job.pinned
        && slots.iter().any(|&s| {
            let chosen: Vec<Vec<usize>> = job
                .seats
                .iter()
                .map(|seat| {
                    seat.iter().map(|c| c.0).filter(|&p| model.presence(job, p, s).is_some()).collect()
                })
                .collect();
            can_all_be_seated(&chosen)
        })
}

fn role(instance: &Instance, job: &Job, seat: usize) -> String {
    let defence = &instance.defences[job.defences[0]];
    defence.seats.get(seat).map_or_else(|| format!("seat {}", seat + 1), |s| s.role.clone())
}

/// The smallest group of jobs, this one in it, that cannot be placed whole.
fn competing(state: &State, job: usize, control: &Control) -> Reason {
    let model = state.model;
    let (group, minimal) = smallest_group(state, job, control);
    let Some(group) = group else {
        let said = Sentence::NotInTime { defences: ids(model, job) };
        return of(model, job, Reason { minimal: false, ..blank(ReasonKind::Unknown, said) });
    };
    let attends = |j: usize| -> BTreeSet<usize> {
        let job = &model.jobs[j];
        let only = job.seats.iter().filter(|s| s.len() == 1).map(|s| s[0].0);
        job.fixed.iter().map(|a| a.person).chain(only).collect()
    };
    let mut shared = attends(group[0]);
    let mut often: BTreeSet<usize> = BTreeSet::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for &j in &group {
        let here = attends(j);
        shared = shared.intersection(&here).copied().collect();
        often.extend(here.iter().filter(|p| seen.contains(p)));
        seen.extend(here);
    }
    let mut slots: BTreeSet<usize> = BTreeSet::new();
    for &j in &group {
        slots.extend(model.jobs[j].starts.iter().map(|s| s.slot));
    }
    let id = |p: &usize| model.instance.people[*p].id.clone();
    let defences: Vec<DefenceId> = group.iter().flat_map(|&j| ids(model, j)).collect();
    let concerned = defences.clone();
    let choices = group.iter().flat_map(|&j| model.jobs[j].seats.iter().filter(|s| s.len() > 1)).flatten();
    let open: BTreeSet<usize> = choices.map(|c| c.0).collect();
    let limited = |p: &usize| model.max_total[*p] != usize::MAX || model.max_day[*p] != usize::MAX;
    let starts = slots.len();
    let (kind, people, said) = if let Some(person) = shared.iter().next().filter(|p| !limited(p)) {
        let people = vec![id(person)];
        let said = Sentence::PeopleShort { people: people.clone(), defences, hours: starts };
        (ReasonKind::PeopleShort, people, said)
    } else if often.is_empty() && open.is_empty() {
        (ReasonKind::RoomsShort, Vec::new(), Sentence::RoomsShort { defences, hours: starts })
    } else if often.iter().chain(&open).any(limited) && fits_without_limits(model, &group, control) {
        let people: Vec<PersonId> = often.iter().chain(&open).filter(|p| limited(p)).map(id).collect();
        let said = Sentence::Workload { people: people.clone(), defences };
        (ReasonKind::Workload, people, said)
    } else {
        let people: Vec<PersonId> = often.iter().map(id).collect();
        let said = Sentence::Competition { people: people.clone(), defences };
        (ReasonKind::Competition, people, said)
    };
    let hours = slots.iter().map(|&s| when(model, s)).collect();
    Reason { people, hours, defences: concerned, minimal, ..blank(kind, said) }
}

/// Grows from the job by what it collides with, then leaves out whatever is not needed.
fn smallest_group(state: &State, job: usize, control: &Control) -> (Option<Vec<usize>>, bool) {
    let model = state.model;
    let slice = Duration::from_millis(500);
    let all_fit = |group: &[usize]| -> Option<bool> {
        let weight: usize = group.iter().map(|&j| model.jobs[j].weight()).sum();
        let answer = most_of(model, group, slice, control)?;
        if answer.bound < weight { Some(false) } else { answer.exact.then_some(true) }
    };
    let mut group = vec![job];
    loop {
        if control.must_stop() {
            return (None, false);
        }
        let Some(answer) = most_of(model, &group, slice, control) else { return (None, false) };
        let weight: usize = group.iter().map(|&j| model.jobs[j].weight()).sum();
        if answer.bound < weight {
            break;
        }
        let mut joined: BTreeSet<usize> = group.iter().copied().collect();
        for (j, place) in &answer.places {
            let option = &model.jobs[*j].starts[place.start];
            for (person, from, to, load) in State::attendees(model, *j, place) {
                let range =
                    if state.over_total(person, load) || state.over_day(person, model.day_of[from], load) {
                        0..model.slots
                    } else {
                        model.busy(from, to)
                    };
                joined.extend(
                    range.map(|at| state.person_at(person, at)).filter(|&j| j != FREE).map(|j| j as usize),
                );
            }
            let span = model.busy(option.slot, option.slot + model.jobs[*j].len);
            if !option
                .rooms
                .iter()
                .any(|&r| state.room_is_free(r, option.slot, option.slot + model.jobs[*j].len))
            {
                for &room in &option.rooms {
                    let cells = span.clone().map(|at| state.room_at(room, at));
                    joined.extend(cells.filter(|&j| j != FREE).map(|j| j as usize));
                }
            }
        }
        if joined.len() == group.len() {
            let everybody: BTreeSet<usize> =
                (0..model.jobs.len()).filter(|&j| state.places[j].is_some()).chain([job]).collect();
            if everybody.len() == group.len() {
                return (None, false);
            }
            joined.extend(everybody);
        }
        group = joined.into_iter().collect();
    }
    let mut minimal = true;
    for at in (0..group.len()).rev() {
        if group[at] == job {
            continue;
        }
        if control.must_stop() {
            return (Some(group), false);
        }
        let mut fewer = group.clone();
        fewer.remove(at);
        match all_fit(&fewer) {
            Some(false) => group = fewer,
            Some(true) => {}
            None => minimal = false,
        }
    }
    (Some(group), minimal)
}

fn fits_without_limits(model: &Model, group: &[usize], control: &Control) -> bool {
    let mut instance = model.instance.clone();
    for person in &mut instance.people {
        person.max_defences = None;
        person.max_per_day = None;
    }
    let free = Model::new(&instance);
    let weight: usize = group.iter().map(|&j| model.jobs[j].weight()).sum();
    most_of(&free, group, Duration::from_millis(500), control)
        .is_some_and(|answer| answer.exact && answer.bound == weight)
}

/// Pins that cannot all be kept, if there are such: a minimal set.
pub(crate) fn contradicting_pins(model: &Model, control: &Control) -> Option<Reason> {
    let pinned: Vec<usize> = (0..model.jobs.len()).filter(|&j| model.jobs[j].pinned).collect();
    if let Some(&job) = pinned.iter().find(|&&j| model.jobs[j].starts.is_empty()) {
        let mut reason = alone(model, job);
        reason.kind = ReasonKind::Pins;
        return Some(reason);
    }
    let cannot = |group: &[usize]| {
        let weight: usize = group.iter().map(|&j| model.jobs[j].weight()).sum();
        most_of(model, group, Duration::from_secs(2), control).is_some_and(|a| a.bound < weight)
    };
    if pinned.is_empty() || !cannot(&pinned) {
        return None;
    }
    let mut group = pinned;
    for at in (0..group.len()).rev() {
        let mut fewer = group.clone();
        fewer.remove(at);
        if cannot(&fewer) {
            group = fewer;
        }
    }
    let defences: Vec<DefenceId> = group.iter().flat_map(|&j| ids(model, j)).collect();
    let said = Sentence::DefencePins { defences: defences.clone() };
    Some(Reason { defences, ..blank(ReasonKind::Pins, said) })
}

/// Some pins have no place and that they exclude each other was not proved.
pub(crate) fn pins_not_kept(state: &State) -> Reason {
    let model = state.model;
    let left: Vec<usize> =
        (0..model.jobs.len()).filter(|&j| model.jobs[j].pinned && state.places[j].is_none()).collect();
    let defences: Vec<DefenceId> = left.iter().flat_map(|&j| ids(model, j)).collect();
    let said = Sentence::PinsNotKept { defences: defences.clone() };
    Reason { defences, minimal: false, ..blank(ReasonKind::Pins, said) }
}

fn of(model: &Model, job: usize, reason: Reason) -> Reason {
    Reason { defences: ids(model, job), ..reason }
}

pub(crate) fn ids(model: &Model, job: usize) -> Vec<DefenceId> {
    model.jobs[job].defences.iter().map(|&d| model.instance.defences[d].id.clone()).collect()
}
