//! A large stable allocation where ties stay ties, at least two thirds of the largest: applicants ask
//! twice, and the second time are preferred to those, liked as much, who are still at their first
//! (Cooper & Manlove 2018, after Király).

use super::ground::{Ground, Held};
use crate::allocation::table::By;
use std::collections::VecDeque;

struct Asking<'a> {
    ground: &'a Ground<'a>,
    held: Held,
    /// For each applicant the wishes still to be asked for in this turn.
    list: Vec<Vec<usize>>,
    /// 1 and 2 ask, 3 has asked twice in vain.
    turn: Vec<u8>,
    holders: Vec<Vec<usize>>,
    project: Vec<usize>,
    tutor: Vec<usize>,
    projects_of: Vec<Vec<usize>>,
}

/// Stable by the tutors' ties; no applicant of a pair that blocks is left.
pub(super) fn large(ground: &Ground) -> Held {
    let mut projects_of = vec![Vec::new(); ground.tutor.len()];
    for (p, &t) in ground.table.tutor.iter().enumerate() {
        projects_of[t].push(p);
    }
    let people = ground.table.size.len();
    let mut asking = Asking {
        ground,
        held: vec![None; people],
        list: (0..people).map(|a| ground.wishes(a).collect()).collect(),
        turn: vec![1; people],
        holders: vec![Vec::new(); ground.project.len()],
        project: ground.project.clone(),
        tutor: ground.tutor.clone(),
        projects_of,
    };
    asking.run();
    let rank = |wish: usize| ground.table.rank[wish];
    super::settle::settle(ground, &mut asking.held, |wish, held| rank(wish) < rank(held));
    asking.held
}

impl Asking<'_> {
    fn run(&mut self) {
        let asks = |a: &usize| !self.list[*a].is_empty();
        let mut free: VecDeque<usize> = self.ground.entrants.iter().copied().filter(asks).collect();
        while let Some(a) = free.pop_front() {
            let Some(wish) = self.favourite(a) else { continue };
            let p = self.ground.table.project[wish];
            if self.is_open(p) {
                self.put(a, wish);
                continue;
            }
            match self.who_goes(a, wish) {
                Some((out, precarious)) => {
                    self.remove(out, precarious);
                    self.put(a, wish);
                    if self.turn[out] < 3 {
                        free.push_back(out);
                    }
                }
                None => {
                    self.strike(a, wish);
                    if self.turn[a] < 3 {
                        free.push_front(a);
                    }
                }
            }
        }
    }

    /// Whether there is room in the project and with its tutor.
    fn is_open(&self, p: usize) -> bool {
        self.project[p] > 0 && self.tutor[self.ground.table.tutor[p]] > 0
    }

    /// One of the best wishes left, rather one that is open.
    fn favourite(&self, a: usize) -> Option<usize> {
        let table = self.ground.table;
        let first = *self.list[a].first()?;
        let group = self.list[a].iter().copied().take_while(|&w| table.rank[w] == table.rank[first]);
        Some(group.into_iter().find(|&w| self.is_open(table.project[w])).unwrap_or(first))
    }

    /// Whom an applicant puts out, and whether they could as well be somewhere else.
    fn who_goes(&self, a: usize, wish: usize) -> Option<(usize, bool)> {
        let p = self.ground.table.project[wish];
        let full = self.project[p] == 0;
        let holders: Vec<usize> = if full {
            self.holders[p].clone()
        } else {
            let own = &self.projects_of[self.ground.tutor_of(wish)];
            own.iter().flat_map(|&p| self.holders[p].iter().copied()).collect()
        };
        if let Some(&out) = holders.iter().find(|&&b| self.is_precarious(b)) {
            return Some((out, true));
        }
        let worst = holders.into_iter().max_by_key(|&b| self.regard(b, self.held[b]))?;
        (self.regard(a, Some(wish)) < self.regard(worst, self.held[worst])).then_some((worst, false))
    }

    /// How a tutor regards somebody: as their preferences say, and then the second turn before the first.
    fn regard(&self, a: usize, wish: Option<usize>) -> ((usize, usize), u8) {
        let standing = wish.map_or((usize::MAX, usize::MAX), |w| self.ground.table.standing(a, w, By::Ties));
        (standing, u8::from(self.turn[a] == 1))
    }

    /// Whether somebody holds a project while another as welcome to them is open.
    fn is_precarious(&self, a: usize) -> bool {
        let table = self.ground.table;
        self.held[a].is_some_and(|held| {
            let same = self.ground.wishes(a).filter(|&w| w != held && table.rank[w] == table.rank[held]);
            same.into_iter().any(|w| self.is_open(table.project[w]))
        })
    }

    fn put(&mut self, a: usize, wish: usize) {
        let p = self.ground.table.project[wish];
        let t = self.ground.tutor_of(wish);
        self.held[a] = Some(wish);
        self.holders[p].push(a);
        self.project[p] -= 1;
        if self.tutor[t] < usize::MAX {
            self.tutor[t] -= 1;
        }
    }

    fn remove(&mut self, a: usize, precarious: bool) {
        let Some(wish) = self.held[a].take() else { return };
        let p = self.ground.table.project[wish];
        let t = self.ground.tutor_of(wish);
        self.holders[p].retain(|&b| b != a);
        self.project[p] += 1;
        if self.tutor[t] < usize::MAX {
            self.tutor[t] += 1;
        }
        if !precarious {
            self.strike(a, wish);
        }
    }

    /// A wish is not asked for again in this turn; at the end of the first the list begins anew.
    fn strike(&mut self, a: usize, wish: usize) {
        self.list[a].retain(|&w| w != wish);
        if self.list[a].is_empty() {
            self.turn[a] += 1;
            if self.turn[a] == 2 {
                self.list[a] = self.ground.wishes(a).collect();
            }
        }
    }
}
