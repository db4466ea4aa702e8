//! Professors, students and accounts.

use super::{ApiError, Client};
use gestfg_types::accounts::IdentityClaim;
use gestfg_types::applications::StudentRecord;
use gestfg_types::ids::{DepartmentId, IdentityClaimId, UserId};
use gestfg_types::pagination::Page;
use gestfg_types::projects::Reason;
use gestfg_types::users::{CreateUser, Professor, UpdateUser, User, UserAction};
use serde::Serialize;

/// Professors whose name holds these words, of one department or of any.
pub async fn search_professors(
    client: &Client,
    words: &str,
    department: Option<DepartmentId>,
    limit: u32,
) -> Result<Page<Professor>, ApiError> {
    let department = department.map(|id| id.to_string()).unwrap_or_default();
    let filters =
        [("q", words.trim()), ("department_id", department.as_str()), ("limit", &limit.to_string())];
    client.list("/professors", &filters).fetch().await
}

/// Students the caller keeps whose name holds these words.
pub async fn search_students(client: &Client, words: &str, limit: u32) -> Result<Page<User>, ApiError> {
    client.list("/students", &[("q", words.trim()), ("limit", &limit.to_string())]).fetch().await
}

/// Accounts under these filters.
pub async fn list_users(client: &Client, filters: &impl Serialize) -> Result<Page<User>, ApiError> {
    client.list("/users", filters).fetch().await
}

/// One account.
pub async fn find_user(client: &Client, id: UserId) -> Result<User, ApiError> {
    client.get(&format!("/users/{id}")).fetch().await
}

/// Makes an account and mails its owner a link.
pub async fn create_user(client: &Client, user: &CreateUser) -> Result<User, ApiError> {
    client.create("/users").json(user).fetch().await
}

/// Changes an account seen at this version.
pub async fn update_user(
    client: &Client,
    id: UserId,
    version: i32,
    changes: &UpdateUser,
) -> Result<User, ApiError> {
    client.patch(&format!("/users/{id}")).if_match(version).json(changes).fetch().await
}

/// Does to an account what is no edit; nothing is left of a removed one, and
/// an invitation changes nothing.
pub async fn act_on_user(client: &Client, user: &User, action: UserAction) -> Result<Option<User>, ApiError> {
    let path = format!("/users/{}", user.id);
    let post = |verb: &str| client.post(&format!("{path}/{verb}")).if_match(user.version);
    match action {
        UserAction::Deactivate => post("deactivate").fetch().await.map(Some),
        UserAction::Reactivate => post("reactivate").fetch().await.map(Some),
        UserAction::Invite => client.post(&format!("{path}/invite")).done().await.map(|()| None),
        UserAction::Delete => client.delete(&path).if_match(user.version).done().await.map(|()| None),
        // Asks for a reason, so it has a function of its own.
        UserAction::Anonymise | UserAction::Edit => find_user(client, user.id).await.map(Some),
    }
}

/// Claims on pre-loaded students that wait for a decision.
pub async fn list_claims(client: &Client, filters: &impl Serialize) -> Result<Page<IdentityClaim>, ApiError> {
    client.list("/identity-claims", filters).fetch().await
}

/// Joins the claimant and the student on file.
pub async fn confirm_claim(client: &Client, id: IdentityClaimId) -> Result<(), ApiError> {
    client.post(&format!("/identity-claims/{id}/confirm")).done().await
}

/// Leaves the claimant and the student on file apart.
pub async fn reject_claim(client: &Client, id: IdentityClaimId, reason: String) -> Result<(), ApiError> {
    client.post(&format!("/identity-claims/{id}/reject")).json(&Reason { reason }).done().await
}

/// A student's academic record.
pub async fn find_student_record(client: &Client, id: UserId) -> Result<StudentRecord, ApiError> {
    client.get(&format!("/students/{id}/record")).fetch().await
}

/// Writes it, or takes it away.
pub async fn write_student_record(
    client: &Client,
    id: UserId,
    record: Option<String>,
) -> Result<StudentRecord, ApiError> {
    client.put(&format!("/students/{id}/record")).json(&StudentRecord { record }).fetch().await
}
