//! Allocations.

use crate::domain::allocation::answer::{self, measures, teams};
use crate::domain::allocation::ids;
use crate::models::allocation_names::Names;
use crate::models::allocation_round::RoundRow;
use crate::models::allocation_run::NamedRun;
use chrono::{DateTime, Utc};
use diesel::QueryResult;
use gestfg_planner::allocation::{Instance, Solution};
use gestfg_types::allocation_rounds::AllocationRoundState;
use gestfg_types::allocation_runs::{
    AllocationRun, AllocationRunAction as Action, AllocationRunState as State, AllocationRunSummary,
    TutorLoad,
};
use gestfg_types::ids::{PlanningJobId, UserId};
use gestfg_types::users::PersonRef;

/// A run in a list, at this moment.
///
/// # Errors
/// When an older release wrote it in a form we have lost.
pub fn summary(
    (row, job, author): &NamedRun,
    round: &RoundRow,
    now: DateTime<Utc>,
) -> QueryResult<AllocationRunSummary> {
    let measures = match row.answer()? {
        Some(solution) => Some(measures(&row.question()?, &solution)),
        None => None,
    };
    let state = row.state(job);
    let is_live = round.facts().settled.is_none();
    let has_closed = round.facts().state(now) == AllocationRoundState::Closed;
    let actions = [
        (Action::Rename, true),
        (Action::Delete, state != State::Published && state != State::UnderWay),
        (Action::Publish, state == State::Draft && is_live && has_closed),
        (Action::PublishWithReason, state == State::Draft && is_live && !has_closed),
    ];
    Ok(AllocationRunSummary {
        id: row.run_id(),
        round_id: round.round_id(),
        number: row.number,
        name: row.name.clone(),
        method: row.method(),
        seed: row.seed,
        input_hash: row.input_hash.clone(),
        algorithm_version: row.algorithm_version.clone(),
        state,
        job_id: PlanningJobId(job.id),
        problem: job.problem.clone().and_then(|problem| serde_json::from_value(problem).ok()),
        measures,
        created_by: row
            .created_by
            .zip(author.clone())
            .map(|(id, (first, last))| PersonRef { id: UserId(id), name: format!("{first} {last}") }),
        created_at: row.created_at,
        published_at: row.published_at,
        version: row.version,
        allowed_actions: actions.into_iter().filter_map(|(action, may)| may.then_some(action)).collect(),
    })
}

/// A run, whole, with the names of what is in it.
#[must_use]
pub fn run(
    named: NamedRun,
    summary: AllocationRunSummary,
    question: &Instance,
    answer: Option<&Solution>,
    names: &Names,
) -> AllocationRun {
    let teams = teams(question);
    let projects = question.projects.iter().filter_map(|project| ids::project_of(&project.id));
    AllocationRun {
        summary,
        applications: teams.iter().map(|(id, students)| names.application(*id, students)).collect(),
        projects: projects.map(|id| names.project(id)).collect(),
        tutors: answer.map(|answer| loads(question, answer, names)).unwrap_or_default(),
        instance: named.0.instance,
        solution: named.0.solution,
    }
}

/// What each tutor got, the most first.
fn loads(question: &Instance, answer: &Solution, names: &Names) -> Vec<TutorLoad> {
    let mut list: Vec<TutorLoad> = answer::loads(question, answer)
        .into_iter()
        .map(|(id, load)| TutorLoad {
            tutor: names.person(id),
            projects: load.projects,
            students: load.students,
        })
        .collect();
    list.sort_by(|a, b| b.students.cmp(&a.students).then(a.tutor.name.cmp(&b.tutor.name)));
    list
}
