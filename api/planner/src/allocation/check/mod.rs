//! The judge of allocations: every rule again from its text, sharing no search with the solvers.

mod claims;
mod optimal;

use super::blocking::blocking;
use super::fingerprint::input_hash;
use super::instance::{Instance, Method, Unit};
use super::measure::measure;
use super::solution::{Because, Measures, Pair, Solution};
use super::table::{By, Table};
use super::validate::validate;
use crate::id::{ApplicantId, PersonId, ProjectId};
use crate::status::Status;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The hard rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Names an applicant or project the instance does not have.
    Unknown,
    /// Nobody has two projects.
    Twice,
    /// What is given was wished for, or agreed before.
    NotWished,
    /// Nobody has what they may not have.
    NotEligible,
    /// A project has no more than it takes.
    Places,
    /// A tutor has no more than they can take.
    UpperLimit,
    /// A tutor has at least what was promised, by the methods that promise it.
    LowerLimit,
    /// Agreements stay.
    Pin,
    /// Nobody is passed over for somebody who comes after them.
    Order,
    /// A stable method leaves no blocking pair.
    Blocking,
    /// A maximum method leaves nobody without a project who could have one in addition.
    NotMost,
    /// No exchange makes it better by the method's own measure.
    NotBest,
    /// The solution says of itself, or of the instance, what is not so.
    Claim,
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// One sentence for a person.
    pub text: String,
    /// The applicants concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applicants: Vec<ApplicantId>,
    /// The projects concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectId>,
    /// The tutors concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tutors: Vec<PersonId>,
}

/// What is allowed and worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// A tutor is below their lower limit, which the method does not know.
    BelowLowerLimit,
    /// Teams in shared places or counted in students: that nothing better exists was not examined.
    NotProved,
}

/// One thing to look at before an allocation is published; it breaks no rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// What sort of thing.
    pub kind: WarningKind,
    /// One sentence for a person.
    pub text: String,
    /// The tutors concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tutors: Vec<PersonId>,
}

/// What the judge found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Whether every hard rule is kept.
    pub valid: bool,
    /// Every broken rule.
    pub violations: Vec<Violation>,
    /// What is allowed but not wished.
    pub warnings: Vec<Warning>,
    /// The measures of the pairs.
    pub measures: Measures,
}

/// Judges `pairs` by every rule of `instance` and by what its method promises: that nobody is passed
/// over, that no pair blocks, or that no exchange matches more or grants wishes better.
pub fn check(instance: &Instance, pairs: &[Pair]) -> Report {
    let table = Table::new(instance);
    let mut judge = Judge { table: &table, violations: Vec::new(), warnings: Vec::new() };
    let given = judge.pairs(pairs);
    judge.places(&given);
    let measures = measure(instance, pairs);
    judge.limits(&measures);
    judge.pins(&given);
    judge.promises(&given);
    Report {
        valid: judge.violations.is_empty(),
        violations: judge.violations,
        warnings: judge.warnings,
        measures,
    }
}

/// Judges a whole solution: its pairs, its answers, and what it says about itself.
pub fn check_solution(instance: &Instance, solution: &Solution) -> Report {
    if matches!(solution.status, Status::Infeasible | Status::Unknown) {
        let measures = measure(instance, &[]);
        let mut report = Report { valid: true, violations: Vec::new(), warnings: Vec::new(), measures };
        let unexplained = solution.status == Status::Infeasible && solution.conflicts.is_empty();
        if unexplained || !solution.pairs.is_empty() {
            report
                .violations
                .push(claim("it says there is no answer and gives no reason, or pairs".to_owned()));
        }
        claims::identity(instance, solution, &mut report.violations);
        report.valid = report.violations.is_empty();
        return report;
    }
    let mut report = check(instance, &solution.pairs);
    if solution.status == Status::Feasible || solution.interrupted {
        // It does not claim to be the best, only to keep the rules.
        report.violations.retain(|v| !matches!(v.rule, Rule::NotMost | Rule::NotBest));
        if Table::new(instance).is_lumpy() {
            report.violations.retain(|v| !matches!(v.rule, Rule::Blocking | Rule::Order | Rule::LowerLimit));
        }
    }
    claims::identity(instance, solution, &mut report.violations);
    claims::figures(instance, solution, &report.measures, &mut report.violations);
    claims::answers(instance, solution, &mut report.violations);
    report.valid = report.violations.is_empty();
    report
}

