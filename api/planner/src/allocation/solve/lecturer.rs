//! The stable allocation that is best for every tutor: the tutors offer, applicants keep the best
//! (Abraham, Irving & Manlove 2007). Every wish is offered at most once; which of a tutor's projects
//! offers next is kept in a heap, so the time is linear but for the logarithm of a tutor's projects.

use super::ground::{Ground, Held};
use super::ranking::{Ranked, Ranking};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

struct Offers {
    ranking: Ranking,
    held: Held,
    /// For each project where in its list the next offer is.
    next: Vec<usize>,
    /// For each tutor the next offer of each project with room, the one they like best first.
    heaps: Vec<BinaryHeap<Reverse<(u32, usize)>>>,
    project: Vec<usize>,
    tutor: Vec<usize>,
}

/// Lecturer-optimal; wishes of equal rank count in the order they were written.
pub(super) fn optimal(ground: &Ground) -> Held {
    let mut offers = Offers {
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

impl Offers {
    /// Puts the next offer of a project with room in its tutor's heap.
    fn announce(&mut self, p: usize) {
        let list = self.ranking.projects.of(p);
        if self.project[p] == 0 {
            return;
        }
        while let Some(wish) = list.get(self.next[p]).map(|&wish| wish as usize) {
            let ranked = self.ranking.wishes[wish];
            // Who holds something better, or this, is past this offer for good.
            if self.held[ranked.owner as usize].is_none_or(|held| wish < held) {
                self.heaps[ranked.tutor as usize].push(Reverse((ranked.at_tutor, wish)));
                return;
            }
            self.next[p] += 1;
        }
    }

    /// Makes an offer, which whoever still wants it takes; the tutor who lost them to it, if another.
    fn make(&mut self, wish: usize) -> Option<usize> {
        let Ranked { project, tutor, owner, .. } = self.ranking.wishes[wish];
        let (p, t, a) = (project as usize, tutor as usize, owner as usize);
        let offered = self.ranking.projects.of(p).get(self.next[p]);
        let stale = offered != Some(&(wish as u32)) || self.project[p] == 0;
        if stale {
            return None;
        }
        let mut lost = None;
        if self.held[a].is_none_or(|held| wish < held) {
            self.next[p] += 1;
            self.project[p] -= 1;
            self.spend(t);
            if let Some(before) = self.held[a].replace(wish) {
                let left = self.ranking.wishes[before];
                let (old, owner) = (left.project as usize, left.tutor as usize);
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
