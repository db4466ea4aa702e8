//! Cheapest flows of largest value, with prices that are compared part by part.
//!
//! Primal and dual: the distances of all nodes become their potentials, everything that can flow along
//! shortest paths flows at once, and again, until nothing can. There are as many rounds as different
//! lengths of shortest paths: few where prices are ranks.

use crate::control::Control;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A price of several parts, of which the first that differs decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Price<const N: usize>(pub(super) [i64; N]);

impl<const N: usize> Price<N> {
    pub(super) const NOTHING: Self = Self([0; N]);

    /// So much in one part.
    pub(super) fn of(part: usize, amount: i64) -> Self {
        let mut price = Self::NOTHING;
        price.0[part] = amount;
        price
    }

    fn plus(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a += b);
        self
    }

    fn minus(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a -= b);
        self
    }
}

/// A network whose nodes are numbered so that every arc leads to a higher one, from 0 to the last.
pub(super) struct Network<const N: usize> {
    nodes: usize,
    /// Arc `2k` leads forward, `2k + 1` back.
    to: Vec<u32>,
    room: Vec<u32>,
    /// The price of arc `2k`, by its place in `prices`.
    price: Vec<u32>,
    prices: Vec<Price<N>>,
    /// The arcs of each node, one row after the other.
    first: Vec<u32>,
    arcs: Vec<u32>,
    potential: Vec<Price<N>>,
}

impl<const N: usize> Network<N> {
    /// A network that knows these prices, without arcs.
    pub(super) fn new(nodes: usize, prices: Vec<Price<N>>) -> Self {
        Self {
            nodes,
            to: Vec::new(),
            room: Vec::new(),
            price: Vec::new(),
            prices,
            first: Vec::new(),
            arcs: Vec::new(),
            potential: Vec::new(),
        }
    }

    /// An arc; its number.
    pub(super) fn arc(&mut self, from: usize, to: usize, room: usize, price: usize) -> usize {
        let at = self.to.len();
        self.to.extend([to as u32, from as u32]);
        self.room.extend([room.min(u32::MAX as usize / 2) as u32, 0]);
        self.price.push(price as u32);
        at
    }

    /// What flows along an arc.
    pub(super) fn flow(&self, arc: usize) -> usize {
        self.room[arc ^ 1] as usize
    }

    fn cost(&self, arc: usize) -> Price<N> {
        let price = self.prices[self.price[arc / 2] as usize];
        if arc.is_multiple_of(2) { price } else { Price::NOTHING.minus(price) }
    }

    /// What an arc costs over the difference of its ends' potentials; never below nothing where there is room.
    fn reduced(&self, from: usize, arc: usize) -> Price<N> {
        self.cost(arc).plus(self.potential[from]).minus(self.potential[self.to[arc] as usize])
    }

    fn from(&self, arc: usize) -> usize {
        self.to[arc ^ 1] as usize
    }

    fn out(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let row = self.first[node] as usize..self.first[node + 1] as usize;
        self.arcs[row].iter().map(|&arc| arc as usize)
    }

