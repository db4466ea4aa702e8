//! Forming committees: the number nearest to the target that can be filled, the people the objectives call first,
//! then seats and projects by annealing against bounds.

mod anneal;
mod board;
mod bounds;
mod exact;
mod notes;
mod numbers;
mod pins;

use super::check::check;
use super::instance::{Instance, Objective};
use super::measure::measure;
use super::solution::{Bounded, Committee, Note, Solution};
use super::validate::validate;
use crate::control::Control;
use crate::random::Random;
use crate::status::Status;
use board::{Board, Model};
use numbers::Numbers;

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
    let mut numbers = match Numbers::begin(instance) {
        Ok(numbers) => numbers,
        Err(notes) => return Ok(nothing(instance, Status::Infeasible, notes, control)),
    };
    while let Some(count) = numbers.another() {
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
                return Ok(finished(instance, status, committees, &bounds, numbers.notes, control));
            }
            Formed::Impossible => numbers.refuse(notes::interests(instance, count, control)),
            Formed::Unknown { time_ran_out } => numbers.refuse(notes::not_found(count, time_ran_out)),
        }
        if control.must_stop() {
            break;
        }
    }
    let is_proved = numbers.notes.iter().all(|note| note.proved) && !control.must_stop();
    let status = if is_proved { Status::Infeasible } else { Status::Unknown };
    Ok(nothing(instance, status, numbers.notes, control))
}

enum Formed<'m> {
    Found(Board<'m>, board::Costs),
    Impossible,
    Unknown { time_ran_out: bool },
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
        if is_sound(&board) {
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
    match exact::board(model, control.left().mul_f64(0.5), control) {
        exact::Exact::Found(board) => {
            let improved = anneal::improve(board.clone(), &bounds, moves / 2, &mut random, control);
            match [improved, board].into_iter().find(is_sound) {
                Some(board) => Formed::Found(board, bounds),
                None => Formed::Unknown { time_ran_out: false },
            }
        }
        exact::Exact::Impossible => Formed::Impossible,
        exact::Exact::Unsettled => Formed::Unknown { time_ran_out: true },
        exact::Exact::Unknown => Formed::Unknown { time_ran_out: control.must_stop() },
    }
}

/// Whether the judge accepts it: nothing else is ever answered.
fn is_sound(board: &Board) -> bool {
    board.broken() == 0 && check(board.model.instance, &board.committees()).valid
}

/// No committees, and why.
fn nothing(instance: &Instance, status: Status, notes: Vec<Note>, control: &Control) -> Solution {
    finished(instance, status, Vec::new(), &[0; 7], notes, control)
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
