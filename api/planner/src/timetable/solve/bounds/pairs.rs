//! The most pairs of defences that one person attends one right after the other in one room.
//!
//! Besides what the attendances leave: every job has at most one before and one after it, so that an
//! assignment of successors is worth at least as much; and a room that is used on a day begins once,
//! so that there are fewer pairs of jobs than jobs.

use super::Ground;
use super::visits::{self, apart};
use crate::control::Control;

/// With more jobs than this the assignment costs more time than it is worth.
const LARGEST: usize = 400;

/// With more than this the limit on the number of pairs of jobs is left out of it.
const LARGEST_LIMITED: usize = 160;

/// No timetable has more pairs, when people come on at least so many days.
pub(super) fn most_pairs(ground: &Ground, days: i64, control: &Control) -> i64 {
    let mut most = visits::most_pairs(ground, days);
    let count = ground.jobs.len();
    if count > LARGEST || count == 0 || control.is_cancelled() {
        return most;
    }
    let inside = |index: usize| {
        let job = ground.job(index);
        let fixed: usize = job.fixed.iter().map(|a| a.load - 1).sum();
        ((fixed + job.seats.len() * (job.weight() - 1)) as i64, 0)
    };
    let inside = ground.most(inside);
    let shared = shared(ground);
    let limit = joints(ground);
    let top = shared.iter().flatten().copied().max().unwrap_or(0);
    let last = if count <= LARGEST_LIMITED { top } else { 0 };
    // A price for each pair of jobs used, paid back for as many as there can be.
    for price in 0..=last {
        if control.is_cancelled() {
            break;
        }
        let worth: Vec<Vec<i64>> =
            shared.iter().map(|row| row.iter().map(|&w| (w - price).max(0)).collect()).collect();
        most = most.min(inside + dearest_assignment(&worth) + price * limit);
    }
    most
}

/// For each two jobs, how many people could attend the second right after the first.
fn shared(ground: &Ground) -> Vec<Vec<i64>> {
    let model = ground.model;
    let words = model.people.div_ceil(64);
    let bits = |index: usize| {
        let job = ground.job(index);
        let mut row = vec![0u64; words];
        let people = job.fixed.iter().map(|a| a.person).chain(job.seats.iter().flatten().map(|c| c.0));
        people.for_each(|person| row[person / 64] |= 1 << (person % 64));
        row
    };
    let rows: Vec<Vec<u64>> = ground.jobs.iter().map(|&job| bits(job)).collect();
    let size = |at: usize| {
        let job = ground.job(ground.jobs[at]);
        job.fixed.len() + job.seats.len()
    };
    let both = |a: usize, b: usize| {
        let common: u32 = rows[a].iter().zip(&rows[b]).map(|(x, y)| (x & y).count_ones()).sum();
        let most = (common as usize).min(size(a)).min(size(b));
        if a == b || most == 0 || !can_follow(ground, ground.jobs[a], ground.jobs[b]) {
            0
        } else {
            most as i64
        }
    };
    (0..rows.len()).map(|a| (0..rows.len()).map(|b| both(a, b)).collect()).collect()
}

/// Whether the second job could begin in some room as soon as the first is over.
fn can_follow(ground: &Ground, first: usize, second: usize) -> bool {
    let model = ground.model;
    let (first, second) = (ground.job(first), ground.job(second));
    first.starts.iter().any(|start| {
        let next = start.slot + first.len + model.gap;
        next < model.days[model.day_of[start.slot]].end
            && second
                .starts
                .binary_search_by_key(&next, |s| s.slot)
                .is_ok_and(|at| second.starts[at].rooms.iter().any(|room| start.rooms.contains(room)))
    })
}

/// The most pairs of jobs that follow each other: all jobs but the first of each room and day in use.
fn joints(ground: &Ground) -> i64 {
    let model = ground.model;
    let jobs = ground.most(|_| (1, 0));
    let shortest = ground.jobs.iter().map(|&j| ground.job(j).len).min().unwrap_or(1).max(1);
    let mut held: Vec<usize> = Vec::new();
    for room in 0..model.rooms {
        for day in &model.days {
            let open = |slot: usize| model.room_open[room][slot] && !model.closed[slot];
            let begins = day.clone().filter(|&slot| slot + shortest <= day.end && open(slot));
            held.push(apart(begins.map(|slot| (slot, slot + shortest)), model.gap));
        }
    }
    held.sort_unstable_by(|a, b| b.cmp(a));
    let mut room_days = 0;
    let mut sum = 0;
    for most in held {
        if sum >= jobs {
            break;
        }
        sum += most as i64;
        room_days += 1;
    }
    jobs - room_days
}

/// The dearest way to give each row a column of its own (Kuhn and Munkres, with potentials).
fn dearest_assignment(worth: &[Vec<i64>]) -> i64 {
    -cheapest_assignment(&worth.iter().map(|row| row.iter().map(|w| -w).collect()).collect::<Vec<_>>())
}

/// The cheapest way to give each row a column of its own; there are at least as many columns as rows.
pub(super) fn cheapest_assignment(cost: &[Vec<i64>]) -> i64 {
    let columns = cost.first().map_or(0, Vec::len);
    let mut row_price = vec![0; cost.len() + 1];
    let mut column_price = vec![0; columns + 1];
    // Column 0 is where the row that looks for a column stands; rows and columns count from 1.
    let mut row_of = vec![0; columns + 1];
    for row in 1..=cost.len() {
        row_of[0] = row;
        let mut least = vec![i64::MAX; columns + 1];
        let mut from = vec![0; columns + 1];
        let mut done = vec![false; columns + 1];
        let mut at = 0;
        while row_of[at] != 0 {
            done[at] = true;
            let here = row_of[at];
            let (mut step, mut next) = (i64::MAX, 0);
            for column in 1..=columns {
                if done[column] {
                    continue;
                }
                let reduced = cost[here - 1][column - 1] - row_price[here] - column_price[column];
                if reduced < least[column] {
                    (least[column], from[column]) = (reduced, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=columns {
                if done[column] {
                    row_price[row_of[column]] += step;
                    column_price[column] -= step;
                } else if least[column] != i64::MAX {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[from[at]];
            at = from[at];
        }
    }
    (1..=columns).filter(|&c| row_of[c] != 0).map(|c| cost[row_of[c] - 1][c - 1]).sum()
}
