//! Projects given to students.

use super::{ApiError, Client};
use gestfg_types::assignments::{Assignment, CreateAssignment};
use gestfg_types::ids::{AssignmentId, ProjectId};
use gestfg_types::pagination::Page;
use gestfg_types::projects::Reason;
use serde::Serialize;

/// Assignments the caller may see, under these filters.
pub async fn list_assignments(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<Assignment>, ApiError> {
    client.list("/assignments", filters).fetch().await
}

/// One assignment.
pub async fn find_assignment(client: &Client, id: AssignmentId) -> Result<Assignment, ApiError> {
    client.get(&format!("/assignments/{id}")).fetch().await
}

/// Gives a project to students.
pub async fn create_assignment(
    client: &Client,
    project_id: ProjectId,
    students: Vec<String>,
    override_reason: Option<String>,
) -> Result<Assignment, ApiError> {
    client
        .create("/assignments")
        .json(&CreateAssignment { project_id, students, override_reason })
        .fetch()
        .await
}

/// Undoes an assignment.
pub async fn cancel_assignment(
    client: &Client,
    id: AssignmentId,
    version: i32,
    reason: String,
) -> Result<Assignment, ApiError> {
    client.post(&format!("/assignments/{id}/cancel")).if_match(version).json(&Reason { reason }).fetch().await
}
