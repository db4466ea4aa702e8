//! Small instances with only the details that matter.

use gestfg_planner::committees as c;
use gestfg_planner::control::Control;
use gestfg_planner::id::{DefenceId, PersonId};
use gestfg_planner::timetable as t;
use std::time::Duration;

pub(crate) fn control() -> Control<'static> {
    Control::new(7, Duration::from_secs(60)).with_effort(Duration::from_millis(250))
}

/// One day of slots, rooms and people by number, nobody away, nothing to place.
pub(crate) fn day(slots: usize, rooms: usize, people: &[(&str, &str)]) -> t::Instance {
    t::Instance {
        name: String::new(),
        days: vec![t::Day { id: "monday".into(), slots, closed: Vec::new() }],
        duration: 1,
        gap: 0,
        rooms: (1..=rooms)
            .map(|r| t::Room { id: format!("room-{r}").into(), capacity: None, availability: None })
            .collect(),
        people: people.iter().map(|(id, hours)| person(id, hours)).collect(),
        committees: Vec::new(),
        defences: Vec::new(),
        objectives: t::Objective::usual_order(),
        pins: Vec::new(),
        present: Vec::new(),
    }
}

fn person(id: &str, hours: &str) -> t::Person {
    let days = [("monday".into(), hours.to_owned())].into();
    let availability = (!hours.is_empty()).then_some(t::Availability { days, otherwise: None });
    t::Person { id: id.into(), availability, max_defences: None, max_per_day: None, subjects: Vec::new() }
}

pub(crate) fn defence(id: &str, people: &[&str]) -> t::Defence {
    t::Defence {
        id: id.into(),
        duration: None,
        team: None,
        people: people.iter().map(|&p| p.into()).collect(),
        committee: None,
        seats: Vec::new(),
        excluded: Vec::new(),
        rooms: Vec::new(),
        size: None,
        window: None,
        subjects: Vec::new(),
    }
}

pub(crate) fn seat(role: &str, eligible: &[&str]) -> t::Seat {
    t::Seat {
        role: role.to_owned(),
        eligible: eligible.iter().map(|&p| p.into()).collect(),
        costs: Default::default(),
    }
}

/// Solves and lets the checker judge the answer.
pub(crate) fn timetable(instance: &t::Instance) -> t::Solution {
    timetable_with(instance, &control())
}

pub(crate) fn timetable_with(instance: &t::Instance, control: &Control) -> t::Solution {
    let solution = t::solve::solve(instance, control).unwrap();
    let report = t::check_solution(instance, &solution);
    assert!(report.valid, "{:#?}", report.violations);
    solution
}

pub(crate) fn placed<'a>(solution: &'a t::Solution, defence: &str) -> &'a t::Placement {
    solution.placements.iter().find(|p| p.defence == DefenceId::from(defence)).expect("placed")
}

/// Professors of some areas, all free, and projects given by their tutors.
pub(crate) fn call(areas: &[(&str, &[&str])], projects: &[&[&str]]) -> c::Instance {
    c::Instance {
        name: String::new(),
        settings: c::Settings::default(),
        professors: areas
            .iter()
            .flat_map(|(area, people)| people.iter().map(move |id| professor(id, area)))
            .collect(),
        projects: projects
            .iter()
            .enumerate()
            .map(|(at, tutors)| project(&format!("project-{}", at + 1), tutors))
            .collect(),
        objectives: c::Objective::usual_order(),
        seat_pins: Vec::new(),
        project_pins: Vec::new(),
        apart: Vec::new(),
        present: Vec::new(),
    }
}

pub(crate) fn professor(id: &str, area: &str) -> c::Professor {
    c::Professor {
        id: id.into(),
        area: area.into(),
        available: true,
        exempt: false,
        service: 0,
        seniority: 0,
        may_preside: true,
        subjects: Vec::new(),
    }
}

pub(crate) fn project(id: &str, tutors: &[&str]) -> c::Project {
    c::Project {
        id: id.into(),
        tutors: tutors.iter().map(|&t| PersonId::from(t)).collect(),
        students: 1,
        area: None,
        conflicts: Vec::new(),
        subjects: Vec::new(),
    }
}

/// Solves and lets the checker judge the answer.
pub(crate) fn committees(instance: &c::Instance) -> c::Solution {
    let solution = c::solve::solve(instance, &control()).unwrap();
    let report = c::check_solution(instance, &solution);
    assert!(report.valid, "{:#?}", report.violations);
    solution
}

pub(crate) fn loads(instance: &c::Instance, solution: &c::Solution) -> Vec<usize> {
    let size = |id: &gestfg_planner::id::ProjectId| {
        instance.projects.iter().find(|p| p.id == *id).map_or(0, |p| p.students)
    };
    let mut loads: Vec<usize> =
        solution.committees.iter().map(|c| c.projects.iter().map(size).sum()).collect();
    loads.sort_unstable_by(|a, b| b.cmp(a));
    loads
}
