//! By decreasing record, each the best of what is left.
//!
//! Whoever holds one of several equally welcome projects leaves it to somebody later when another of
//! them is free: nobody loses by the move, and those later do not pay for the order in which equal
//! wishes were written down. Without equal wishes that is the plain rule.

use super::ground::{Ground, Held};
use std::collections::VecDeque;

pub(super) fn dictatorship(ground: &Ground) -> Held {
    let table = ground.table;
    let mut line = ground.entrants.clone();
    line.sort_unstable_by_key(|&a| table.order.place[a]);
    let ties = line.iter().any(|&a| {
        let ranks: Vec<usize> = ground.wishes(a).map(|wish| table.rank[wish]).collect();
        ranks.windows(2).any(|pair| pair[0] == pair[1])
    });
    if ground.is_lumpy || !ties { plain(ground, &line) } else { Exchange::new(ground).run(&line) }
}

fn plain(ground: &Ground, line: &[usize]) -> Held {
    let mut ground = ground.clone();
    let mut held = vec![None; ground.table.size.len()];
    for &a in line {
        held[a] = ground.wishes(a).find(|&wish| ground.has_room(a, ground.table.project[wish]));
        if let Some(wish) = held[a] {
            ground.take(a, ground.table.project[wish]);
        }
    }
    held
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Project(usize),
    Tutor(usize),
}

/// How a project or tutor was come to.
#[derive(Clone, Copy)]
enum Step {
    /// The newcomer asks for it.
    Asked(usize),
    /// Its holder could move there by another wish, out of the project before.
    Moves { applicant: usize, wish: usize },
    /// The project has room and its tutor has none, so that somebody of the tutor's has to go.
    Tutor(usize),
    /// Somebody of the tutor's other project could go.
    Other(usize),
}

struct Exchange<'a> {
    ground: Ground<'a>,
    held: Held,
    holders: Vec<Vec<usize>>,
    projects_of: Vec<Vec<usize>>,
    came: Vec<Option<Step>>,
    touched: Vec<usize>,
}

impl<'a> Exchange<'a> {
    fn new(ground: &Ground<'a>) -> Self {
        let mut projects_of = vec![Vec::new(); ground.tutor.len()];
        for (p, &t) in ground.table.tutor.iter().enumerate() {
            projects_of[t].push(p);
        }
        Self {
            ground: ground.clone(),
            held: vec![None; ground.table.size.len()],
            holders: vec![Vec::new(); ground.project.len()],
            projects_of,
            came: vec![None; ground.project.len() + ground.tutor.len()],
            touched: Vec::new(),
        }
    }

    fn run(mut self, line: &[usize]) -> Held {
        for &a in line {
            let wishes: Vec<usize> = self.ground.wishes(a).collect();
            let groups = wishes.chunk_by(|&x, &y| self.ground.table.rank[x] == self.ground.table.rank[y]);
            for group in groups {
                if let Some(end) = self.search(group) {
                    self.carry_out(a, end);
                    break;
                }
            }
        }
        self.held
    }

    fn index(&self, node: Node) -> usize {
        match node {
            Node::Project(p) => p,
            Node::Tutor(t) => self.ground.project.len() + t,
        }
    }

    fn reach(&mut self, node: Node, step: Step, queue: &mut VecDeque<Node>) {
        let at = self.index(node);
        if self.came[at].is_none() {
            self.came[at] = Some(step);
            self.touched.push(at);
            queue.push_back(node);
        }
    }

    /// A project with room, with its tutor too, that a chain of moves leads to.
    fn search(&mut self, group: &[usize]) -> Option<usize> {
        for at in self.touched.drain(..) {
            self.came[at] = None;
        }
        let table = self.ground.table;
        let mut queue = VecDeque::new();
        for &wish in group {
            self.reach(Node::Project(table.project[wish]), Step::Asked(wish), &mut queue);
        }
        while let Some(node) = queue.pop_front() {
            match node {
                Node::Project(p) => {
                    let t = table.tutor[p];
                    if self.ground.project[p] > 0 {
                        if self.ground.tutor[t] > 0 {
                            return Some(p);
                        }
                        self.reach(Node::Tutor(t), Step::Tutor(p), &mut queue);
                    }
                    self.movers(p, &mut queue);
                }
                Node::Tutor(t) => {
                    for p in self.projects_of[t].clone() {
                        if !self.holders[p].is_empty() {
                            self.reach(Node::Project(p), Step::Other(t), &mut queue);
                        }
                    }
                }
            }
        }
        None
    }

    fn movers(&mut self, p: usize, queue: &mut VecDeque<Node>) {
        let table = self.ground.table;
        for applicant in self.holders[p].clone() {
            let Some(holds) = self.held[applicant] else { continue };
            for wish in self.ground.wishes(applicant).filter(|&w| table.rank[w] == table.rank[holds]) {
                let to = Node::Project(table.project[wish]);
                self.reach(to, Step::Moves { applicant, wish }, queue);
            }
        }
    }

    fn carry_out(&mut self, newcomer: usize, end: usize) {
        let table = self.ground.table;
        let mut node = Node::Project(end);
        loop {
            match self.came[self.index(node)] {
                Some(Step::Asked(wish)) => {
                    self.put(newcomer, wish);
                    return;
                }
                Some(Step::Moves { applicant, wish }) => {
                    let Some(before) = self.held[applicant] else { return };
                    let from = table.project[before];
                    self.holders[from].retain(|&a| a != applicant);
                    self.ground.leave(applicant, from);
                    self.put(applicant, wish);
                    node = Node::Project(from);
                }
                Some(Step::Tutor(p)) => node = Node::Project(p),
                Some(Step::Other(t)) => node = Node::Tutor(t),
                None => return,
            }
        }
    }

    fn put(&mut self, applicant: usize, wish: usize) {
        let p = self.ground.table.project[wish];
        self.held[applicant] = Some(wish);
        self.holders[p].push(applicant);
        self.ground.take(applicant, p);
    }
}
