//! The proof that nothing better exists: no chain gives one more applicant a project, and no ring of
//! exchanges improves what the method improves. Both by their textbook criterion (no augmenting path, no
//! negative cycle in the residual network), whatever the solver did.

use crate::allocation::instance::Method;
use crate::allocation::table::Table;

/// What came of it.
pub(super) enum Verdict {
    /// Nothing better exists.
    Best,
    /// More could be matched.
    NotMost,
    /// The applicants of a ring of exchanges that makes it better.
    NotBest(Vec<usize>),
}

struct Arc {
    from: usize,
    to: usize,
    /// The rank that is granted, or taken away when negative; 0 for neither.
    rank: isize,
}

/// Looks for anything better than `given`.
pub(super) fn examine(table: &Table, given: &[Option<usize>]) -> Verdict {
    let residual = Residual::new(table, given);
    if residual.reaches_end() {
        return Verdict::NotMost;
    }
    match residual.ring() {
        Some(nodes) => {
            let applicants = nodes.into_iter().filter(|&node| (1..=given.len()).contains(&node));
            Verdict::NotBest(applicants.map(|node| node - 1).collect())
        }
        None => Verdict::Best,
    }
}

struct Residual<'a> {
    table: &'a Table<'a>,
    nodes: usize,
    arcs: Vec<Arc>,
    /// How many components a cost has.
    width: usize,
}

const BEGIN: usize = 0;

impl<'a> Residual<'a> {
    /// Nodes: begin, applicants, projects, tutors, end.
    fn new(table: &'a Table<'a>, given: &[Option<usize>]) -> Self {
        let (projects, tutors) = (table.tutor.len(), table.instance.tutors.len());
        let project = |p: usize| 1 + given.len() + p;
        let tutor = |t: usize| 1 + given.len() + projects + t;
        let end = 1 + given.len() + projects + tutors;
        let mut arcs = Vec::new();
        let mut add = |from, to, rank| arcs.push(Arc { from, to, rank });
        let (mut in_project, mut loose_project) = (vec![0; projects], vec![0; projects]);
        let (mut with_tutor, mut loose_tutor) = (vec![0; tutors], vec![0; tutors]);
        for (a, &got) in given.iter().enumerate() {
            if let Some(p) = got {
                in_project[p] += 1;
                with_tutor[table.tutor[p]] += 1;
                if table.pinned[a].is_none() {
                    loose_project[p] += 1;
                    loose_tutor[table.tutor[p]] += 1;
                }
            }
            if table.pinned[a].is_some() {
                continue;
            }
            match got {
                Some(_) => add(1 + a, BEGIN, 0),
                None => add(BEGIN, 1 + a, 0),
            }
            for wish in table.wishes(a).filter(|&wish| table.open[wish]) {
                let (p, rank) = (table.project[wish], table.rank[wish] as isize);
                if got == Some(p) {
                    add(project(p), 1 + a, -rank);
                } else {
                    add(1 + a, project(p), rank);
                }
            }
        }
        for p in 0..projects {
            let t = table.tutor[p];
            if in_project[p] < table.places(p) {
                add(project(p), tutor(t), 0);
            }
            if loose_project[p] > 0 {
                add(tutor(t), project(p), 0);
            }
        }
        for t in 0..tutors {
            if with_tutor[t] < table.limit(t) {
                add(tutor(t), end, 0);
            }
            if loose_tutor[t] > 0 && with_tutor[t] > table.instance.tutors[t].lower.unwrap_or(0) {
                add(end, tutor(t), 0);
            }
        }
        let width = match table.instance.method {
            Method::MinimumCostMaximum => 1,
            _ => table.instance.ranks().max(1),
        };
        Self { table, nodes: end + 1, arcs, width }
    }

    /// Whether a chain leads from somebody without a project to a free place.
    fn reaches_end(&self) -> bool {
        let mut from: Vec<Vec<usize>> = vec![Vec::new(); self.nodes];
        for arc in &self.arcs {
            from[arc.from].push(arc.to);
        }
        let mut seen = vec![false; self.nodes];
        let mut stack = vec![BEGIN];
        while let Some(node) = stack.pop() {
            if !std::mem::replace(&mut seen[node], true) {
                stack.extend(&from[node]);
            }
        }
        seen[self.nodes - 1]
    }

    /// Where a rank weighs, and how much: the first component in which two sums differ decides.
    fn weight(&self, rank: isize) -> Option<(usize, i64)> {
        let sign = rank.signum() as i64;
        let at = rank.unsigned_abs();
        (at > 0).then(|| match self.table.instance.method {
            Method::MinimumCostMaximum => (0, sign * self.table.instance.cost_of(at) as i64),
            Method::GenerousMaximum => (self.width - at, sign),
            _ => (at - 1, -sign),
        })
    }

    /// A ring whose sum is below nothing, by the method of Bellman and Ford from everywhere at once.
    fn ring(&self) -> Option<Vec<usize>> {
        let width = self.width;
        let mut sums = vec![0i64; self.nodes * width];
        let mut before: Vec<Option<usize>> = vec![None; self.nodes];
        let mut sum = vec![0i64; width];
        for round in 1.. {
            let mut changed = false;
            for arc in &self.arcs {
                sum.copy_from_slice(&sums[arc.from * width..][..width]);
                if let Some((at, weight)) = self.weight(arc.rank) {
                    sum[at] += weight;
                }
                let old = &mut sums[arc.to * width..][..width];
                if sum.as_slice() < &*old {
                    old.copy_from_slice(&sum);
                    before[arc.to] = Some(arc.from);
                    changed = true;
                }
            }
            if !changed {
                return None;
            }
            // A ring among those before shows itself long before every node was counted.
            if (round % 8 == 0 || round > self.nodes)
                && let Some(ring) = circle(&before)
            {
                return Some(ring);
            }
        }
        None
    }
}

fn circle(before: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut visit = vec![0; before.len()];
    for start in 0..before.len() {
        let mut node = start;
        while visit[node] == 0 {
            visit[node] = start + 1;
            match before[node] {
                Some(next) => node = next,
                None => break,
            }
        }
        if visit[node] == start + 1 && before[node].is_some() {
            let mut ring = vec![node];
            let mut next = before[node];
            while let Some(at) = next.filter(|&at| at != node) {
                ring.push(at);
                next = before[at];
            }
            return Some(ring);
        }
    }
    None
}
