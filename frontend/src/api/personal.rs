//! Personal data: one's own copy, being forgotten, how long things are kept.

use super::{ApiError, Client};
use gestfg_types::ids::UserId;
use gestfg_types::pagination::Page;
use gestfg_types::personal::{AnonymisationPreview, AskPersonalData};
use gestfg_types::projects::Reason;
use gestfg_types::retention::{RetentionItem, RetentionSettings, WriteRetention};
use gestfg_types::users::User;
use serde::Serialize;

/// A copy of everything kept about oneself.
pub async fn personal_data(client: &Client, password: String) -> Result<Vec<u8>, ApiError> {
    client.post("/me/export").json(&AskPersonalData { password }).download().await
}

/// What anonymising somebody would do.
pub async fn preview_anonymisation(client: &Client, id: UserId) -> Result<AnonymisationPreview, ApiError> {
    client.get(&format!("/users/{id}/anonymisation")).fetch().await
}

/// Removes for good what names an account's owner.
pub async fn anonymise(client: &Client, user: &User, reason: String) -> Result<User, ApiError> {
    let path = format!("/users/{}/anonymise", user.id);
    client.post(&path).if_match(user.version).json(&Reason { reason }).fetch().await
}

/// How long things are kept.
pub async fn find_retention(client: &Client) -> Result<RetentionSettings, ApiError> {
    client.get("/retention-settings").fetch().await
}

/// Sets how long things are kept, as seen at this version.
pub async fn write_retention(
    client: &Client,
    version: i32,
    rules: &WriteRetention,
) -> Result<RetentionSettings, ApiError> {
    client.put("/retention-settings").if_match(version).json(rules).fetch().await
}

/// What a rule would remove.
pub async fn list_retention_due(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<RetentionItem>, ApiError> {
    client.list("/retention-settings/due", filters).fetch().await
}
