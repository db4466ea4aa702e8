//! Whether committees exist at all, as an integer program: for calls the annealing cannot settle,
//! which are small (few committees leave little room to avoid interests) or overpinned.

use super::board::{Board, Model, NONE};
use crate::control::Control;
use crate::linear::Program;
use crate::random::Random;
use std::time::Duration;

pub(crate) enum Exact<'m> {
    Found(Board<'m>),
    Impossible,
    /// Its time ran out.
    Unsettled,
    /// It is not for this program to say.
    Unknown,
}

/// Larger programs are left to the annealing.
const LARGEST: usize = 20_000;

/// Seats are of three sorts to the program: the president's, members', substitutes'.
pub(crate) fn board<'m>(model: &'m Model<'m>, limit: Duration, control: &Control) -> Exact<'m> {
    let people = &model.free;
    let (count, projects) = (model.count, model.students.len());
    if (3 * people.len() + projects) * count > LARGEST {
        return Exact::Unknown;
    }
    let mut program = Program::new();
    let wanted = [1, model.full - 1, model.seats - model.full];
    let sort_of = |seat: usize| {
        if seat == 0 {
            0
        } else if seat < model.full {
            1
        } else {
            2
        }
    };
    // sits[committee][person][sort], judged[committee][project]
    let sits: Vec<Vec<[usize; 3]>> = (0..count)
        .map(|_| people.iter().map(|_| std::array::from_fn(|_| program.choice(0.0))).collect())
        .collect();
    let judged: Vec<Vec<usize>> =
        (0..count).map(|_| (0..projects).map(|_| program.choice(0.0)).collect()).collect();
    let exactly = |program: &mut Program, list: &[usize], number: usize| {
        let row: Vec<(usize, f64)> = list.iter().map(|&v| (v, 1.0)).collect();
        program.weighted_at_most(&row, number as f64);
        program.weighted_at_least(&row, number as f64);
    };
    for c in 0..count {
        for sort in 0..3 {
            exactly(&mut program, &sits[c].iter().map(|s| s[sort]).collect::<Vec<_>>(), wanted[sort]);
        }
        for (at, &p) in people.iter().enumerate() {
            program.at_most(sits[c][at].to_vec(), 1);
            if !model.instance.professors[p].may_preside {
                program.at_most(vec![sits[c][at][0]], 0);
            }
        }
        for (at, &p) in people.iter().enumerate() {
            let later = people.iter().enumerate().skip(at + 1);
            for (other, _) in later.filter(|(_, q)| model.apart[p].contains(q)) {
                program.at_most(sits[c][at].iter().chain(&sits[c][other]).copied().collect(), 1);
            }
        }
        if model.instance.settings.spread_areas {
            for area in 0..model.areas {
                let here = people.iter().enumerate().filter(|(_, p)| model.area[**p] == area);
                program.at_most(here.flat_map(|(at, _)| [sits[c][at][0], sits[c][at][1]]).collect(), 1);
            }
        }
        for (project, &judged) in judged[c].iter().enumerate() {
            for &barred in &model.barred[project] {
                if let Some(at) = people.iter().position(|&p| p == barred) {
                    program.at_most(sits[c][at].iter().copied().chain([judged]).collect(), 1);
                }
            }
            if model.project_pins[project] != NONE && model.project_pins[project] != c {
                program.at_most(vec![judged], 0);
            }
        }
    }
    for project in 0..projects {
        exactly(&mut program, &judged.iter().map(|c| c[project]).collect::<Vec<_>>(), 1);
    }
    if model.instance.settings.one_seat {
        for at in 0..people.len() {
            program.at_most(sits.iter().flat_map(|c| c[at]).collect(), 1);
        }
    }
    let mut impossible_pin = false;
    for (seat, &person) in model.seat_pins.iter().enumerate().filter(|(_, p)| **p != NONE) {
        match people.iter().position(|&p| p == person) {
            Some(at) => {
                let variable = sits[seat / model.seats][at][sort_of(seat % model.seats)];
                program.weighted_at_least(&[(variable, 1.0)], 1.0);
            }
            None => impossible_pin = true,
        }
    }
    if impossible_pin {
        return Exact::Impossible;
    }
    if model.instance.project_pins.is_empty() {
        loads(&mut program, &judged, model);
    }
    let outcome = program.solve(-1.0, limit, control);
    let Some(on) = outcome.values else {
        return if outcome.exact { Exact::Impossible } else { Exact::Unsettled };
    };
    let mut board = Board::first(model, &mut Random::seeded(0));
    for seat in 0..board.seats.len() {
        board.sit(seat, NONE);
    }
    for c in 0..count {
        for (at, &p) in people.iter().enumerate() {
            for sort in (0..3).filter(|&sort| on[sits[c][at][sort]]) {
                let first = c * model.seats;
                let free = |seat: &usize| board.seats[first + seat] == NONE && sort_of(*seat) == sort;
                let pinned = (0..model.seats).find(|&seat| model.seat_pins[first + seat] == p);
                let open = (0..model.seats).filter(free).find(|&seat| model.seat_pins[first + seat] == NONE);
                if let Some(seat) = pinned.filter(free).or(open) {
                    board.sit(first + seat, p);
                }
            }
        }
        for project in (0..projects).filter(|&project| on[judged[c][project]]) {
            board.assign(project, c);
        }
    }
    if board.broken() == 0 { Exact::Found(board) } else { Exact::Unknown }
}

/// The rule of loads as it is judged: all of them from some least to so much more as the largest team has.
fn loads(program: &mut Program, judged: &[Vec<usize>], model: &Model) {
    let largest = model.students.iter().max().copied().unwrap_or(1);
    let row = |committee: &[usize]| -> Vec<(usize, f64)> {
        committee.iter().zip(&model.students).map(|(&v, &s)| (v, s as f64)).collect()
    };
    let ideal = model.total() / model.count;
    if largest == 1 {
        for committee in judged {
            program.weighted_at_most(&row(committee), model.total().div_ceil(model.count) as f64);
            program.weighted_at_least(&row(committee), ideal as f64);
        }
        return;
    }
    let least = program.number(ideal);
    for committee in judged {
        let above: Vec<_> = row(committee).into_iter().chain([(least, -1.0)]).collect();
        program.weighted_at_least(&above, 0.0);
        program.weighted_at_most(&above, largest as f64);
    }
}
