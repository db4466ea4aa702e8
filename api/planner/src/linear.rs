//! Integer programs for `microlp`, solved in short slices so that a run can be stopped at any time.

use crate::control::Control;
use microlp::{
    ComparisonOp, OptimizationDirection, Problem, ResumeOptions, SolveOptions, SolveOutcome, Variable,
};
use std::collections::BTreeSet;
use std::time::Duration;

/// A program over 0/1 variables, all of whose right-hand sides are upper bounds or equalities.
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
    pub(crate) fn solve(&self, known: f64, limit: Duration, control: &Control) -> Outcome {
        let nothing = Outcome { values: None, bound: f64::INFINITY, exact: false };
        let end = control.elapsed() + limit.min(control.left());
        let slice = Duration::from_millis(80);
        let mut options = SolveOptions::default();
        options.time_limit = Some(slice);
        let mut outcome = match self.problem.solve_with(options) {
            Ok(outcome) => outcome,
            Err(microlp::Error::Infeasible) => {
                return Outcome { values: None, bound: f64::NEG_INFINITY, exact: true };
            }
            Err(_) => return nothing,
        };
        let is_settled =
            |outcome: &SolveOutcome| outcome.stats().best_bound.is_some_and(|b| b < known + 1.0 - 1e-5);
        while !outcome.is_optimal()
            && !is_settled(&outcome)
            && control.elapsed() < end
            && !control.is_cancelled()
        {
            let mut options = ResumeOptions::default();
            options.time_limit = Some(slice);
            outcome = match outcome.resume_with(options) {
                Ok(outcome) => outcome,
                Err(microlp::Error::Infeasible) => {
                    return Outcome { values: None, bound: f64::NEG_INFINITY, exact: true };
                }
                Err(_) => return nothing,
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
