//! Finding a timetable: place greedily, prove that no more fit, improve in the order of objectives,
//! explain the rest.
//!
//! What each part does and what it was measured against is written in `README.md` of the crate.

mod anneal;
mod bottlenecks;
mod bounds;
mod cost;
mod eject;
mod exact;
mod model;
mod prove;
mod reasons;
mod repairs;
mod standing;
mod standing_reasons;
mod state;

use super::instance::{Instance, Objective, Placement};
use super::measure::measure;
use super::solution::{Bounded, Reason, ReasonKind, Solution, Unplaced};
use super::validate::validate;
use crate::control::{Control, Stage};
use crate::random::Random;
use crate::status::Status;
use cost::Pricing;
use model::Model;
use state::State;

/// Moves of the search per second of the time limit: a third of what one core of 2020 does, so that
/// the budget and not the clock ends a run.
const MOVES_PER_SECOND: f64 = 400_000.0;

/// More has gained nothing on the instances tried, and a small timetable should not take its whole limit.
const MOVES_PER_JOB: f64 = 250_000.0;

/// Share of the time limit after which nothing is improved any more, so that the rest can be explained.
const IMPROVE_UNTIL: f64 = 0.8;

/// The best timetable found for a sound instance, or every fault of an unsound one.
pub fn solve(instance: &Instance, control: &Control) -> Result<Solution, Vec<String>> {
    let faults = validate(instance);
    if !faults.is_empty() {
        return Err(faults);
    }
    let model = Model::new(instance);
    if let Some(conflict) = reasons::contradicting_pins(&model, control) {
        return Ok(nothing(&model, Status::Infeasible, conflict, control));
    }
    let pricing = Pricing::new(&model);
    let mut random = Random::seeded(control.seed);
    let (state, bound) = if instance.committees.is_empty() {
        panels(&model, &pricing, &mut random, control)
    } else {
        standing::place(&model, &pricing, &mut random, control)
    };
    if state.lacks_a_pin() {
        return Ok(nothing(&model, Status::Unknown, reasons::pins_not_kept(&state), control));
    }
    let unplaced = explain(&state, control);
    Ok(answer(&state, bound, unplaced, &pricing, control))
}

/// Fixed and free panels.
fn panels<'m>(
    model: &'m Model<'m>,
    pricing: &Pricing,
    random: &mut Random,
    control: &Control,
) -> (State<'m>, usize) {
    let goal = model.placeable();
    let mut state = beginning(model, pricing, control);
    eject::place_most(&mut state, goal, greedy_steps(model), random, control);
    let bound = prove::prove(&mut state, control, 0.6);
    control.tell(Stage::Improving, state.placed, bound);
    let seconds = control.effort.as_secs_f64();
    let mut moves = (MOVES_PER_SECOND * seconds).min(MOVES_PER_JOB * model.jobs.len() as f64);
    if !model.instance.present.is_empty() {
        // A repair stays close to what there is: there is little to search, and somebody is waiting.
        moves = moves.min(MOVES_PER_SECOND);
    }
    (anneal::improve(state, pricing, moves as usize, random, control), bound)
}

/// About the same work whatever the number of starts and of people to choose from.
fn greedy_steps(model: &Model) -> usize {
    let tries = |job: &model::Job| {
        job.starts.len() * (job.fixed.len() + job.seats.iter().map(Vec::len).sum::<usize>())
    };
    let sum: usize = model.jobs.iter().map(tries).sum();
    (6_000_000 * model.jobs.len() / sum.max(1)).clamp(1_000, 20_000)
}

