//! The judge of committees: every rule again from its text, sharing with the solver nothing but types.

use super::instance::Instance;
use super::measure::{Measured, measure};
use super::solution::{Committee, Solution};
use crate::id::{PersonId, ProjectId};
use crate::status::Status;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The hard rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Names a professor or project the instance does not have.
    Unknown,
    /// Every seat is taken.
    SeatCount,
    /// Only those who are available and not excused are called.
    NotFree,
    /// Nobody sits twice in one committee, nor in the call when the degree says so.
    SeatTwice,
    /// Full seats of a committee are of different areas when the degree says so.
    Spread,
    /// The president may preside.
    President,
    /// Nobody judges a project of their own or one they have an interest in.
    Interest,
    /// Nobody sits beside somebody they declared a conflict of interest with.
    Apart,
    /// Every project has one committee.
    ProjectCount,
    /// Loads differ by at most one defence, or by the largest team where there are teams.
    Load,
    /// The number of committees is the one asked for.
    CommitteeCount,
    /// What was pinned stays.
    Pin,
    /// The solution says of itself what is not so.
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
    /// The committees concerned, counted from 0.
    pub committees: Vec<usize>,
    /// The people concerned.
    pub professors: Vec<PersonId>,
    /// The projects concerned.
    pub projects: Vec<ProjectId>,
}

/// What is allowed and not wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// Teams or pins make loads differ by more than one defence.
    UnevenLoad,
    /// A committee has more defences than the target.
    OverTarget,
    /// A project is judged by a committee without a full seat of its area.
    AreaAbsent,
    /// Somebody senior to the president sits as a member.
    JuniorPresident,
}

/// One thing to look at before committees are accepted; it breaks no rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// What sort of thing.
    pub kind: WarningKind,
    /// One sentence for a person.
    pub text: String,
    /// The committees concerned, counted from 0.
    pub committees: Vec<usize>,
    /// The people concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub professors: Vec<PersonId>,
    /// The projects concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectId>,
}

/// What the judge found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Whether every hard rule is kept.
    pub valid: bool,
    /// Every broken rule.
    pub violations: Vec<Violation>,
    /// What is allowed but not wished.
    pub warnings: Vec<Warning>,
    /// The value of every objective.
    pub objectives: Vec<Measured>,
}

/// Judges `committees` by every rule of `instance`.
pub fn check(instance: &Instance, committees: &[Committee]) -> Report {
    let mut judge = Judge { instance, violations: Vec::new(), warnings: Vec::new() };
    for (at, committee) in committees.iter().enumerate() {
        judge.seats(at, committee);
        judge.interests(at, committee);
        judge.wishes(at, committee);
    }
    judge.repetitions(committees);
    judge.projects(committees);
    judge.loads(committees);
    judge.pins(committees);
    Report {
        valid: judge.violations.is_empty(),
        violations: judge.violations,
        warnings: judge.warnings,
        objectives: measure(instance, committees),
    }
}

/// Judges a whole solution: its committees, and what it says about itself.
pub fn check_solution(instance: &Instance, solution: &Solution) -> Report {
    if matches!(solution.status, Status::Infeasible | Status::Unknown) {
        let objectives = measure(instance, &[]);
        let mut report = Report { valid: true, violations: Vec::new(), warnings: Vec::new(), objectives };
        if !solution.committees.is_empty() || solution.notes.is_empty() {
            let text = "it says there is no answer and gives no reason, or committees".to_owned();
            report.violations.push(violation(Rule::Claim, text, &[], &[], &[]));
            report.valid = false;
        }
        return report;
    }
    let mut report = check(instance, &solution.committees);
    let counted: BTreeMap<_, _> = report.objectives.iter().map(|m| (m.objective, m.value)).collect();
    for said in &solution.objectives {
        let value = counted.get(&said.objective).copied().unwrap_or_default();
        if said.value != value || said.bound > value {
            let text = format!("{:?}: {} claimed, {value} counted", said.objective, said.value);
            report.violations.push(violation(Rule::Claim, text, &[], &[], &[]));
        }
    }
    report.valid = report.violations.is_empty();
    report
}

