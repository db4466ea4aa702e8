//! Assignments entered in calls.

use super::{ApiError, Client};
use gestfg_types::evaluation_requests::{
    CreateEvaluationRequest, CreateEvaluationRequests, EvaluationRequest, EvaluationRequestOutcomes,
    WithdrawEvaluationRequest,
};
use gestfg_types::ids::{AssignmentId, CallId, EvaluationRequestId};
use gestfg_types::pagination::Page;
use serde::Serialize;

/// Requests the caller may see, under these filters.
pub async fn list_requests(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<EvaluationRequest>, ApiError> {
    client.list("/evaluation-requests", filters).fetch().await
}

/// All requests of an assignment, the withdrawn too.
pub async fn requests_of_assignment(
    client: &Client,
    id: AssignmentId,
) -> Result<Page<EvaluationRequest>, ApiError> {
    client.get(&format!("/evaluation-requests?assignment_id={id}&limit=200")).fetch().await
}

/// Enters an assignment in a call.
pub async fn create_request(
    client: &Client,
    request: &CreateEvaluationRequest,
) -> Result<EvaluationRequest, ApiError> {
    client.create("/evaluation-requests").json(request).fetch().await
}

/// Enters several, each on its own account.
pub async fn create_requests(
    client: &Client,
    requests: &CreateEvaluationRequests,
) -> Result<EvaluationRequestOutcomes, ApiError> {
    client.post("/evaluation-request-batches").json(requests).fetch().await
}

/// Takes a request back.
pub async fn withdraw_request(
    client: &Client,
    id: EvaluationRequestId,
    version: i32,
    override_reason: Option<String>,
) -> Result<EvaluationRequest, ApiError> {
    client
        .post(&format!("/evaluation-requests/{id}/withdraw"))
        .if_match(version)
        .json(&WithdrawEvaluationRequest { override_reason })
        .fetch()
        .await
}

/// The requests of a call as a file, `csv` or `xlsx`.
pub async fn export_requests(client: &Client, call: CallId, format: &str) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/evaluation-requests/export?call_id={call}&format={format}")).download().await
}