    fn arrange(&mut self) {
        let mut first = vec![0u32; self.nodes + 1];
        for arc in 0..self.to.len() {
            first[self.from(arc) + 1] += 1;
        }
        for node in 0..self.nodes {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        self.arcs = vec![0; self.to.len()];
        for arc in 0..self.to.len() {
            let from = self.from(arc);
            self.arcs[next[from] as usize] = arc as u32;
            next[from] += 1;
        }
        self.first = first;
        // Arcs lead to higher nodes only: one pass in their order finds the first distances.
        let mut best: Vec<Option<Price<N>>> = vec![None; self.nodes];
        best[0] = Some(Price::NOTHING);
        for node in 0..self.nodes {
            let Some(here) = best[node] else { continue };
            for at in self.first[node] as usize..self.first[node + 1] as usize {
                let arc = self.arcs[at] as usize;
                if self.room[arc] > 0 {
                    let there = here.plus(self.cost(arc));
                    let old = &mut best[self.to[arc] as usize];
                    if old.is_none_or(|old| there < old) {
                        *old = Some(there);
                    }
                }
            }
        }
        self.potential = best.into_iter().map(|price| price.unwrap_or(Price::NOTHING)).collect();
    }

    /// Sends as much as can flow, as cheaply as possible; whether it came to the end.
    pub(super) fn run(&mut self, control: &Control) -> bool {
        self.arrange();
        loop {
            self.along_shortest();
            if control.must_stop() {
                return false;
            }
            if !self.raise() {
                return true;
            }
        }
    }

    /// Raises the potentials until a path to the end is free; false when there is none any more.
    fn raise(&mut self) -> bool {
        let end = self.nodes - 1;
        let mut best: Vec<Option<Price<N>>> = vec![None; self.nodes];
        let mut heap = BinaryHeap::new();
        best[0] = Some(Price::NOTHING);
        heap.push(Reverse((Price::NOTHING, 0)));
        while let Some(Reverse((here, node))) = heap.pop() {
            if node == end {
                break;
            }
            if best[node].is_some_and(|known| known < here) {
                continue;
            }
            for arc in self.out(node).filter(|&arc| self.room[arc] > 0) {
                let to = self.to[arc] as usize;
                let there = here.plus(self.reduced(node, arc));
                if best[to].is_none_or(|known| there < known) {
                    best[to] = Some(there);
                    heap.push(Reverse((there, to)));
                }
            }
        }
        let Some(most) = best[end] else { return false };
        for (potential, best) in self.potential.iter_mut().zip(best) {
            *potential = potential.plus(best.map_or(most, |best| best.min(most)));
        }
        true
    }

    /// Sends whatever can flow where nothing costs more than the potentials say, level by level.
    fn along_shortest(&mut self) {
        while let Some(level) = self.levels() {
            let mut at: Vec<u32> = self.first[..self.nodes].to_vec();
            while self.push(&level, &mut at) {}
        }
    }

    /// Whether something can flow along an arc at the price the potentials say.
    pub(super) fn is_free(&self, from: usize, arc: usize) -> bool {
        self.room[arc] > 0 && self.reduced(from, arc) == Price::NOTHING
    }

    /// How many free arcs each node is from the beginning; none when the end is out of reach.
    fn levels(&self) -> Option<Vec<u32>> {
        let mut level = vec![u32::MAX; self.nodes];
        level[0] = 0;
        let mut queue = vec![0];
        let mut next = 0;
        while let Some(&node) = queue.get(next) {
            next += 1;
            for arc in self.out(node) {
                let to = self.to[arc] as usize;
                if level[to] == u32::MAX && self.is_free(node, arc) {
                    level[to] = level[node] + 1;
                    queue.push(to);
                }
            }
        }
        (level[self.nodes - 1] < u32::MAX).then_some(level)
    }

    /// Sends one unit along a path of rising levels.
    fn push(&mut self, level: &[u32], at: &mut [u32]) -> bool {
        let mut path: Vec<usize> = Vec::new();
        let mut node = 0;
        while node != self.nodes - 1 {
            if at[node] == self.first[node + 1] {
                // A dead end is not entered again.
                let Some(arc) = path.pop() else { return false };
                node = self.from(arc);
                at[node] += 1;
                continue;
            }
            let arc = self.arcs[at[node] as usize] as usize;
            let to = self.to[arc] as usize;
            if level[to] == level[node] + 1 && self.is_free(node, arc) {
                path.push(arc);
                node = to;
            } else {
                at[node] += 1;
            }
        }
        for arc in path {
            self.room[arc] -= 1;
            self.room[arc ^ 1] += 1;
        }
        true
    }

    /// Which nodes can exchange among each other: those of one number lie on rings of what can still
    /// flow. With `free`, of what can without costing anything; without the arcs that `barred` names.
    pub(super) fn rings(&self, free: bool, barred: impl Fn(usize) -> bool) -> Vec<usize> {
        let usable = |node: usize, arc: usize| {
            self.room[arc] > 0 && !barred(arc) && (!free || self.reduced(node, arc) == Price::NOTHING)
        };
        let mut ring = vec![usize::MAX; self.nodes];
        let mut found = vec![usize::MAX; self.nodes];
        let mut low = vec![usize::MAX; self.nodes];
        let (mut count, mut rings) = (0, 0);
        let mut open = Vec::new();
        // The strongly connected components, by Tarjan, without recursion.
        for start in 0..self.nodes {
            if found[start] != usize::MAX {
                continue;
            }
            let mut calls = vec![(start, self.first[start] as usize)];
            while let Some((node, at)) = calls.pop() {
                if found[node] == usize::MAX {
                    found[node] = count;
                    low[node] = count;
                    count += 1;
                    open.push(node);
                }
                let mut went = false;
                for at in at..self.first[node + 1] as usize {
                    let arc = self.arcs[at] as usize;
                    let to = self.to[arc] as usize;
                    if !usable(node, arc) {
                        continue;
                    }
                    if found[to] == usize::MAX {
                        calls.push((node, at));
                        calls.push((to, self.first[to] as usize));
                        went = true;
                        break;
                    }
                    if ring[to] == usize::MAX {
                        low[node] = low[node].min(low[to]);
                    }
                }
                if went {
                    continue;
                }
                if low[node] == found[node] {
                    while let Some(member) = open.pop() {
                        ring[member] = rings;
                        if member == node {
                            break;
                        }
                    }
                    rings += 1;
                }
            }
        }
        ring
    }
}
