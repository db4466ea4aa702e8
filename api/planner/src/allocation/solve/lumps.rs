//! Teams that share places with others, or count as students for their tutor. Then a flow is no longer
//! exact, a stable allocation need not exist, and finding the most is as hard as packing: what is here
//! keeps every place and limit, and says how far from the most it may be.

use super::ground::{Ground, Held};
use super::maximum::{Class, Flowed, most};
use crate::allocation::instance::Unit;
use crate::allocation::table::By;
use crate::control::Control;

/// The largest teams first, each size by an exact flow into the room the larger ones left; then whoever
/// can have something better moves there.
pub(super) fn by_size(ground: &Ground, control: &Control, flow: impl Fn(&Class) -> (Held, bool)) -> Flowed {
    let table = ground.table;
    let mut left = ground.clone();
    let mut held: Held = vec![None; table.size.len()];
    let mut interrupted = false;
    for size in (1..=3).rev() {
        let alike = |room: usize, lumpy: bool| if lumpy && room < usize::MAX { room / size } else { room };
        let counted = |t: usize| table.instance.tutors[t].counted_in == Unit::Students;
        let class = Class {
            entrants: left.entrants.iter().copied().filter(|&a| table.size[a] == size).collect(),
            project: (left.project.iter().enumerate())
                .map(|(p, &room)| alike(room, table.instance.projects[p].shared))
                .collect(),
            tutor: left.tutor.iter().enumerate().map(|(t, &room)| alike(room, counted(t))).collect(),
            lower: (left.lower.iter().enumerate())
                .map(|(t, &lower)| if counted(t) { lower.div_ceil(size) } else { lower })
                .collect(),
        };
        let (found, done) = flow(&class);
        interrupted |= !done;
        for (a, wish) in found.into_iter().enumerate().filter_map(|(a, wish)| wish.map(|wish| (a, wish))) {
            held[a] = Some(wish);
            left.take(a, table.project[wish]);
        }
    }
    improve(&mut left, &mut held);
    let missing = left.lower.iter().sum();
    Flowed {
        most: most(ground, control),
        missing,
        held,
        reasons: vec![None; table.project.len()],
        interrupted,
    }
}

/// Lets everybody move to something better that has room, until nobody can.
fn improve(left: &mut Ground, held: &mut Held) {
    let table = left.table;
    let mut line = left.entrants.clone();
    line.sort_unstable_by_key(|&a| table.order.place[a]);
    let mut moved = true;
    while std::mem::take(&mut moved) {
        for &a in &line {
            let rank = held[a].map_or(usize::MAX, |wish| table.rank[wish]);
            for wish in left.wishes(a).take_while(|&wish| table.rank[wish] < rank) {
                if let Some(before) = held[a] {
                    left.leave(a, table.project[before]);
                }
                if left.has_room(a, table.project[wish]) {
                    held[a] = Some(wish);
                    left.take(a, table.project[wish]);
                    moved = true;
                    break;
                }
                if let Some(before) = held[a] {
                    left.take(a, table.project[before]);
                }
            }
        }
    }
}

/// Applicants ask in the order of their wishes, and projects and tutors send away the worst until the
/// rest fits; at last whoever can have something better that has room moves there. Ends, because nobody
/// asks twice; blocking pairs that are left are counted in the measures.
pub(super) fn nearly_stable(ground: &Ground) -> Held {
    let table = ground.table;
    let mut held: Held = vec![None; table.size.len()];
    let mut next: Vec<usize> = (0..table.size.len()).map(|a| table.wishes(a).start).collect();
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); ground.project.len()];
    let mut projects_of = vec![Vec::new(); ground.tutor.len()];
    for (p, &t) in table.tutor.iter().enumerate() {
        projects_of[t].push(p);
    }
    let mut free: Vec<usize> = ground.entrants.iter().rev().copied().collect();
    while let Some(a) = free.pop() {
        let Some(wish) = (next[a]..table.wishes(a).end).find(|&wish| table.open[wish]) else { continue };
        next[a] = wish + 1;
        let (p, t) = (table.project[wish], ground.tutor_of(wish));
        held[a] = Some(wish);
        holders[p].push(a);
        loop {
            let in_project: usize = holders[p].iter().map(|&b| table.takes(b, p)).sum();
            let of_tutor = || projects_of[t].iter().flat_map(|&p| holders[p].iter().copied());
            let with_tutor: usize = of_tutor().map(|b| table.counts(b, t)).sum();
            let standing = |b: &usize| held[*b].map(|wish| table.standing(*b, wish, By::Strict));
            let out = if in_project > ground.project[p] {
                holders[p].iter().copied().max_by_key(standing)
            } else if with_tutor > ground.tutor[t] {
                of_tutor().max_by_key(standing)
            } else {
                None
            };
            let Some(out) = out else { break };
            if let Some(wish) = held[out].take() {
                holders[table.project[wish]].retain(|&b| b != out);
            }
            free.push(out);
        }
    }
    let mut left = ground.clone();
    for (a, wish) in held.iter().enumerate().filter_map(|(a, wish)| wish.map(|wish| (a, wish))) {
        left.take(a, table.project[wish]);
    }
    improve(&mut left, &mut held);
    held
}
