//! The least sum of squares of what people attend.
//!
//! Each seat of each defence goes to whoever is eligible and has least, made room for along chains of
//! exchanges: for any convex cost that is the best there is when time is forgotten. What stays
//! without a place is taken from those who have most, which is no more than any choice can take.

use super::Ground;
use crate::control::Control;
use std::collections::VecDeque;

/// Steps along chains beyond which the seats are only spread over everybody.
const STEPS: usize = 40_000_000;

pub(super) fn least_squares(ground: &Ground, control: &Control) -> i64 {
    let mut loads = vec![0i64; ground.model.people];
    for &job in &ground.jobs {
        ground.job(job).fixed.iter().for_each(|a| loads[a.person] += a.load as i64);
    }
    let mut seats: Vec<Vec<usize>> = Vec::new();
    for &job in &ground.jobs {
        let job = ground.job(job);
        for seat in &job.seats {
            let eligible: Vec<usize> = seat.iter().map(|c| c.0).collect();
            seats.extend(std::iter::repeat_n(eligible, job.weight()));
        }
    }
    let chain: usize = seats.iter().map(Vec::len).sum();
    if chain.saturating_mul(seats.len()) <= STEPS && !control.is_cancelled() {
        seat_all(&seats, &mut loads);
    } else {
        spread(seats.len(), &mut loads);
    }
    let all: i64 = ground.jobs.iter().map(|&job| ground.attendances(job)).sum();
    let placed = ground.least(|job| (ground.attendances(job), 0));
    take_from_the_top((all - placed) as usize, &mut loads);
    loads.iter().map(|load| load * load).sum()
}

/// Gives every seat to somebody, so that no chain of exchanges makes it more even.
fn seat_all(seats: &[Vec<usize>], loads: &mut [i64]) {
    let mut holder: Vec<Option<usize>> = vec![None; seats.len()];
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); loads.len()];
    for seat in 0..seats.len() {
        // By person: the seat through which they are reached.
        let mut through: Vec<Option<usize>> = vec![None; loads.len()];
        let mut queue = VecDeque::from([seat]);
        let mut least: Option<usize> = None;
        while let Some(open) = queue.pop_front() {
            for &person in &seats[open] {
                if through[person].is_some() {
                    continue;
                }
                through[person] = Some(open);
                if least.is_none_or(|known| loads[person] < loads[known]) {
                    least = Some(person);
                }
                queue.extend(&held[person]);
            }
        }
        let Some(end) = least else { continue };
        loads[end] += 1;
        let mut person = end;
        while let Some(open) = through[person] {
            let before = holder[open].replace(person);
            held[person].push(open);
            let Some(before) = before else { break };
            held[before].retain(|&s| s != open);
            person = before;
        }
    }
}

/// As even as can be, whoever is eligible.
fn spread(seats: usize, loads: &mut [i64]) {
    level(seats, loads, 1);
}

fn take_from_the_top(count: usize, loads: &mut [i64]) {
    level(count, loads, -1);
}

/// One more for whoever has least, or one less for whoever has most, so many times.
fn level(count: usize, loads: &mut [i64], step: i64) {
    let mut heap: std::collections::BinaryHeap<(i64, usize)> =
        loads.iter().enumerate().map(|(person, &load)| (-step * load, person)).collect();
    for _ in 0..count {
        let Some((rank, person)) = heap.pop() else { return };
        if step < 0 && loads[person] == 0 {
            return;
        }
        loads[person] += step;
        heap.push((rank - 1, person));
    }
}
