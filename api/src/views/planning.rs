//! Runs of the planner and the versions they make.

use crate::domain::actor::Actor;
use crate::domain::phase_gate::OpenPhases;
use crate::domain::planning::{Draft, report};
use crate::models::committee_plan::{CommitteePlanRow, NamedPlan};
use crate::models::planning_job::{NamedJob, PlanningJobRow};
use crate::models::planning_names::Named;
use gestfg_types::calls::Phase;
use gestfg_types::ids::{AllocationRunId, CallId, CommitteePlanId, DegreeId, PlanningJobId, UserId};
use gestfg_types::planning::{
    CommitteePlan, CommitteePlanAction as Action, CommitteePlanState, CommitteePlanSummary, PlanningJob,
    PlanningKind,
};
use gestfg_types::users::PersonRef;
use serde_json::Value;

fn person(id: Option<i64>, name: Option<(String, String)>) -> Option<PersonRef> {
    let (first, last) = name?;
    Some(PersonRef { id: UserId(id?), name: format!("{first} {last}") })
}

/// A run.
#[must_use]
pub fn job((row, asker): NamedJob) -> PlanningJob {
    let state = row.state();
    let PlanningJobRow {
        id,
        call_id,
        kind,
        plan_id,
        state: _,
        seed,
        time_limit_seconds,
        progress,
        problem,
        result_plan_id,
        asked_by,
        attempts: _,
        cancel_asked_at,
        started_at,
        ended_at,
        created_at,
        allocation_run_id,
    } = row;
    PlanningJob {
        id: PlanningJobId(id),
        call_id: CallId(call_id),
        kind: PlanningKind::from_name(&kind).unwrap_or(PlanningKind::Committees),
        plan_id: plan_id.map(CommitteePlanId),
        state,
        seed,
        time_limit_seconds,
        progress: progress.and_then(|progress| serde_json::from_value(progress).ok()),
        problem: problem.and_then(|problem| serde_json::from_value(problem).ok()),
        result_plan_id: result_plan_id.map(CommitteePlanId),
        allocation_run_id: allocation_run_id.map(AllocationRunId),
        asked_by: person(asked_by, asker),
        asked_at: created_at,
        cancel_asked_at,
        started_at,
        ended_at,
    }
}

/// A version in a list, for this viewer while these phases are open.
#[must_use]
pub fn summary(
    (row, author): &NamedPlan,
    degree: DegreeId,
    viewer: &Actor,
    open: &OpenPhases,
) -> CommitteePlanSummary {
    let count = |value: Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
    let projects = row.committees_instance["projects"].as_array().map(Vec::as_slice).unwrap_or_default();
    let students =
        |project: &Value| project["students"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
    CommitteePlanSummary {
        id: CommitteePlanId(row.id),
        call_id: CallId(row.call_id),
        number: row.number,
        name: row.name.clone(),
        based_on: row.based_on.map(CommitteePlanId),
        state: row.state(),
        committee_count: count(row.committees_solution.get("committees")),
        defence_count: projects.iter().map(students).sum(),
        scheduled_count: row.timetable_solution.as_ref().map(|answer| count(answer.get("placements"))),
        created_by: person(row.created_by, author.clone()),
        created_at: row.created_at,
        updated_at: row.updated_at,
        published_at: row.published_at,
        version: row.version,
        allowed_actions: allowed_actions(row, degree, viewer, open),
    }
}

fn allowed_actions(
    row: &CommitteePlanRow,
    degree: DegreeId,
    viewer: &Actor,
    open: &OpenPhases,
) -> Vec<Action> {
    if !viewer.keeps_degree(degree) {
        return Vec::new();
    }
    let in_phase = open.contains_call(CallId(row.call_id), Phase::CommitteeFormation);
    let mut actions = vec![Action::Rename, Action::Restore];
    if row.state() == CommitteePlanState::Draft {
        actions.extend(if in_phase {
            [Action::Edit, Action::Publish]
        } else {
            [Action::EditWithReason, Action::PublishWithReason]
        });
        actions.push(Action::Delete);
    }
    actions
}

/// A version, whole.
#[must_use]
pub fn plan(
    row: CommitteePlanRow,
    summary: CommitteePlanSummary,
    draft: &Draft,
    named: Named,
) -> CommitteePlan {
    CommitteePlan {
        summary,
        committees_instance: row.committees_instance,
        committees_solution: row.committees_solution,
        timetable_instance: row.timetable_instance,
        timetable_solution: row.timetable_solution,
        report: report::report(draft, &named.words),
        unplaced: report::unplaced(draft, &named.words),
        names: named.names,
    }
}
