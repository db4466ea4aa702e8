//! Whether an instance makes sense at all, before anybody works on it.

use super::instance::{Applicant, Instance};
use std::collections::HashSet;
use std::fmt::Display;
use std::hash::Hash;

/// The longest list of wishes anybody can have.
const MOST_RANKS: usize = 1_000;

/// The most places of a project, and the most a tutor's limits can say.
const MOST_PLACES: usize = 1_000_000;

/// Everything that contradicts itself or points nowhere, one sentence each; empty when sound.
pub fn validate(instance: &Instance) -> Vec<String> {
    let mut found = Vec::new();
    let students = distinct("student", instance.students.iter().map(|s| &s.id), &mut found);
    let applicants = distinct("applicant", instance.applicants.iter().map(|a| &a.id), &mut found);
    let projects = distinct("project", instance.projects.iter().map(|p| &p.id), &mut found);
    let tutors = distinct("tutor", instance.tutors.iter().map(|t| &t.id), &mut found);
    let mut applying = HashSet::new();
    for applicant in &instance.applicants {
        let id = &applicant.id;
        if !(1..=3).contains(&applicant.students.len()) {
            found.push(format!("applicant {id} has {} students, not one to three", applicant.students.len()));
        }
        for student in &applicant.students {
            if !students.contains(student) {
                found.push(format!("applicant {id}: there is no student {student}"));
            }
            if !applying.insert(student) {
                found.push(format!("student {student} applies twice"));
            }
        }
        wishes(applicant, &mut found);
        for project in applicant.preferences.iter().flatten().chain(&applicant.ineligible) {
            if !projects.contains(project) {
                found.push(format!("applicant {id}: there is no project {project}"));
            }
        }
    }
    for project in &instance.projects {
        if !tutors.contains(&project.tutor) {
            found.push(format!("project {}: there is no tutor {}", project.id, project.tutor));
        }
        if project.places == 0 {
            found.push(format!("project {} takes nobody", project.id));
        }
        if project.places > MOST_PLACES {
            found.push(format!("project {} has at most {MOST_PLACES} places", project.id));
        }
    }
    for tutor in &instance.tutors {
        if tutor.lower > tutor.upper && tutor.upper.is_some() {
            found.push(format!("tutor {}: the lower limit is above the upper", tutor.id));
        }
        if tutor.lower.max(tutor.upper) > Some(MOST_PLACES) {
            found.push(format!("tutor {}: a limit is at most {MOST_PLACES}", tutor.id));
        }
        let mut named = HashSet::new();
        for applicant in tutor.preferences.iter().flatten() {
            if !applicants.contains(applicant) {
                found.push(format!("tutor {}: there is no applicant {applicant}", tutor.id));
            }
            if !named.insert(applicant) {
                found.push(format!("tutor {} names {applicant} twice", tutor.id));
            }
        }
    }
    let mut pinned = HashSet::new();
    for pin in &instance.pins {
        if !applicants.contains(&pin.applicant) {
            found.push(format!("pin: there is no applicant {}", pin.applicant));
        }
        if !projects.contains(&pin.project) {
            found.push(format!("pin: there is no project {}", pin.project));
        }
        if !pinned.insert(&pin.applicant) {
            found.push(format!("applicant {} is pinned twice", pin.applicant));
        }
    }
    if instance.weights.windows(2).any(|w| w[0] > w[1]) {
        found.push("the weights favour a lower wish over a higher".to_owned());
    }
    found
}

fn wishes(applicant: &Applicant, found: &mut Vec<String>) {
    let mut wished = HashSet::new();
    for project in applicant.preferences.iter().flatten() {
        if !wished.insert(project) {
            found.push(format!("applicant {} wishes for {project} twice", applicant.id));
        }
    }
    if applicant.preferences.len() > MOST_RANKS {
        found.push(format!("applicant {} has more than {MOST_RANKS} ranks", applicant.id));
    }
    if applicant.preferences.iter().any(Vec::is_empty) {
        found.push(format!("applicant {} has a rank with no project", applicant.id));
    }
}

fn distinct<'a, T: Eq + Hash + Display>(
    what: &str,
    ids: impl Iterator<Item = &'a T>,
    found: &mut Vec<String>,
) -> HashSet<&'a T> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            found.push(format!("{what} {id} appears twice"));
        }
    }
    seen
}