/// An allocation as it is exported: everything needed to verify it without the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// The frozen inputs.
    pub instance: Instance,
    /// What was decided.
    pub solution: Solution,
}

/// Verifies an exported file: that it is one, that the instance is sound and is the one whose hash the
/// solution bears, and that the solution keeps every rule and promise. The refusal is a sentence.
pub fn verify_export(text: &str) -> Result<Report, String> {
    let export: Export =
        serde_json::from_str(text).map_err(|error| format!("not an exported allocation: {error}"))?;
    let faults = validate(&export.instance);
    if !faults.is_empty() {
        return Err(format!("the instance is not sound: {}", faults.join("; ")));
    }
    if export.solution.input_hash != input_hash(&export.instance) {
        return Err("the instance is not the one this solution was found for: their hashes differ".to_owned());
    }
    Ok(check_solution(&export.instance, &export.solution))
}

fn claim(text: String) -> Violation {
    Violation { rule: Rule::Claim, text, applicants: Vec::new(), projects: Vec::new(), tutors: Vec::new() }
}

struct Judge<'a> {
    table: &'a Table<'a>,
    violations: Vec<Violation>,
    warnings: Vec<Warning>,
}

impl Judge<'_> {
    fn say(&mut self, rule: Rule, text: String, applicants: &[&ApplicantId], projects: &[&ProjectId]) {
        self.violations.push(Violation {
            rule,
            text,
            applicants: applicants.iter().map(|&a| a.clone()).collect(),
            projects: projects.iter().map(|&p| p.clone()).collect(),
            tutors: Vec::new(),
        });
    }

    fn pairs(&mut self, pairs: &[Pair]) -> Vec<Option<usize>> {
        let instance = self.table.instance;
        let mut given = vec![None; instance.applicants.len()];
        for Pair { applicant, project, rank } in pairs {
            let (Some(a), Some(p)) = (self.table.applicant(applicant), self.table.project(project)) else {
                self.say(
                    Rule::Unknown,
                    format!("there is no {applicant} or no {project}"),
                    &[applicant],
                    &[project],
                );
                continue;
            };
            if given[a].replace(p).is_some() {
                self.say(Rule::Twice, format!("{applicant} has two projects"), &[applicant], &[project]);
            }
            let wish = instance.applicants[a].rank_of(project);
            if wish != *rank {
                self.say(
                    Rule::Claim,
                    format!("{project} has another rank for {applicant}"),
                    &[applicant],
                    &[project],
                );
            }
            if wish.is_none() && self.table.pinned[a] != Some(p) {
                self.say(
                    Rule::NotWished,
                    format!("{applicant} did not wish for {project}"),
                    &[applicant],
                    &[project],
                );
            }
            if instance.applicants[a].ineligible.contains(project) {
                self.say(
                    Rule::NotEligible,
                    format!("{applicant} may not have {project}"),
                    &[applicant],
                    &[project],
                );
            }
        }
        given
    }

    fn places(&mut self, given: &[Option<usize>]) {
        let mut had: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (a, project) in given.iter().enumerate() {
            if let Some(project) = *project {
                had.entry(project).or_default().push(a);
            }
        }
        let instance = self.table.instance;
        for (at, by) in had {
            let project = &instance.projects[at];
            let students: usize = by.iter().map(|&a| instance.applicants[a].students.len()).sum();
            let ids: Vec<_> = by.iter().map(|&a| &instance.applicants[a].id).collect();
            if students > project.places || (!project.shared && by.len() > 1) {
                let text =
                    format!("{} takes {} and is given to {students} students", project.id, project.places);
                self.say(Rule::Places, text, &ids, &[&project.id]);
            }
        }
    }

    fn limits(&mut self, measures: &Measures) {
        let instance = self.table.instance;
        for (tutor, load) in instance.tutors.iter().zip(&measures.tutors) {
            let (has, unit) = match tutor.counted_in {
                Unit::Projects => (load.projects, "projects"),
                Unit::Students => (load.students, "students"),
            };
            let tutors = vec![tutor.id.clone()];
            if let Some(upper) = tutor.upper.filter(|&upper| has > upper) {
                let text = format!("{} can take {upper} {unit} and has {has}", tutor.id);
                let (applicants, projects) = (Vec::new(), Vec::new());
                self.violations.push(Violation {
                    rule: Rule::UpperLimit,
                    text,
                    applicants,
                    projects,
                    tutors,
                });
            } else if load.missing > 0 {
                let text = format!("{} has {has} {unit}, {} too few", tutor.id, load.missing);
                if instance.method.is_maximum() {
                    let (applicants, projects) = (Vec::new(), Vec::new());
                    self.violations.push(Violation {
                        rule: Rule::LowerLimit,
                        text,
                        applicants,
                        projects,
                        tutors,
                    });
                } else {
                    self.warnings.push(Warning { kind: WarningKind::BelowLowerLimit, text, tutors });
                }
            }
        }
    }

    fn pins(&mut self, given: &[Option<usize>]) {
        for pin in &self.table.instance.pins {
            let has = self.table.applicant(&pin.applicant).and_then(|a| given[a]);
            if has.is_none() || has != self.table.project(&pin.project) {
                let text = format!("it was agreed that {} has {}", pin.applicant, pin.project);
                self.say(Rule::Pin, text, &[&pin.applicant], &[&pin.project]);
            }
        }
    }

    fn promises(&mut self, given: &[Option<usize>]) {
        let method = self.table.instance.method;
        if method.is_maximum() {
            self.best(given);
            return;
        }
        let (by, rule) = match method {
            Method::SerialDictatorship => (By::Serial, Rule::Order),
            Method::StableWithTies => (By::Ties, Rule::Blocking),
            _ => (By::Strict, Rule::Blocking),
        };
        for (a, wish, because) in blocking(self.table, given, by).0 {
            let applicant = &self.table.instance.applicants[a].id;
            let project = &self.table.instance.projects[self.table.project[wish]].id;
            let why = match because {
                Because::Room => "there is room",
                Because::OwnApplicant => "they are with its tutor already",
                Because::PreferredInProject => "somebody has it who comes after them",
                Because::PreferredByTutor => "its tutor has somebody who comes after them",
            };
            let text = format!("{applicant} would rather have {project}, and {why}");
            self.say(rule, text, &[applicant], &[project]);
        }
    }

    fn best(&mut self, given: &[Option<usize>]) {
        if self.table.is_lumpy() {
            let text =
                "teams share places with others: that nothing better exists was not examined".to_owned();
            self.warnings.push(Warning { kind: WarningKind::NotProved, text, tutors: Vec::new() });
            return;
        }
        match optimal::examine(self.table, given) {
            optimal::Verdict::Best => {}
            optimal::Verdict::NotMost => {
                self.say(Rule::NotMost, "one more applicant could have a project".to_owned(), &[], &[]);
            }
            optimal::Verdict::NotBest(ring) => {
                let ids: Vec<_> = ring.iter().map(|&a| &self.table.instance.applicants[a].id).collect();
                self.say(Rule::NotBest, "an exchange grants wishes better".to_owned(), &ids, &[]);
            }
        }
    }
}