fn violation(
    rule: Rule,
    text: String,
    at: &[usize],
    people: &[&PersonId],
    projects: &[&ProjectId],
) -> Violation {
    Violation {
        rule,
        text,
        committees: at.to_vec(),
        professors: people.iter().map(|&p| p.clone()).collect(),
        projects: projects.iter().map(|&p| p.clone()).collect(),
    }
}

struct Judge<'a> {
    instance: &'a Instance,
    violations: Vec<Violation>,
    warnings: Vec<Warning>,
}

impl Judge<'_> {
    fn say(&mut self, rule: Rule, text: String, at: &[usize], people: &[&PersonId], projects: &[&ProjectId]) {
        self.violations.push(violation(rule, text, at, people, projects));
    }

    fn warn(
        &mut self,
        kind: WarningKind,
        text: String,
        at: &[usize],
        people: &[&PersonId],
        projects: &[&ProjectId],
    ) {
        self.warnings.push(Warning {
            kind,
            text,
            committees: at.to_vec(),
            professors: people.iter().map(|&p| p.clone()).collect(),
            projects: projects.iter().map(|&p| p.clone()).collect(),
        });
    }

    fn seats(&mut self, at: usize, committee: &Committee) {
        let instance = self.instance;
        let settings = &instance.settings;
        if committee.seats.len() != settings.seats() {
            let text = format!(
                "committee {} has {} of its {} seats",
                at + 1,
                committee.seats.len(),
                settings.seats()
            );
            self.say(Rule::SeatCount, text, &[at], &[], &[]);
        }
        let mut areas: BTreeMap<_, &PersonId> = BTreeMap::new();
        for (seat, person) in committee.seats.iter().enumerate() {
            let Some(professor) = instance.professors.iter().find(|p| p.id == *person) else {
                self.say(Rule::Unknown, format!("there is no professor {person}"), &[at], &[person], &[]);
                continue;
            };
            if !professor.is_free() {
                self.say(Rule::NotFree, format!("{person} is excused or away"), &[at], &[person], &[]);
            }
            if seat == 0 && !professor.may_preside {
                self.say(Rule::President, format!("{person} may not preside"), &[at], &[person], &[]);
            }
            if settings.spread_areas
                && seat < settings.full_seats
                && let Some(other) = areas.insert(&professor.area, person)
            {
                let text = format!("{other} and {person} are both of {}", professor.area);
                self.say(Rule::Spread, text, &[at], &[other, person], &[]);
            }
        }
    }

    fn interests(&mut self, at: usize, committee: &Committee) {
        let seats = |id: &PersonId| committee.seats.contains(id);
        for (one, other) in self.instance.apart.iter().filter(|(one, other)| seats(one) && seats(other)) {
            let text = format!("{one} and {other} may not sit in one committee");
            self.say(Rule::Apart, text, &[at], &[one, other], &[]);
        }
        for id in &committee.projects {
            let Some(project) = self.instance.projects.iter().find(|p| p.id == *id) else {
                self.say(Rule::Unknown, format!("there is no project {id}"), &[at], &[], &[id]);
                continue;
            };
            for person in project.barred().filter(|p| committee.seats.contains(p)).collect::<BTreeSet<_>>() {
                let text = format!("{person} would judge {id}, their own or one they have an interest in");
                self.say(Rule::Interest, text, &[at], &[person], &[id]);
            }
        }
    }

    fn repetitions(&mut self, committees: &[Committee]) {
        let mut seen: BTreeMap<&PersonId, usize> = BTreeMap::new();
        for (at, committee) in committees.iter().enumerate() {
            for (seat, person) in committee.seats.iter().enumerate() {
                let here = committee.seats[..seat].contains(person);
                if let Some(other) = seen.insert(person, at)
                    && (here || self.instance.settings.one_seat)
                {
                    self.say(
                        Rule::SeatTwice,
                        format!("{person} has two seats"),
                        &[other, at],
                        &[person],
                        &[],
                    );
                }
            }
        }
    }

    fn projects(&mut self, committees: &[Committee]) {
        for project in &self.instance.projects {
            let count = committees.iter().flat_map(|c| &c.projects).filter(|p| **p == project.id).count();
            if count != 1 {
                let text = format!("{} has {count} committees", project.id);
                self.say(Rule::ProjectCount, text, &[], &[], &[&project.id]);
            }
        }
        if let Some(asked) = self.instance.settings.committees
            && asked != committees.len()
            && !self.instance.projects.is_empty()
        {
            let text = format!("{asked} committees were asked for, not {}", committees.len());
            self.say(Rule::CommitteeCount, text, &[], &[], &[]);
        }
    }

    fn loads(&mut self, committees: &[Committee]) {
        let sizes: BTreeMap<_, _> = self.instance.projects.iter().map(|p| (&p.id, p.students)).collect();
        let load = |c: &Committee| c.projects.iter().filter_map(|p| sizes.get(p)).sum::<usize>();
        let loads: Vec<usize> = committees.iter().map(load).collect();
        let (Some(&most), Some(&least)) = (loads.iter().max(), loads.iter().min()) else { return };
        let largest = self.instance.projects.iter().map(|p| p.students).max().unwrap_or(1);
        let pinned = !self.instance.project_pins.is_empty();
        if most - least > largest && !pinned {
            let text = format!("one committee has {most} defences and another {least}");
            self.say(Rule::Load, text, &[], &[], &[]);
        } else if most - least > 1 {
            let text = format!("teams or pins make loads differ: {least} to {most}");
            self.warn(WarningKind::UnevenLoad, text, &[], &[], &[]);
        }
        let target = self.instance.settings.target;
        for (at, load) in loads.into_iter().enumerate().filter(|(_, load)| *load > target) {
            let text = format!("committee {} has {load} defences, over the target {target}", at + 1);
            self.warn(WarningKind::OverTarget, text, &[at], &[], &[]);
        }
    }

    fn wishes(&mut self, at: usize, committee: &Committee) {
        let instance = self.instance;
        let known = |id: &PersonId| instance.professors.iter().find(|p| p.id == *id);
        let full: Vec<_> =
            committee.seats.iter().take(instance.settings.full_seats).filter_map(known).collect();
        for project in instance.projects.iter().filter(|p| committee.projects.contains(&p.id)) {
            if let Some(area) = project.area.as_ref().filter(|area| !full.iter().any(|p| p.area == **area)) {
                let text = format!("nobody of {area} judges {}", project.id);
                self.warn(WarningKind::AreaAbsent, text, &[at], &[], &[&project.id]);
            }
        }
        let president = committee.seats.first().and_then(known);
        for member in full.iter().skip(1) {
            if let Some(president) = president.filter(|p| p.seniority < member.seniority) {
                let text = format!("{} is senior to the president {}", member.id, president.id);
                self.warn(WarningKind::JuniorPresident, text, &[at], &[&president.id, &member.id], &[]);
            }
        }
    }

    fn pins(&mut self, committees: &[Committee]) {
        for pin in &self.instance.seat_pins {
            let seated = committees.get(pin.committee).and_then(|c| c.seats.get(pin.seat));
            if seated != Some(&pin.professor) {
                let text = format!("{} was pinned to another seat", pin.professor);
                self.say(Rule::Pin, text, &[pin.committee], &[&pin.professor], &[]);
            }
        }
        for pin in &self.instance.project_pins {
            if !committees.get(pin.committee).is_some_and(|c| c.projects.contains(&pin.project)) {
                let text = format!("{} was pinned to another committee", pin.project);
                self.say(Rule::Pin, text, &[pin.committee], &[], &[&pin.project]);
            }
        }
    }
}
