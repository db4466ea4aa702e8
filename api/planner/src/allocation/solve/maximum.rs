//! As many as possible, and of those allocations the best by ranks: greedy, generous, or by weights
//! (Kwanashie, Irving, Manlove & Sng 2014), with the tutors' limits, as one cheapest flow.

use super::flow::{Network, Price};
use super::ground::{Ground, Held};
use super::lumps;
use crate::allocation::instance::Method;
use crate::allocation::solution::Reason;
use crate::control::Control;

/// What the flow found.
pub(super) struct Flowed {
    pub(super) held: Held,
    /// How many can be matched at most; exact when nobody counts for more than one.
    pub(super) most: usize,
    /// What is missing to the lower limits, though as much as can be is kept.
    pub(super) missing: usize,
    /// For each wish not granted that was ranked better than what was: the reason.
    pub(super) reasons: Vec<Option<Reason>>,
    pub(super) interrupted: bool,
}

/// Decides by one of the three maximum methods.
pub(super) fn solve(ground: &Ground, control: &Control) -> Flowed {
    match ground.table.instance.method {
        Method::MinimumCostMaximum => sized::<2>(ground, control),
        _ => match ground.table.instance.ranks() {
            0..=7 => sized::<8>(ground, control),
            8..=15 => sized::<16>(ground, control),
            16..=63 => sized::<64>(ground, control),
            _ => sized::<1024>(ground, control),
        },
    }
}

/// Only how many can be matched, whatever they get.
pub(super) fn most(ground: &Ground, control: &Control) -> usize {
    let mut flow = Built::<2>::new(ground, &everybody(ground), |_| 0, vec![Price::NOTHING]);
    flow.network.run(control);
    flow.held(ground).iter().flatten().count()
}

fn everybody(ground: &Ground) -> Class {
    let (project, tutor, lower) = (ground.project.clone(), ground.tutor.clone(), ground.lower.clone());
    Class { entrants: ground.entrants.clone(), project, tutor, lower }
}

/// Applicants alike in what they take, and the room there is for such.
pub(super) struct Class {
    pub(super) entrants: Vec<usize>,
    pub(super) project: Vec<usize>,
    pub(super) tutor: Vec<usize>,
    pub(super) lower: Vec<usize>,
}

fn sized<const N: usize>(ground: &Ground, control: &Control) -> Flowed {
    let instance = ground.table.instance;
    // First the lower limits, then the ranks in the order of the method.
    let ranks = instance.ranks();
    let mut prices = vec![Price::NOTHING, Price::of(0, -1)];
    prices.extend((1..=ranks).map(|rank| match instance.method {
        Method::GenerousMaximum => Price::of(1 + ranks - rank, 1),
        Method::GreedyMaximum => Price::of(rank, -1),
        _ => Price::of(1, instance.cost_of(rank) as i64),
    }));
    let price = |wish: usize| 1 + ground.table.rank[wish];
    if ground.is_lumpy {
        return lumps::by_size(ground, control, |class| {
            let mut flow = Built::<N>::new(ground, class, price, prices.clone());
            let done = flow.network.run(control);
            (flow.held(ground), done)
        });
    }
    let class = everybody(ground);
    let mut flow = Built::<N>::new(ground, &class, price, prices.clone());
    let done = flow.network.run(control);
    let held = flow.held(ground);
    let missing =
        flow.lower.iter().zip(&class.lower).map(|(&(arc, _), &lower)| lower - flow.network.flow(arc)).sum();
    let reasons = flow.reasons(ground, &held);
    // Stopped halfway it is a beginning, of which nothing is known.
    let most = if done { held.iter().flatten().count() } else { ground.entrants.len() };
    Flowed { most, missing, held, reasons, interrupted: !done }
}

struct Built<const N: usize> {
    network: Network<N>,
    entrants: Vec<usize>,
    /// The arc of each open wish, in the order of entrants and their wishes.
    wishes: Vec<(usize, usize, usize)>,
    /// For each tutor the arcs up to the lower limit and beyond.
    lower: Vec<(usize, usize)>,
}

impl<const N: usize> Built<N> {
    /// Nodes: the beginning, entrants, projects, tutors, the end. Price 0 is nothing, 1 keeps a lower limit.
    fn new(ground: &Ground, class: &Class, price: impl Fn(usize) -> usize, prices: Vec<Price<N>>) -> Self {
        let (people, projects) = (class.entrants.len(), class.project.len());
        let project = |p: usize| 1 + people + p;
        let tutor = |t: usize| 1 + people + projects + t;
        let end = 1 + people + projects + class.tutor.len();
        let promise = usize::from(prices.len() > 1);
        let mut network = Network::new(end + 1, prices);
        let mut wishes = Vec::new();
        for (at, &a) in class.entrants.iter().enumerate() {
            network.arc(0, 1 + at, 1, 0);
            for wish in ground.wishes(a) {
                let arc = network.arc(1 + at, project(ground.table.project[wish]), 1, price(wish));
                wishes.push((at, wish, arc));
            }
        }
        for (p, &room) in class.project.iter().enumerate() {
            network.arc(project(p), tutor(ground.table.tutor[p]), room, 0);
        }
        let arcs = class.tutor.iter().zip(&class.lower).enumerate();
        let lower = arcs
            .map(|(t, (&limit, &lower))| {
                let lower = lower.min(limit);
                (network.arc(tutor(t), end, lower, promise), network.arc(tutor(t), end, limit - lower, 0))
            })
            .collect();
        Self { network, entrants: class.entrants.clone(), wishes, lower }
    }

    fn held(&self, ground: &Ground) -> Held {
        let mut held = vec![None; ground.table.size.len()];
        for &(at, wish, _) in self.wishes.iter().filter(|(_, _, arc)| self.network.flow(*arc) > 0) {
            held[self.entrants[at]] = Some(wish);
        }
        held
    }

    /// Why wishes better than what was obtained were not granted, read from what could still flow:
    /// a wish on a ring of exchanges could be granted to as many, one on a ring that costs nothing
    /// could be granted as well.
    fn reasons(&self, ground: &Ground, held: &Held) -> Vec<Option<Reason>> {
        let table = ground.table;
        let undoes: Vec<usize> = self.lower.iter().map(|(arc, _)| arc ^ 1).collect();
        let is_promise = |arc: usize| undoes.binary_search(&arc).is_ok();
        let equal = self.network.rings(true, |_| false);
        let kept = self.network.rings(false, is_promise);
        let any = self.network.rings(false, |_| false);
        let mut reasons = vec![None; table.project.len()];
        for &(at, wish, arc) in &self.wishes {
            let got = held[self.entrants[at]].map_or(usize::MAX, |wish| table.rank[wish]);
            if table.rank[wish] >= got {
                continue;
            }
            let (applicant, project) = (1 + at, 1 + self.entrants.len() + table.project[wish]);
            let together = |ring: &[usize]| ring[applicant] == ring[project];
            reasons[wish] = Some(if self.network.is_free(applicant, arc) && together(&equal) {
                Reason::EqualAlternative
            } else if together(&kept) {
                Reason::TradedForBetterWhole
            } else if together(&any) {
                Reason::TradedForLowerLimit
            } else {
                Reason::TradedForMoreMatched
            });
        }
        reasons
    }
}
