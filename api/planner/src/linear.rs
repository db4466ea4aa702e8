//! Integer programs for `microlp`, solved in short slices so that a run can be stopped at any time.

use crate::control::Control;
use microlp::{
    ComparisonOp, OptimizationDirection, Problem, ResumeOptions, SolveOptions, SolveOutcome, Variable,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// A program over 0/1 variables and a few whole numbers, all of whose right-hand sides are upper bounds or equalities.
pub(crate) struct Program {
    problem: Problem,
    variables: Vec<Variable>,
    seen: BTreeSet<(Vec<usize>, u64)>,
}

/// What became of it.
pub(crate) struct Outcome {
    /// The best values found.
    pub(crate) values: Option<Vec<bool>>,
    /// No solution is worth more than this.
    pub(crate) bound: f64,
    /// Whether `values` are proved best, or proved not to exist.
    pub(crate) exact: bool,
}

impl Outcome {
    /// Nothing is known.
    fn nothing() -> Self {
        Self { values: None, bound: f64::INFINITY, exact: false }
    }

    fn after(error: &microlp::Error) -> Self {
        match error {
            microlp::Error::Infeasible => Self { bound: f64::NEG_INFINITY, exact: true, ..Self::nothing() },
            _ => Self::nothing(),
        }
    }
}

/// How long a program works between two looks at whether it is to stop.
const SLICE: Duration = Duration::from_millis(80);

/// How often it is asked for, when it works in a thread of its own.
const GLANCE: Duration = Duration::from_millis(10);

/// Programs with fewer variables keep to their slices.
const PROMPT: usize = 2_000;

impl Program {
    pub(crate) fn new() -> Self {
        Self {
            problem: Problem::new(OptimizationDirection::Maximize),
            variables: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// A new variable worth `worth` when it is 1.
    pub(crate) fn choice(&mut self, worth: f64) -> usize {
        self.variables.push(self.problem.add_binary_var(worth));
        self.variables.len() - 1
    }

    /// A new whole number of `0..=most`, worth nothing.
    pub(crate) fn number(&mut self, most: usize) -> usize {
        let most = i32::try_from(most).unwrap_or(i32::MAX);
        self.variables.push(self.problem.add_integer_var(0.0, (0, most)));
        self.variables.len() - 1
    }

    pub(crate) fn size(&self) -> usize {
        self.variables.len()
    }

    /// At most `most` of these; the same row is added once, and not at all when it says nothing.
    pub(crate) fn at_most(&mut self, mut list: Vec<usize>, most: usize) {
        list.sort_unstable();
        list.dedup();
        if list.len() > most && self.seen.insert((list.clone(), most as u64)) {
            self.row(list.into_iter().map(|v| (v, 1.0)), ComparisonOp::Le, most as f64);
        }
    }

    pub(crate) fn weighted_at_most(&mut self, list: &[(usize, f64)], most: f64) {
        self.row(list.iter().copied(), ComparisonOp::Le, most);
    }

    pub(crate) fn weighted_at_least(&mut self, list: &[(usize, f64)], least: f64) {
        self.row(list.iter().copied(), ComparisonOp::Ge, least);
    }

    /// As many of `parts` as of `whole`.
    pub(crate) fn splits(&mut self, whole: usize, parts: &[usize]) {
        let row = parts.iter().map(|&v| (v, 1.0)).chain([(whole, -1.0)]);
        self.row(row, ComparisonOp::Eq, 0.0);
    }

    fn row(&mut self, list: impl Iterator<Item = (usize, f64)>, op: ComparisonOp, rhs: f64) {
        let terms: Vec<_> = list.map(|(v, factor)| (self.variables[v], factor)).collect();
        self.problem.add_constraint(&terms, op, rhs);
    }

    /// Solves it until `limit` has passed, the run is over, or nothing worth a whole unit more than `known`
    /// can exist.
    pub(crate) fn solve(self, known: f64, limit: Duration, control: &Control) -> Outcome {
        let end = control.elapsed() + limit.min(control.left());
        let over = || control.elapsed() >= end || control.is_cancelled();
        if self.size() < PROMPT {
            return self.run(known, &over);
        }
        // One step of a large program can take a second; nobody who has stopped a run waits for it.
        let stop = Arc::new(AtomicBool::new(false));
        let (told, answer) = mpsc::channel();
        let stopped = Arc::clone(&stop);
        thread::spawn(move || {
            let outcome = self.run(known, &|| stopped.load(Ordering::Relaxed));
            // Nobody listens any more when the run was stopped.
            let _ = told.send(outcome);
        });
        loop {
            match answer.recv_timeout(GLANCE) {
                Ok(outcome) => return outcome,
                Err(RecvTimeoutError::Timeout) if !over() => {}
                Err(_) => break,
            }
        }
        stop.store(true, Ordering::Relaxed);
        let patience = if control.is_cancelled() { Duration::ZERO } else { 2 * SLICE };
        answer.recv_timeout(patience).unwrap_or_else(|_| Outcome::nothing())
    }

    fn run(&self, known: f64, over: &dyn Fn() -> bool) -> Outcome {
        let mut options = SolveOptions::default();
        options.time_limit = Some(SLICE);
        let mut outcome = match self.problem.solve_with(options) {
            Ok(outcome) => outcome,
            Err(error) => return Outcome::after(&error),
        };
        let is_settled =
            |outcome: &SolveOutcome| outcome.stats().best_bound.is_some_and(|b| b < known + 1.0 - 1e-5);
        while !outcome.is_optimal() && !is_settled(&outcome) && !over() {
            let mut options = ResumeOptions::default();
            options.time_limit = Some(SLICE);
            outcome = match outcome.resume_with(options) {
                Ok(outcome) => outcome,
                Err(error) => return Outcome::after(&error),
            };
        }
        self.read(&outcome)
    }

    fn read(&self, outcome: &SolveOutcome) -> Outcome {
        let exact = outcome.is_optimal();
        let solution = outcome.solution();
        let bound = match (solution, exact) {
            (Some(solution), true) => solution.objective(),
            _ => outcome.stats().best_bound.unwrap_or(f64::INFINITY),
        };
        let values = solution.map(|s| self.variables.iter().map(|&v| s.var_value(v) > 0.5).collect());
        Outcome { values, bound, exact }
    }
}
