//! Runs of the planner and the versions they make.

use super::{ApiError, Client};
use gestfg_types::ids::{CallId, CommitteePlanId, PlanningJobId};
use gestfg_types::planning::{
    CommitteePlan, CommitteePlanSummary, CommitteePlans, CreatePlanningJob, PlanComparison, PlanningJob,
    PlanningJobs, Publication, PublishPlan, PublishPreview, UpdateCommitteePlan,
};
use serde::Serialize;

/// The latest runs for a call, the newest first.
pub async fn list_planning_jobs(client: &Client, call: CallId) -> Result<PlanningJobs, ApiError> {
    client.get(&format!("/calls/{call}/planning-jobs")).fetch().await
}

/// Starts a run.
pub async fn create_planning_job(
    client: &Client,
    call: CallId,
    job: &CreatePlanningJob,
) -> Result<PlanningJob, ApiError> {
    client.create(&format!("/calls/{call}/planning-jobs")).json(job).fetch().await
}

/// Stops a run.
pub async fn cancel_planning_job(client: &Client, id: PlanningJobId) -> Result<PlanningJob, ApiError> {
    client.post(&format!("/planning-jobs/{id}/cancel")).fetch().await
}

/// The versions of a call, the newest first.
pub async fn list_committee_plans(client: &Client, call: CallId) -> Result<CommitteePlans, ApiError> {
    client.get(&format!("/calls/{call}/committee-plans")).fetch().await
}

/// Names a version seen at this state of it, or takes its name away.
pub async fn rename_committee_plan(
    client: &Client,
    plan: &CommitteePlanSummary,
    name: Option<String>,
) -> Result<CommitteePlanSummary, ApiError> {
    let path = format!("/committee-plans/{}", plan.id);
    client.patch(&path).if_match(plan.version).json(&UpdateCommitteePlan { name }).fetch().await
}

/// Throws a draft away.
pub async fn delete_committee_plan(client: &Client, plan: &CommitteePlanSummary) -> Result<(), ApiError> {
    client.delete(&format!("/committee-plans/{}", plan.id)).if_match(plan.version).done().await
}

/// Copies a version to a new draft.
pub async fn restore_committee_plan(client: &Client, id: CommitteePlanId) -> Result<CommitteePlan, ApiError> {
    client.create(&format!("/committee-plans/{id}/restore")).fetch().await
}

/// How a version differs from another of its call.
pub async fn compare_committee_plans(
    client: &Client,
    id: CommitteePlanId,
    with: CommitteePlanId,
) -> Result<PlanComparison, ApiError> {
    client.get(&format!("/committee-plans/{id}/comparison?with={with}")).fetch().await
}

/// A version, whole.
pub async fn find_committee_plan(client: &Client, id: CommitteePlanId) -> Result<CommitteePlan, ApiError> {
    client.get(&format!("/committee-plans/{id}")).fetch().await
}

/// A part of a version as a file: `committees` or `timetable`, as `csv`, `xlsx` or `pdf`.
pub async fn export_committee_plan(
    client: &Client,
    id: CommitteePlanId,
    part: &str,
    format: &str,
) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/committee-plans/{id}/export?part={part}&format={format}")).download().await
}

/// Changes a version seen at this state of it: `change` is the last part of the path.
pub async fn change_committee_plan(
    client: &Client,
    plan: &CommitteePlanSummary,
    change: &str,
    body: &impl Serialize,
) -> Result<CommitteePlan, ApiError> {
    let path = format!("/committee-plans/{}/{change}", plan.id);
    client.post(&path).if_match(plan.version).json(body).fetch().await
}

/// What publishing a version would do.
pub async fn preview_publication(client: &Client, id: CommitteePlanId) -> Result<PublishPreview, ApiError> {
    client.get(&format!("/committee-plans/{id}/publish-preview")).fetch().await
}

/// Shows a version to everybody.
pub async fn publish_committee_plan(
    client: &Client,
    plan: &CommitteePlanSummary,
    override_reason: Option<String>,
) -> Result<Publication, ApiError> {
    let path = format!("/committee-plans/{}/publish", plan.id);
    client.post(&path).if_match(plan.version).json(&PublishPlan { override_reason }).fetch().await
}
