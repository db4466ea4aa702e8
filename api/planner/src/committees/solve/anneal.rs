//! Simulated annealing over seats and projects: swap two seats, call somebody else, swap or move projects.

use super::board::{Board, Costs, Model, NONE, add};
use crate::control::{Control, Stage};
use crate::random::Random;
use std::cmp::Ordering;

#[derive(Clone, Copy)]
enum Move {
    Seats(usize, usize),
    /// Seat, who comes, who goes.
    Call(usize, usize, usize),
    Projects(usize, usize),
    Project(usize, usize),
}

/// Share of the time limit after which nothing is improved any more.
const UNTIL: f64 = 0.9;

/// The best board found in about `steps` moves; stops early once no objective can improve on `bounds`.
pub(crate) fn improve<'m>(
    mut board: Board<'m>,
    bounds: &Costs,
    steps: usize,
    random: &mut Random,
    control: &Control,
) -> Board<'m> {
    let model = board.model;
    let mut costs = board.total();
    let mut best = board.clone();
    let mut best_costs = costs;
    let mut best_broken = board.broken();
    let mut weights = [0.0; 7];
    weights[0] = 40.0;
    for (at, &o) in model.order.iter().enumerate() {
        weights[o] = 4f64.powi(-(at as i32)) * if o == 3 { 0.5 } else { 1.0 };
    }
    let cold: f64 = 0.05 * 4f64.powi(-(model.order.len() as i32 - 1));
    let (hot, mut heat) = (4.0, 4.0);
    let settled = |costs: &Costs, broken: i64| {
        broken == 0 && costs[0] == 0 && model.order.iter().all(|&o| costs[o] <= bounds[o])
    };
    let begun = control.elapsed();
    for step in 0..steps {
        if step % 256 == 0 {
            let share = control.share_of_search(step, steps, begun, UNTIL);
            heat = hot * ((cold / hot).ln() * share).exp();
            if settled(&best_costs, best_broken) || share >= 1.0 || control.is_cancelled() {
                break;
            }
            if step % 65_536 == 0 {
                control.tell(Stage::Improving, model.total(), model.total());
            }
        }
        let Some(change) = propose(&board, random) else { continue };
        let touched = touched(&board, change);
        let mut after = costs;
        for &c in &touched {
            if c != NONE {
                add(&mut after, &board.cost(c), -1);
            }
        }
        apply(&mut board, change);
        for &c in &touched {
            if c != NONE {
                add(&mut after, &board.cost(c), 1);
            }
        }
        let worse: f64 = (0..7).map(|o| weights[o] * (after[o] - costs[o]) as f64).sum();
        if worse > 0.0 && random.unit() >= (-worse / heat).exp() {
            undo(&mut board, change, touched);
            continue;
        }
        costs = after;
        let by_objectives = || {
            model
                .order
                .iter()
                .map(|&o| after[o].cmp(&best_costs[o]))
                .find(|c| c.is_ne())
                .is_some_and(Ordering::is_lt)
        };
        let is_better = match after[0].cmp(&best_costs[0]) {
            Ordering::Less => true,
            Ordering::Equal => by_objectives(),
            Ordering::Greater => false,
        };
        if is_better {
            let broken = board.broken();
            if broken <= best_broken {
                best = board.clone();
                best_costs = after;
                best_broken = broken;
            }
        }
    }
    best
}

fn propose(board: &Board, random: &mut Random) -> Option<Move> {
    let model = board.model;
    let seat = |random: &mut Random| {
        let at = random.below(board.seats.len());
        (model.seat_pins[at] == NONE).then_some(at)
    };
    let project = |random: &mut Random| {
        let at = random.below(model.students.len());
        (model.project_pins[at] == NONE).then_some(at)
    };
    let draw = random.unit();
    if draw < 0.3 {
        let (a, b) = (seat(random)?, seat(random)?);
        let (pa, pb) = (board.seats[a], board.seats[b]);
        if pa == NONE || pb == NONE || pa == pb {
            return None;
        }
        let twice = a / model.seats != b / model.seats
            && (board.sits_in(pb, a / model.seats) || board.sits_in(pa, b / model.seats));
        return (!twice).then_some(Move::Seats(a, b));
    }
    if draw < 0.5 {
        let at = seat(random)?;
        let person = *random.pick(&model.free);
        return (board.can_take(person) && board.seat_suits(at, person)).then_some(Move::Call(
            at,
            person,
            board.seats[at],
        ));
    }
    if draw < 0.9 {
        let (a, b) = (project(random)?, project(random)?);
        return (board.committee_of[a] != board.committee_of[b]).then_some(Move::Projects(a, b));
    }
    let (a, c) = (project(random)?, random.below(model.count));
    (board.committee_of[a] != c).then_some(Move::Project(a, c))
}

/// The committees a move concerns and what is needed to undo it.
fn touched(board: &Board, change: Move) -> [usize; 2] {
    let seats = board.model.seats;
    let pair = |a: usize, b: usize| if a == b { [a, NONE] } else { [a, b] };
    match change {
        Move::Seats(a, b) => pair(a / seats, b / seats),
        Move::Call(at, ..) => [at / seats, NONE],
        Move::Projects(a, b) => pair(board.committee_of[a], board.committee_of[b]),
        Move::Project(a, c) => pair(board.committee_of[a], c),
    }
}

fn apply(board: &mut Board, change: Move) {
    match change {
        Move::Seats(a, b) => {
            let (pa, pb) = (board.seats[a], board.seats[b]);
            board.sit(a, pb);
            board.sit(b, pa);
        }
        Move::Call(at, person, _) => board.sit(at, person),
        Move::Projects(a, b) => {
            let (ca, cb) = (board.committee_of[a], board.committee_of[b]);
            board.assign(a, cb);
            board.assign(b, ca);
        }
        Move::Project(a, c) => board.assign(a, c),
    }
}

fn undo(board: &mut Board, change: Move, touched: [usize; 2]) {
    match change {
        Move::Seats(..) | Move::Projects(..) => apply(board, change),
        Move::Call(at, _, gone) => board.sit(at, gone),
        Move::Project(a, _) => board.assign(a, touched[0]),
    }
}

/// Somebody to start with is always there to be called.
pub(crate) fn has_moves(model: &Model) -> bool {
    !model.free.is_empty() && !model.students.is_empty()
}
