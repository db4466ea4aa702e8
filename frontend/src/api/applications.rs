//! Rounds, what students ask for in them, and how tutors order them.

use super::{ApiError, Client};
use gestfg_types::allocation_rounds::{
    AllocationRound, AllocationRounds, CreateAllocationRound, OfferedProject, UpdateAllocationRound,
};
use gestfg_types::applications::{
    Application, CreateApplication, ProjectApplicants, RankApplicants, UpdateApplication, WithdrawApplication,
};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, CallId, ProjectId};
use gestfg_types::pagination::Page;
use gestfg_types::projects::Reason;
use serde::Serialize;

/// The rounds of a call, in their order.
pub async fn list_allocation_rounds(client: &Client, call: CallId) -> Result<AllocationRounds, ApiError> {
    client.get(&format!("/calls/{call}/allocation-rounds")).fetch().await
}

/// One round.
pub async fn find_allocation_round(
    client: &Client,
    id: AllocationRoundId,
) -> Result<AllocationRound, ApiError> {
    client.get(&format!("/allocation-rounds/{id}")).fetch().await
}

/// Opens a round of a call.
pub async fn create_allocation_round(
    client: &Client,
    call: CallId,
    round: &CreateAllocationRound,
) -> Result<AllocationRound, ApiError> {
    client.create(&format!("/calls/{call}/allocation-rounds")).json(round).fetch().await
}

/// Changes a round seen at this version.
pub async fn update_allocation_round(
    client: &Client,
    id: AllocationRoundId,
    version: i32,
    changes: &UpdateAllocationRound,
) -> Result<AllocationRound, ApiError> {
    client.patch(&format!("/allocation-rounds/{id}")).if_match(version).json(changes).fetch().await
}

/// Calls a round off.
pub async fn cancel_allocation_round(
    client: &Client,
    id: AllocationRoundId,
    version: i32,
    reason: &str,
) -> Result<AllocationRound, ApiError> {
    let body = Reason { reason: reason.to_owned() };
    client.post(&format!("/allocation-rounds/{id}/cancel")).if_match(version).json(&body).fetch().await
}

/// What can be asked for in a round, by title.
pub async fn list_offered_projects(
    client: &Client,
    id: AllocationRoundId,
    filters: &impl Serialize,
) -> Result<Page<OfferedProject>, ApiError> {
    client.list(&format!("/allocation-rounds/{id}/projects"), filters).fetch().await
}

/// Applications the caller may see, under these filters.
pub async fn list_applications(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<Application>, ApiError> {
    client.list("/applications", filters).fetch().await
}

/// Applications under the filters of a list, as a file: `csv` or `xlsx`.
pub async fn export_applications(client: &Client, filters: &impl Serialize) -> Result<Vec<u8>, ApiError> {
    client.list("/applications/export", filters).download().await
}

/// One application.
pub async fn find_application(client: &Client, id: ApplicationId) -> Result<Application, ApiError> {
    client.get(&format!("/applications/{id}")).fetch().await
}

/// Applies.
pub async fn create_application(
    client: &Client,
    application: &CreateApplication,
) -> Result<Application, ApiError> {
    client.create("/applications").json(application).fetch().await
}

/// Saves an application seen at this version.
pub async fn update_application(
    client: &Client,
    id: ApplicationId,
    version: i32,
    changes: &UpdateApplication,
) -> Result<Application, ApiError> {
    client.patch(&format!("/applications/{id}")).if_match(version).json(changes).fetch().await
}

/// Takes an application back.
pub async fn withdraw_application(
    client: &Client,
    id: ApplicationId,
    version: i32,
    override_reason: Option<String>,
) -> Result<Application, ApiError> {
    let body = WithdrawApplication { override_reason };
    client.post(&format!("/applications/{id}/withdraw")).if_match(version).json(&body).fetch().await
}

/// Says yes to an invitation.
pub async fn confirm_application(client: &Client, id: ApplicationId) -> Result<Application, ApiError> {
    client.post(&format!("/applications/{id}/confirm")).fetch().await
}

/// Turns an invitation down, or leaves the team.
pub async fn decline_application(client: &Client, id: ApplicationId) -> Result<(), ApiError> {
    client.post(&format!("/applications/{id}/decline")).done().await
}

/// Who asks for a project in its latest round.
pub async fn list_project_applicants(client: &Client, id: ProjectId) -> Result<ProjectApplicants, ApiError> {
    client.get(&format!("/projects/{id}/applicants")).fetch().await
}

/// Puts those who ask for a project in order.
pub async fn rank_project_applicants(
    client: &Client,
    id: ProjectId,
    version: i32,
    order: &RankApplicants,
) -> Result<ProjectApplicants, ApiError> {
    client.put(&format!("/projects/{id}/applicants")).if_match(version).json(order).fetch().await
}
