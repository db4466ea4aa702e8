//! Whether an instance makes sense at all, before anybody works on it.

use super::instance::Instance;
use std::collections::BTreeSet;

/// The most seats a committee can have.
const MOST_SEATS: usize = 100;

/// The most committees that can be asked for.
const MOST_COMMITTEES: usize = 10_000;

/// The most students of one team.
const MOST_STUDENTS: usize = 100;

/// Everything that contradicts itself or points nowhere, one sentence each; empty when sound.
pub fn validate(instance: &Instance) -> Vec<String> {
    let mut found = Vec::new();
    let mut professors = BTreeSet::new();
    for professor in &instance.professors {
        if !professors.insert(&professor.id) {
            found.push(format!("professor {} appears twice", professor.id));
        }
    }
    let mut projects = BTreeSet::new();
    for project in &instance.projects {
        if !projects.insert(&project.id) {
            found.push(format!("project {} appears twice", project.id));
        }
        if project.students == 0 {
            found.push(format!("project {} has no student", project.id));
        }
        if project.students > MOST_STUDENTS {
            found.push(format!("project {}: a team has at most {MOST_STUDENTS} students", project.id));
        }
    }
    let settings = &instance.settings;
    if settings.full_seats == 0 {
        found.push("a committee has at least one full seat".to_owned());
    }
    if settings.seats() > MOST_SEATS {
        found.push(format!("a committee has at most {MOST_SEATS} seats"));
    }
    if settings.committees.is_some_and(|count| count > MOST_COMMITTEES) {
        found.push(format!("there are at most {MOST_COMMITTEES} committees"));
    }
    if settings.target == 0 {
        found.push("a committee judges at least one defence".to_owned());
    }
    if settings.committees == Some(0) && !instance.projects.is_empty() {
        found.push("there are projects and no committee is asked for".to_owned());
    }
    for (one, other) in &instance.apart {
        if one == other || !professors.contains(one) || !professors.contains(other) {
            found.push(format!("{one} and {other}: two professors sit apart"));
        }
    }
    for pin in &instance.seat_pins {
        if !professors.contains(&pin.professor) {
            found.push(format!("pin: there is no professor {}", pin.professor));
        }
        found.extend(too_many_for(instance, pin.committee, &pin.professor.0));
        if pin.seat >= settings.seats() {
            found.push(format!("pin of {}: a committee has {} seats", pin.professor, settings.seats()));
        }
    }
    for pin in &instance.project_pins {
        if !projects.contains(&pin.project) {
            found.push(format!("pin: there is no project {}", pin.project));
        }
        found.extend(too_many_for(instance, pin.committee, &pin.project.0));
    }
    for (at, pin) in instance.seat_pins.iter().enumerate() {
        if instance.seat_pins[..at].iter().any(|p| (p.committee, p.seat) == (pin.committee, pin.seat)) {
            found.push(format!("seat {} of committee {} is pinned twice", pin.seat, pin.committee));
        }
    }
    for (at, pin) in instance.project_pins.iter().enumerate() {
        if instance.project_pins[..at].iter().any(|p| p.project == pin.project) {
            found.push(format!("project {} is pinned twice", pin.project));
        }
    }
    found
}

/// A pin to a committee beyond the number asked for.
fn too_many_for(instance: &Instance, committee: usize, what: &str) -> Option<String> {
    let count = instance.settings.committees.filter(|&count| committee >= count)?;
    Some(format!("pin of {what}: there are {count} committees, counted from 0, and none {committee}"))
}
