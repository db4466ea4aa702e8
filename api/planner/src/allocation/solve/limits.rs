//! Why the lower limits cannot be kept: the fewest limits and agreements that contradict each other.

use super::flow::{Network, Price};
use crate::allocation::solution::{Conflict, ConflictKind};
use crate::allocation::table::Table;
use crate::control::Control;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fact {
    Limit(usize),
    Agreement(usize),
}

/// A minimal set of lower limits and agreements that cannot all be kept, if there is one.
pub(super) fn conflict(table: &Table, control: &Control) -> Option<Conflict> {
    let instance = table.instance;
    let pins = (0..table.pinned.len()).filter(|&a| table.pinned[a].is_some()).map(Fact::Agreement);
    let limits = (0..instance.tutors.len()).filter(|&t| instance.tutors[t].lower.unwrap_or(0) > 0);
    // Agreements first, so that limits are named only where agreements do not explain it.
    let facts: Vec<Fact> = limits.map(Fact::Limit).chain(pins).collect();
    if holds(table, &facts, control) {
        return None;
    }
    let core = thin(table, &[], false, &facts, control);
    let tutors: Vec<usize> =
        core.iter().filter_map(|fact| if let Fact::Limit(t) = fact { Some(*t) } else { None }).collect();
    let pinned: Vec<usize> =
        core.iter().filter_map(|fact| if let Fact::Agreement(a) = fact { Some(*a) } else { None }).collect();
    let asked: usize = tutors.iter().map(|&t| instance.tutors[t].lower.unwrap_or(0)).sum();
    let names: Vec<&str> = tutors.iter().map(|&t| instance.tutors[t].id.0.as_str()).collect();
    let mut text = format!(
        "{} must be given {asked} together, and not as many applicants can be given one of their projects",
        names.join(", ")
    );
    if !pinned.is_empty() {
        text.push_str(&format!(" beside {} agreements", pinned.len()));
    }
    Some(Conflict {
        kind: ConflictKind::LowerLimits,
        text,
        applicants: pinned.iter().map(|&a| instance.applicants[a].id.clone()).collect(),
        projects: pinned
            .iter()
            .filter_map(|&a| table.pinned[a])
            .map(|p| instance.projects[p].id.clone())
            .collect(),
        tutors: tutors.iter().map(|&t| instance.tutors[t].id.clone()).collect(),
    })
}

/// The facts of `open` that are needed beside `given`, half by half (Junker's QuickXplain).
fn thin(table: &Table, given: &[Fact], changed: bool, open: &[Fact], control: &Control) -> Vec<Fact> {
    if changed && !holds(table, given, control) {
        return Vec::new();
    }
    if open.len() <= 1 {
        return open.to_vec();
    }
    let (left, right) = open.split_at(open.len() / 2);
    let with = |more: &[Fact]| [given, more].concat();
    let needed_right = thin(table, &with(left), true, right, control);
    let mut needed = thin(table, &with(&needed_right), !needed_right.is_empty(), left, control);
    needed.extend(needed_right);
    needed
}

/// Whether the limits among `facts` can be kept beside its agreements. An agreement that is not among
/// them may still be carried out, so that leaving out facts never makes it harder.
fn holds(table: &Table, facts: &[Fact], control: &Control) -> bool {
    let (people, projects) = (table.size.len(), table.tutor.len());
    let end = 1 + people + projects + table.instance.tutors.len();
    let mut network = Network::<2>::new(end + 1, vec![Price::NOTHING]);
    let mut kept = vec![false; people];
    let mut lower = vec![0; table.instance.tutors.len()];
    for fact in facts {
        match *fact {
            Fact::Agreement(a) => kept[a] = true,
            Fact::Limit(t) => lower[t] = table.instance.tutors[t].lower.unwrap_or(0),
        }
    }
    for (a, kept) in kept.into_iter().enumerate() {
        network.arc(0, 1 + a, 1, 0);
        let wished = table.wishes(a).filter(|&wish| table.open[wish]).map(|wish| table.project[wish]);
        let wished = wished.filter(|&p| !kept && table.pinned[a] != Some(p));
        for p in wished.chain(table.pinned[a]) {
            network.arc(1 + a, 1 + people + p, 1, 0);
        }
    }
    for (p, &t) in table.tutor.iter().enumerate() {
        network.arc(1 + people + p, 1 + people + projects + t, table.places(p), 0);
    }
    let ends: Vec<usize> = lower
        .iter()
        .enumerate()
        .map(|(t, &lower)| network.arc(1 + people + projects + t, end, lower, 0))
        .collect();
    network.run(control);
    ends.iter().zip(&lower).all(|(&arc, &lower)| network.flow(arc) == lower)
}
