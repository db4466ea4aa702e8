//! Forming committees: the largest number that can be filled, the people the objectives call first,
//! then seats and projects by annealing against bounds.

mod anneal;
mod board;
mod bounds;
mod exact;
mod notes;

use super::check::check;
use super::instance::{Instance, Objective};
use super::measure::measure;
use super::solution::{Bounded, Committee, Note, Solution};
use super::validate::validate;
use crate::control::Control;
use crate::random::Random;
use crate::status::Status;
use board::{Board, Model};

/// Moves of the search per second of the time limit; see the timetable's for the reason.
const MOVES_PER_SECOND: f64 = 400_000.0;

/// The best committees found for a sound instance, or every fault of an unsound one.
pub fn solve(instance: &Instance, control: &Control) -> Result<Solution, Vec<String>> {
    let faults = validate(instance);
    if !faults.is_empty() {
        return Err(faults);
    }
    let total: usize = instance.projects.iter().map(|p| p.students).sum();
    if total == 0 {
        return Ok(finished(instance, Status::Optimal, Vec::new(), &[0; 7], Vec::new(), control));
    }
    let wanted = instance.settings.committees.unwrap_or_else(|| {
        // Present committees are kept in number: a repair does not dissolve one.
        match instance.present.len() {
            0 => total.div_ceil(instance.settings.target),
            count => count,
        }
    });
    let may_shrink = instance.settings.committees.is_none() && instance.settings.may_exceed_target;
    let least = if may_shrink { 1 } else { wanted };
    let mut notes: Vec<Note> = Vec::new();
    let mut count = wanted;
    while count >= least {
        if let Some(note) = notes::shortage(instance, count) {
            // What is short for this many says how many it would be enough for.
            count = notes::enough_for(instance, count);
            notes.push(note);
            if count == 0 {
                break;
            }
            continue;
        }
        let model = Model::new(instance, count);
        match form(&model, control) {
            Formed::Found(board, bounds) => {
                let committees = board.committees();
                let mut bounds = bounds;
                // Who is not even known any more is a change that no search can avoid.
                let changes = measure(instance, &committees).first().map_or(0, |m| m.value);
                let unavoidable = changes - board.total()[1];
                let optimal = bounds::reached(&model, &board.total(), &bounds);
                bounds[1] += unavoidable;
                let status = if optimal { Status::Optimal } else { Status::Feasible };
                return Ok(finished(instance, status, committees, &bounds, notes, control));
            }
            Formed::Impossible => notes.push(notes::interests(instance, count, control)),
            Formed::Unknown => notes.push(notes::not_found(count)),
        }
        if control.must_stop() {
            break;
        }
        count -= 1;
    }
    let is_proved = notes.iter().all(|note| note.proved) && !control.must_stop();
    let status = if is_proved { Status::Infeasible } else { Status::Unknown };
    Ok(finished(instance, status, Vec::new(), &[0; 7], notes, control))
}

enum Formed<'m> {
    Found(Board<'m>, board::Costs),
    Impossible,
    Unknown,
}

fn form<'m>(model: &'m Model<'m>, control: &Control) -> Formed<'m> {
    let bounds = bounds::bounds(model);
    let mut random = Random::seeded(control.seed);
    let seconds = control.effort.as_secs_f64();
    // Larger calls need more moves; small ones are done in a blink and should not use up the limit.
    let size = model.seats * model.count + model.students.len();
    let moves = ((MOVES_PER_SECOND * seconds) as usize).min(10_000 + 3_000 * size);
    let mut found: Option<Board> = None;
    for attempt in 0..3 {
        if !anneal::has_moves(model) {
            break;
        }
        let first = Board::first(model, &mut random);
        let board = anneal::improve(
            first,
            &bounds,
            if attempt == 0 { moves } else { moves / 4 },
            &mut random,
            control,
        );
        if board.broken() == 0 && check(model.instance, &board.committees()).valid {
            found = Some(board);
            break;
        }
        if control.must_stop() {
            break;
        }
    }
    if let Some(board) = found {
        return Formed::Found(board, bounds);
    }
    match exact::board(model, control) {
        exact::Exact::Found(board) => {
            let board = anneal::improve(board, &bounds, moves / 2, &mut random, control);
            Formed::Found(board, bounds)
        }
        exact::Exact::Impossible => Formed::Impossible,
        exact::Exact::Unknown => Formed::Unknown,
    }
}

fn finished(
    instance: &Instance,
    status: Status,
    committees: Vec<Committee>,
    bounds: &board::Costs,
    notes: Vec<Note>,
    control: &Control,
) -> Solution {
    let values = measure(instance, &committees);
    let bound_of =
        |o: Objective| Objective::all().iter().position(|a| *a == o).map_or(0, |at| bounds[at + 1]);
    let objectives = instance
        .objectives
        .iter()
        .filter_map(|o| values.iter().find(|m| m.objective == *o))
        .map(|m| Bounded {
            objective: m.objective,
            value: m.value,
            bound: bound_of(m.objective).min(m.value),
        })
        .collect();
    Solution {
        status,
        objectives: if committees.is_empty() { Vec::new() } else { objectives },
        committees,
        notes,
        seed: control.seed,
        interrupted: control.is_past(0.9),
        time_ms: control.elapsed().as_millis() as u64,
    }
}
