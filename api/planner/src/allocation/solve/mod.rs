//! Deciding: the methods, and what is told about their answer.

mod answers;
mod exact;
mod flow;
mod ground;
mod lecturer;
mod limits;
mod lumps;
mod maximum;
mod more;
mod ranking;
mod serial;
mod settle;
mod student;
mod ties;

use self::ground::{Ground, Held};
use super::fingerprint::input_hash;
use super::instance::{Instance, Method};
use super::measure::measure_given;
use super::solution::{Conflict, Measures, Pair, Reason, Solution};
use super::table::Table;
use super::validate::validate;
use crate::control::{Control, Stage};
use crate::status::Status;

/// Changes whenever the same instance and seed could give other pairs.
pub const ALGORITHM_VERSION: &str = "allocation 1";

/// What a method found.
struct Decision {
    held: Held,
    most: usize,
    /// Whether it is what the method promises.
    exact: bool,
    /// Reasons that only the method can tell.
    reasons: Vec<Option<Reason>>,
    /// What is missing to lower limits that the method promises.
    missing: usize,
    interrupted: bool,
}

/// Decides a round and explains the answer. The seed is that of the instance, so that a published file
/// says everything; of `control` only limit, cancellation and progress count. `Err` is everything that
/// makes no sense in the instance.
pub fn solve(instance: &Instance, control: &Control) -> Result<Solution, Vec<String>> {
    let faults = validate(instance);
    if !faults.is_empty() {
        return Err(faults);
    }
    let table = Table::new(instance);
    let mut solution = Solution {
        status: Status::Infeasible,
        method: instance.method,
        seed: instance.seed,
        input_hash: input_hash(instance),
        algorithm_version: ALGORITHM_VERSION.to_owned(),
        pairs: Vec::new(),
        unmatched: Vec::new(),
        most: 0,
        measures: Measures::default(),
        one_more: Vec::new(),
        answers: Vec::new(),
        conflicts: ground::conflicts(&table),
        interrupted: false,
        time_ms: 0,
    };
    if solution.conflicts.is_empty() {
        let ground = Ground::new(&table);
        control.tell(Stage::Placing, 0, ground.entrants.len());
        let decision = decide(&ground, control);
        if decision.missing > 0 && !ground.is_lumpy && !decision.interrupted {
            solution.conflicts.extend(limits::conflict(&table, control));
        }
        if solution.conflicts.is_empty() {
            control.tell(Stage::Explaining, decision.held.iter().flatten().count(), decision.most);
            explain(&ground, &decision, control, &mut solution);
        }
    }
    solution.time_ms = control.elapsed().as_millis() as u64;
    Ok(solution)
}

/// The pairs alone, without measures and answers. `Err` is why agreements or limits cannot be kept; the
/// instance must be sound.
pub fn allocate(instance: &Instance, control: &Control) -> Result<Vec<Pair>, Vec<Conflict>> {
    Numbered::new(instance).allocate(control)
}

/// A sound instance whose names have been looked up, each once: what comes before deciding, so that both can
/// be timed apart.
pub struct Numbered<'a>(Table<'a>);

impl<'a> Numbered<'a> {
    /// Looks the names up.
    pub fn new(instance: &'a Instance) -> Self {
        Self(Table::new(instance))
    }

    /// The same as [`allocate`], which begins with this.
    pub fn allocate(&self, control: &Control) -> Result<Vec<Pair>, Vec<Conflict>> {
        let table = &self.0;
        let mut conflicts = ground::conflicts(table);
        if conflicts.is_empty() {
            let ground = Ground::new(table);
            let decision = decide(&ground, control);
            if decision.missing > 0 && !ground.is_lumpy {
                conflicts.extend(limits::conflict(table, control));
            }
            if conflicts.is_empty() {
                return Ok(pairs(table, &given(table, &decision.held)));
            }
        }
        Err(conflicts)
    }
}

fn decide(ground: &Ground, control: &Control) -> Decision {
    let table = ground.table;
    let method = table.instance.method;
    if method.is_maximum() {
        let found = maximum::solve(ground, control);
        return Decision {
            exact: !ground.is_lumpy && !found.interrupted,
            held: found.held,
            most: found.most,
            reasons: found.reasons,
            missing: found.missing,
            interrupted: found.interrupted,
        };
    }
    let is_serial = method == Method::SerialDictatorship;
    let mut held = match method {
        _ if is_serial => serial::dictatorship(ground),
        _ if ground.is_lumpy => lumps::nearly_stable(ground),
        Method::StableLecturerOptimal => lecturer::optimal(ground),
        Method::StableWithTies => ties::large(ground),
        _ => student::optimal(ground),
    };
    let matched = held.iter().flatten().count();
    // The rule of decreasing record has one answer, and all stable ones without ties match as many.
    let (mut most, mut exact) = (matched, is_serial || !ground.is_lumpy);
    if ground.is_lumpy && !is_serial {
        most = maximum::most(ground, control);
    } else if method == Method::StableWithTies {
        most = maximum::most(ground, control).max(matched);
        exact = most == matched;
        if !exact && let Some(proof) = exact::largest(ground, matched, most, control) {
            (most, exact) = (proof.most, proof.exact);
            held = proof.held.unwrap_or(held);
        }
    }
    let interrupted = control.is_cancelled();
    Decision { held, most, exact, reasons: vec![None; table.project.len()], missing: 0, interrupted }
}

fn explain(ground: &Ground, decision: &Decision, control: &Control, solution: &mut Solution) {
    let table = ground.table;
    let given = given(table, &decision.held);
    let pinned = table.pinned.iter().flatten().count();
    solution.status = if decision.exact { Status::Optimal } else { Status::Feasible };
    solution.interrupted = decision.interrupted;
    solution.most = decision.most + pinned;
    solution.pairs = pairs(table, &given);
    let without = given.iter().zip(&table.instance.applicants).filter(|(project, _)| project.is_none());
    solution.unmatched = without.map(|(_, applicant)| applicant.id.clone()).collect();
    solution.measures = measure_given(table, &given);
    solution.answers = answers::answer(ground, &decision.held, &decision.reasons);
    solution.one_more = more::one_more(ground, &decision.held, |more| {
        (!control.must_stop()).then(|| decide(more, control)).filter(|d| !d.interrupted).map(|d| d.held)
    });
}

/// For each applicant the project, agreements included.
fn given(table: &Table, held: &Held) -> Vec<Option<usize>> {
    let wished = |wish: &Option<usize>| wish.map(|wish| table.project[wish]);
    held.iter().zip(&table.pinned).map(|(wish, pinned)| pinned.or_else(|| wished(wish))).collect()
}

fn pairs(table: &Table, given: &[Option<usize>]) -> Vec<Pair> {
    let instance = table.instance;
    given
        .iter()
        .enumerate()
        .filter_map(|(a, project)| project.map(|p| (a, p)))
        .map(|(a, p)| Pair {
            applicant: instance.applicants[a].id.clone(),
            project: instance.projects[p].id.clone(),
            rank: table.wish_for(a, p).map(|wish| table.rank[wish]),
        })
        .collect()
}
