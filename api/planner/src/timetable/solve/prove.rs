//! Proof that no more can be placed, from as few jobs as possible.
//!
//! It begins with the jobs that were left and asks for the most of them alone. If that already
//! loses as many as were left, the proof is done. If not, the answer collides with jobs outside, which
//! join, and so on. Either a better timetable comes out, or a small core that cannot be placed whole.

use super::exact::{Core, most_beyond};
use super::model::Model;
use super::state::{FREE, Place, State};
use crate::control::{Control, Stage};
use std::collections::BTreeSet;
use std::time::Duration;

/// Improves `state` until it is proved to place the most, or its share of the time is up; returns
/// the number no timetable exceeds.
pub(crate) fn prove(state: &mut State, control: &Control, share: f64) -> usize {
    let model = state.model;
    let goal = model.placeable();
    let mut core: BTreeSet<usize> = super::eject::waiting(state).into_iter().collect();
    let mut bound = goal;
    while state.placed < bound && !control.is_past(share) {
        control.tell(Stage::Proving, state.placed, bound);
        let jobs: Vec<usize> = core.iter().copied().collect();
        let limit = control.time_limit.mul_f64(share).saturating_sub(control.elapsed());
        let weight: usize = jobs.iter().map(|&j| model.jobs[j].weight()).sum();
        let known = state.placed + weight - goal.min(state.placed + weight);
        let limit = limit.max(Duration::from_millis(1));
        let Some(answer) = most_beyond(model, &jobs, known as f64, limit, control) else { break };
        bound = bound.min(goal - weight + answer.bound);
        if !answer.exact || bound <= state.placed {
            adopt(state, &jobs, &answer);
            break;
        }
        let outside = collisions(state, &core, &answer);
        if outside.is_empty() && !adopt(state, &jobs, &answer) {
            break;
        }
        let before = core.len();
        core.extend(outside);
        core.extend(super::eject::waiting(state));
        let placeable = (0..model.jobs.len()).filter(|&j| !model.jobs[j].starts.is_empty());
        if 4 * core.len() > 3 * placeable.clone().count() {
            // The last steps of growth cost as much as the whole.
            core.extend(placeable);
        }
        if core.len() == before && state.placed < bound {
            // Workloads or rooms of the rest stand in the way without a plain collision.
            let more = neighbours(state, &core);
            if more.is_empty() {
                break;
            }
            core.extend(more);
        }
    }
    bound
}

/// Jobs outside the core that the answer for the core runs into.
fn collisions(state: &State, core: &BTreeSet<usize>, answer: &Core) -> BTreeSet<usize> {
    let model = state.model;
    let mut found = BTreeSet::new();
    let mut rest = state.clone();
    for &job in core {
        rest.take(job);
    }
    for (job, place) in &answer.places {
        let this = &model.jobs[*job];
        let option = &this.starts[place.start];
        let mut seen = BTreeSet::new();
        for (person, from, to, load) in State::attendees(model, *job, place) {
            for at in model.busy(from, to) {
                seen.insert(rest.person_at(person, at));
            }
            let day = model.day_of[from];
            if rest.over_total(person, load) || rest.over_day(person, day, load) {
                seen.extend((0..model.slots).map(|at| rest.person_at(person, at)));
            }
        }
        let free = option.rooms.iter().find(|&&r| rest.room_is_free(r, option.slot, option.slot + this.len));
        if free.is_none() {
            for &room in &option.rooms {
                seen.extend(model.busy(option.slot, option.slot + this.len).map(|at| rest.room_at(room, at)));
            }
        }
        seen.remove(&FREE);
        let outside: Vec<usize> = seen.iter().map(|&j| j as usize).filter(|j| !core.contains(j)).collect();
        if outside.is_empty() {
            // Takes its place so that the next of the core runs into what is really outside.
            let room = free.copied().unwrap_or(place.room);
            let here = Place { room, ..place.clone() };
            if rest.fits(*job, &here) {
                rest.put(*job, here);
            }
        }
        found.extend(outside);
    }
    found
}

/// Takes over the answer for the core when it fits with everything else.
fn adopt(state: &mut State, core: &[usize], answer: &Core) -> bool {
    let model: &Model = state.model;
    let mut next = state.clone();
    for &job in core {
        next.take(job);
    }
    for (job, place) in &answer.places {
        let option = &model.jobs[*job].starts[place.start];
        let room = option
            .rooms
            .iter()
            .find(|&&r| next.room_is_free(r, option.slot, option.slot + model.jobs[*job].len));
        let here = Place { room: room.copied().unwrap_or(place.room), ..place.clone() };
        if next.fits(*job, &here) {
            next.put(*job, here);
        }
    }
    let better = next.placed > state.placed;
    if better {
        *state = next;
    }
    better
}

/// Placed jobs outside the core that share people with it, or else all of them.
fn neighbours(state: &State, core: &BTreeSet<usize>) -> BTreeSet<usize> {
    let model = state.model;
    let people = |job: usize| -> BTreeSet<usize> {
        let job = &model.jobs[job];
        job.fixed.iter().map(|a| a.person).chain(job.seats.iter().flatten().map(|c| c.0)).collect()
    };
    let inside: BTreeSet<usize> = core.iter().flat_map(|&j| people(j)).collect();
    let outside: Vec<usize> =
        (0..model.jobs.len()).filter(|j| !core.contains(j) && !model.jobs[*j].starts.is_empty()).collect();
    let near: BTreeSet<usize> =
        outside.iter().copied().filter(|&j| !people(j).is_disjoint(&inside)).collect();
    if near.is_empty() { outside.into_iter().collect() } else { near }
}