/// Pins first, by themselves; then the present plan as far as it still holds.
fn beginning<'m>(model: &'m Model<'m>, pricing: &Pricing, control: &Control) -> State<'m> {
    let mut state = State::new(model);
    for job in 0..model.jobs.len() {
        if let Some(place) = pricing.present_place(model, job).filter(|place| state.fits(job, place)) {
            state.put(job, place);
        }
    }
    let pinned: Vec<usize> = (0..model.jobs.len()).filter(|&j| model.jobs[j].pinned).collect();
    if pinned.iter().all(|&j| state.places[j].is_some()) {
        return state;
    }
    let mut state = State::new(model);
    let answer = exact::most_of(model, &pinned, control.left(), control);
    for (job, place) in answer.into_iter().flat_map(|a| a.places) {
        if state.fits(job, &place) {
            state.put(job, place);
        }
    }
    for job in 0..model.jobs.len() {
        let place = pricing.present_place(model, job).filter(|_| state.places[job].is_none());
        if let Some(place) = place.filter(|place| state.fits(job, place)) {
            state.put(job, place);
        }
    }
    state
}

fn explain(state: &State, control: &Control) -> Vec<Unplaced> {
    let left: Vec<usize> = (0..state.places.len()).filter(|&j| state.places[j].is_none()).collect();
    control.tell(Stage::Explaining, state.placed, state.placed);
    let mut list = Vec::new();
    let mut explaining = standing_reasons::Explaining::new(state);
    for job in left {
        let repairs = if control.must_stop() { Vec::new() } else { repairs::repairs(state, job) };
        let reason = if state.model.instance.committees.is_empty() {
            reasons::reason(state, job, control)
        } else {
            explaining.reason(state, job, control)
        };
        for defence in reasons::ids(state.model, job) {
            list.push(Unplaced { defence, reason: reason.clone(), repairs: repairs.clone() });
        }
    }
    list
}

fn answer(
    state: &State,
    bound: usize,
    unplaced: Vec<Unplaced>,
    pricing: &Pricing,
    control: &Control,
) -> Solution {
    let instance = state.model.instance;
    let placements = state.placements();
    Solution {
        status: if state.placed == bound { Status::Optimal } else { Status::Feasible },
        scheduled: state.placed,
        total: instance.defences.len(),
        bound,
        objectives: bounded(state.model, pricing, &placements, control),
        placements,
        bottlenecks: (!unplaced.is_empty()).then(|| bottlenecks::bottlenecks(state)),
        unplaced,
        conflicts: Vec::new(),
        seed: control.seed,
        interrupted: control.is_past(IMPROVE_UNTIL),
        time_ms: control.elapsed().as_millis() as u64,
    }
}

/// The objectives of placements that are there already, with bounds: after a change by hand. Placements that
/// break a rule are given none.
pub fn objectives_of(instance: &Instance, placements: &[Placement], control: &Control) -> Vec<Bounded> {
    let model = Model::new(instance);
    let mut objectives = bounded(&model, &Pricing::new(&model), placements, control);
    if !super::check(instance, placements).valid {
        objectives.iter_mut().for_each(|objective| objective.bound = None);
    }
    objectives
}

fn bounded(model: &Model, pricing: &Pricing, placements: &[Placement], control: &Control) -> Vec<Bounded> {
    let values = measure(model.instance, placements);
    let bounds = bounds::bounds(model, pricing, placements.len(), control);
    let of = |&objective: &Objective| {
        let value = values.iter().find(|m| m.objective == objective)?.value;
        let bound = bounds.iter().find(|b| b.0 == objective).map(|b| b.1);
        Some(Bounded { objective, value, bound })
    };
    model.instance.objectives.iter().filter_map(of).collect()
}

/// No answer, because of what is pinned.
fn nothing(model: &Model, status: Status, conflict: Reason, control: &Control) -> Solution {
    let why = Reason { kind: ReasonKind::Pins, ..conflict.clone() };
    let unplaced = model.instance.defences.iter().map(|defence| Unplaced {
        defence: defence.id.clone(),
        reason: why.clone(),
        repairs: Vec::new(),
    });
    Solution {
        status,
        scheduled: 0,
        total: model.instance.defences.len(),
        bound: 0,
        placements: Vec::new(),
        objectives: Vec::new(),
        unplaced: unplaced.collect(),
        conflicts: vec![conflict],
        bottlenecks: None,
        seed: control.seed,
        interrupted: control.must_stop(),
        time_ms: control.elapsed().as_millis() as u64,
    }
}
