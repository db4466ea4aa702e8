//! The question of the committees.

use super::{Draft, Hours, Mode, Professor, World, free_panels, ids};
use gestfg_planner::committees::{Instance, Objective, Professor as Candidate, Project, Settings};
use gestfg_planner::id::PersonId;
use gestfg_types::ids::UserId;
use std::collections::BTreeSet;

/// The question a call asks. What is pinned in `base` stays where it is, and its committees are
/// left alone where that is possible.
#[must_use]
pub fn ask(world: &World, base: Option<&Draft>) -> Instance {
    let settings = &world.settings;
    let hours =
        world.phase.map(|(from, to)| Hours::between(from, to, settings, world.zone)).unwrap_or_default();
    let professors: Vec<Candidate> =
        world.professors.iter().map(|professor| candidate(world, &hours, professor)).collect();
    let projects: Vec<Project> = world
        .projects
        .iter()
        .map(|project| Project {
            id: ids::project(project.request),
            tutors: project.tutors.iter().copied().map(ids::person).collect(),
            students: project.students.len().max(1),
            area: Some(ids::area(project.area)),
            conflicts: project.conflicts.iter().copied().map(ids::person).collect(),
            subjects: project.subjects.iter().map(|subject| subject.as_str().into()).collect(),
        })
        .collect();
    let is_free = settings.mode == Mode::FreePanel;
    let mut question = Instance {
        name: String::new(),
        settings: if is_free { free_panels::rules(settings, &projects) } else { usual_rules(settings) },
        professors,
        apart: apart(world),
        projects,
        objectives: Objective::usual_order(),
        seat_pins: Vec::new(),
        project_pins: Vec::new(),
        present: Vec::new(),
    };
    if let Some(base) = base.filter(|base| is_free == (base.mode() == Some(Mode::FreePanel))) {
        keep(&mut question, base);
    }
    question
}

fn usual_rules(settings: &super::Settings) -> Settings {
    Settings {
        full_seats: settings.members + 1,
        substitutes: settings.substitutes,
        target: settings.target_size,
        committees: None,
        may_exceed_target: true,
        spread_areas: settings.distinct_areas,
        one_seat: settings.one_seat_per_call,
    }
}

/// Pairs who may not sit beside each other, if both may be called upon.
fn apart(world: &World) -> Vec<(PersonId, PersonId)> {
    let known = |id: &UserId| world.professors.iter().any(|professor| professor.id == *id);
    let both = world.apart.iter().filter(|(one, other)| known(one) && known(other));
    both.map(|(one, other)| (ids::person(*one), ids::person(*other))).collect()
}

fn candidate(world: &World, hours: &Hours, professor: &Professor) -> Candidate {
    let years = professor.seniority_year.map_or(0, |since| world.year.saturating_sub(since).max(0));
    let enough = world
        .settings
        .presider_min_seniority
        .is_none_or(|least| professor.seniority_year.is_some() && years >= least);
    let busy = world.busy.get(&professor.id).map_or(&[][..], Vec::as_slice);
    Candidate {
        id: ids::person(professor.id),
        area: ids::area(professor.area),
        available: hours.leave_time(busy),
        exempt: professor.exempt,
        service: professor.service,
        seniority: u32::try_from(years).unwrap_or_default(),
        may_preside: professor.may_preside && enough,
        subjects: professor.subjects.iter().map(|subject| subject.as_str().into()).collect(),
    }
}

/// Who has left since and what was taken back cannot be kept.
fn keep(question: &mut Instance, base: &Draft) {
    let people: BTreeSet<_> = question.professors.iter().map(|professor| &professor.id).collect();
    let projects: BTreeSet<_> = question.projects.iter().map(|project| &project.id).collect();
    let seats = question.settings.seats();
    let pins = base.question.seat_pins.iter();
    question.seat_pins =
        pins.filter(|pin| people.contains(&pin.professor) && pin.seat < seats).cloned().collect();
    let pins = base.question.project_pins.iter();
    question.project_pins = pins.filter(|pin| projects.contains(&pin.project)).cloned().collect();
    question.present = base.answer.committees.clone();
    for committee in &mut question.present {
        committee.projects.retain(|project| projects.contains(project));
    }
}
