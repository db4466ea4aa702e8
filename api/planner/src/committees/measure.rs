//! The value of each objective, counted from finished committees and nothing else.

use super::instance::{Instance, Objective, Professor};
use super::solution::Committee;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One objective of finished committees; fewer is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Which one.
    pub objective: Objective,
    /// Its value.
    pub value: i64,
}

/// The value of every objective, in the order of [`Objective::all`].
pub fn measure(instance: &Instance, committees: &[Committee]) -> Vec<Measured> {
    let known: BTreeMap<&PersonId, &Professor> = instance.professors.iter().map(|p| (&p.id, p)).collect();
    let projects: BTreeMap<_, _> = instance.projects.iter().map(|p| (&p.id, p)).collect();
    let tutors: BTreeSet<&PersonId> = instance.projects.iter().flat_map(|p| &p.tutors).collect();
    let (mut outsiders, mut service, mut affinity, mut expertise, mut seniority) = (0, 0, 0, 0, 0);
    for committee in committees {
        outsiders += committee.seats.iter().filter(|p| !tutors.contains(p)).count();
        let people: Vec<&Professor> = committee.seats.iter().filter_map(|p| known.get(p).copied()).collect();
        service += people.iter().map(|p| i64::from(p.service)).sum::<i64>();
        let full = &people[..people.len().min(instance.settings.full_seats)];
        if let Some((president, members)) = full.split_first() {
            seniority += members.iter().filter(|m| m.seniority > president.seniority).count();
        }
        for project in committee.projects.iter().filter_map(|p| projects.get(p)) {
            let at_home = project.area.as_ref().is_none_or(|area| full.iter().any(|p| p.area == *area));
            affinity += usize::from(!at_home);
            expertise +=
                project.subjects.iter().filter(|s| !full.iter().any(|p| p.subjects.contains(s))).count();
        }
    }
    let value = |objective| match objective {
        Objective::Changes => changes(instance, committees),
        Objective::Outsiders => outsiders as i64,
        Objective::Service => service,
        Objective::Affinity => affinity as i64,
        Objective::Expertise => expertise as i64,
        Objective::Seniority => seniority as i64,
    };
    Objective::all().into_iter().map(|objective| Measured { objective, value: value(objective) }).collect()
}

fn changes(instance: &Instance, committees: &[Committee]) -> i64 {
    let mut sum = 0;
    for (at, was) in instance.present.iter().enumerate() {
        let now = committees.get(at);
        let seat = |k: usize| now.and_then(|c| c.seats.get(k));
        sum += was.seats.iter().enumerate().filter(|(k, person)| seat(*k) != Some(person)).count();
        sum += was.projects.iter().filter(|p| !now.is_some_and(|c| c.projects.contains(p))).count();
    }
    sum as i64
}
