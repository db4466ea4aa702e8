//! The stable allocation that is best for every tutor: the tutors offer, applicants keep the best
//! (Abraham, Irving & Manlove 2007). Every wish is offered at most once; which of a tutor's projects
//! offers next is kept in a heap, so the time is linear but for the logarithm of a tutor's projects.

use super::ground::{Ground, Held};
use super::ranking::Ranking;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

struct Offers<'a> {
    ground: &'a Ground<'a>,
    ranking: Ranking,
    held: Held,
    /// For each project where in its list the next offer is.
    next: Vec<usize>,
    /// For each tutor the next offer of each project with room, the one they like best first.
    heaps: Vec<BinaryHeap<Reverse<(usize, usize)>>>,
    project: Vec<usize>,
    tutor: Vec<usize>,
}

/// Lecturer-optimal; wishes of equal rank count in the order they were written.
pub(super) fn optimal(ground: &Ground) -> Held {
    let mut offers = Offers {
        ground,
        ranking: Ranking::new(ground),
        held: vec![None; ground.table.size.len()],
        next: vec![0; ground.project.len()],
        heaps: vec![BinaryHeap::new(); ground.tutor.len()],
        project: ground.project.clone(),
        tutor: ground.tutor.clone(),
    };
    for p in 0..ground.project.len() {
        offers.announce(p);
    }
    let mut active: Vec<usize> = (0..ground.tutor.len()).rev().collect();
    while let Some(t) = active.pop() {
        while offers.tutor[t] > 0 {
            let Some(Reverse((_, wish))) = offers.heaps[t].pop() else { break };
            if let Some(freed) = offers.make(wish) {
                active.push(freed);
            }
        }
    }
    super::settle::settle(ground, &mut offers.held, |wish, held| wish < held);
    offers.held
}

impl Offers<'_> {
    /// Puts the next offer of a project with room in its tutor's heap.
    fn announce(&mut self, p: usize) {
        let list = &self.ranking.projects[p];
        if self.project[p] == 0 {
            return;
        }
        while let Some(&wish) = list.get(self.next[p]) {
            // Who holds something better, or this, is past this offer for good.
            if self.held[self.ranking.owner[wish]].is_none_or(|held| wish < held) {
                let t = self.ground.tutor_of(wish);
                self.heaps[t].push(Reverse((self.ranking.at_tutor[wish], wish)));
                return;
            }
            self.next[p] += 1;
        }
    }

    /// Makes an offer, which whoever still wants it takes; the tutor who lost them to it, if another.
    fn make(&mut self, wish: usize) -> Option<usize> {
        let table = self.ground.table;
        let p = table.project[wish];
        let stale = self.ranking.projects[p].get(self.next[p]) != Some(&wish) || self.project[p] == 0;
        if stale {
            return None;
        }
        let a = self.ranking.owner[wish];
        let t = self.ground.tutor_of(wish);
        let mut lost = None;
        if self.held[a].is_none_or(|held| wish < held) {
            self.next[p] += 1;
            self.project[p] -= 1;
            self.spend(t);
            if let Some(before) = self.held[a].replace(wish) {
                let (old, owner) = (table.project[before], self.ground.tutor_of(before));
                self.project[old] += 1;
                if self.tutor[owner] < usize::MAX {
                    self.tutor[owner] += 1;
                }
                self.announce(old);
                lost = Some(owner).filter(|&owner| owner != t);
            }
        }
        self.announce(p);
        lost
    }

    fn spend(&mut self, t: usize) {
        if self.tutor[t] < usize::MAX {
            self.tutor[t] -= 1;
        }
    }
}
