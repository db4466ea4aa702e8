//! Calls and their dates.

use super::{ApiError, Client};
use gestfg_types::calls::{Call, CopyCall, CreateCall, UpdateCall};
use gestfg_types::ids::{CallId, DegreeId};
use gestfg_types::pagination::Page;
use serde::Serialize;

/// Calls the caller may see, under these filters.
pub async fn list_calls(client: &Client, filters: &impl Serialize) -> Result<Page<Call>, ApiError> {
    client.list("/calls", filters).fetch().await
}

/// Opened calls that are not over yet, of one degree or of all.
pub async fn current_calls(client: &Client, degree: Option<DegreeId>) -> Result<Page<Call>, ApiError> {
    let degree = degree.map(|id| id.to_string()).unwrap_or_default();
    let filters = [("degree_id", degree.as_str()), ("state", "open"), ("current", "true"), ("limit", "200")];
    list_calls(client, &filters).await
}

/// One call.
pub async fn find_call(client: &Client, id: CallId) -> Result<Call, ApiError> {
    client.get(&format!("/calls/{id}")).fetch().await
}

/// Makes a call, as a draft.
pub async fn create_call(client: &Client, call: &CreateCall) -> Result<Call, ApiError> {
    client.create("/calls").json(call).fetch().await
}

/// Changes a call seen at this version.
pub async fn update_call(
    client: &Client,
    id: CallId,
    version: i32,
    changes: &UpdateCall,
) -> Result<Call, ApiError> {
    client.patch(&format!("/calls/{id}")).if_match(version).json(changes).fetch().await
}

/// Shows a call to everybody and lets its dates count.
pub async fn open_call(client: &Client, id: CallId, version: i32) -> Result<Call, ApiError> {
    client.post(&format!("/calls/{id}/open")).if_match(version).fetch().await
}

/// Copies a call into another year.
pub async fn copy_call(client: &Client, id: CallId, copy: &CopyCall) -> Result<Call, ApiError> {
    client.create(&format!("/calls/{id}/copy")).json(copy).fetch().await
}

/// Removes a call seen at this version.
pub async fn delete_call(client: &Client, id: CallId, version: i32) -> Result<(), ApiError> {
    client.delete(&format!("/calls/{id}")).if_match(version).done().await
}
