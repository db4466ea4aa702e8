//! One run of the planner: from what holds now and the version it starts from to a new one.

use super::{Draft, Hours, Mode, Timetable, World, ask_committees, ask_timetable, free_panels};
use gestfg_planner::control::Control;
use gestfg_planner::status::Status;
use gestfg_planner::{committees, timetable};
use gestfg_types::planning::PlanningKind;
use std::time::Duration;

/// Why there is no plan.
#[derive(Debug, Clone)]
pub enum Failure {
    /// The question itself cannot be asked; why.
    Unsound(Vec<Fault>),
    /// No committees keep every rule, or none were found in the time given.
    Committees(Box<Draft>),
    /// No timetable keeps every rule.
    Timetable(Box<Draft>),
}

/// Why a question cannot be asked.
#[derive(Debug, Clone)]
pub struct Fault {
    /// For other languages.
    pub code: &'static str,
    /// A sentence in English.
    pub text: String,
}

/// What limits and watches a part of a run, that takes this share of its time.
pub type Limits<'a> = dyn Fn(f64) -> Control<'a> + 'a;

/// Works a plan out.
///
/// # Errors
/// Why there is none.
pub fn run(
    kind: PlanningKind,
    world: &World,
    base: Option<&Draft>,
    limits: &Limits<'_>,
) -> Result<Draft, Failure> {
    if world.settings.mode == Mode::FreePanel {
        return free_panels::panels(kind, world, base, &limits(1.0));
    }
    match (kind, base) {
        (PlanningKind::Committees, base) => form(world, base, &limits(1.0)),
        (PlanningKind::Allocation, _) => {
            Err(unsound("allocation", "allocations are worked out from their own inputs"))
        }
        (_, None) => Err(unsound("no_version", "there is no version to start from")),
        (PlanningKind::Timetable, Some(base)) => {
            let hours = hours(world)?;
            // Slots of other hours mean other times.
            let known = base.timetable.as_ref().filter(|known| known.hours == hours);
            let draft = Draft { timetable: None, ..base.clone() };
            time(world, draft, hours, known, &limits(1.0))
        }
        (PlanningKind::Repair, Some(base)) => match &base.timetable {
            None => form(world, Some(base), &limits(1.0)),
            Some(known) => {
                let draft = form(world, Some(base), &limits(0.4))?;
                time(world, draft, known.hours.clone(), Some(known), &limits(0.6))
            }
        },
    }
}

pub(super) fn unsound(code: &'static str, sentence: &str) -> Failure {
    Failure::Unsound(vec![Fault { code, text: sentence.to_owned() }])
}

/// What contradicts itself in an instance is ours to mend: it has no other form.
pub(super) fn faults(sentences: Vec<String>) -> Failure {
    Failure::Unsound(sentences.into_iter().map(|text| Fault { code: "", text }).collect())
}

pub(super) fn hours(world: &World) -> Result<Hours, Failure> {
    let (from, to) =
        world.phase.ok_or_else(|| unsound("no_dates", "the call has no dates for its defences"))?;
    let hours = Hours::between(from, to, &world.settings, world.zone);
    if hours.days.is_empty() {
        return Err(unsound("no_slots", "no slot fits between the dates and the hours of the defences"));
    }
    Ok(hours)
}

fn form(world: &World, base: Option<&Draft>, control: &Control<'_>) -> Result<Draft, Failure> {
    let question = ask_committees::ask(world, base);
    if question.projects.is_empty() {
        return Err(unsound("no_projects", "no project is entered in the call"));
    }
    let answer = committees::solve::solve(&question, control).map_err(faults)?;
    let has_none = answer.committees.is_empty();
    let draft = Draft { question, answer, timetable: None };
    if has_none { Err(Failure::Committees(Box::new(draft))) } else { Ok(draft) }
}

fn time(
    world: &World,
    mut draft: Draft,
    hours: Hours,
    known: Option<&Timetable>,
    control: &Control<'_>,
) -> Result<Draft, Failure> {
    if world.rooms.is_empty() {
        return Err(unsound("no_rooms", "there is no room to hold defences in"));
    }
    let question = ask_timetable::ask(world, &hours, &draft, known);
    let answer = timetable::solve::solve(&question, control).map_err(faults)?;
    let failed = answer.status == Status::Infeasible;
    draft.timetable = Some(Timetable { question, answer, hours });
    if failed { Err(Failure::Timetable(Box::new(draft))) } else { Ok(draft) }
}

/// How long a share of a run may take.
#[must_use]
pub fn share(limit_seconds: i16, share: f64) -> Duration {
    Duration::from_secs(u64::try_from(limit_seconds).unwrap_or(1)).mul_f64(share)
}
