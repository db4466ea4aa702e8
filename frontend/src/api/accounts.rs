//! One's own account.

use super::{ApiError, Client};
use gestfg_types::accounts::{ApiToken, ApiTokenCreated, ChangePassword, CreateApiToken, UpdateMe};
use gestfg_types::ids::ApiTokenId;
use gestfg_types::pagination::Page;
use gestfg_types::session::Me;

/// Changes one's own data.
pub async fn update_me(client: &Client, version: i32, changes: &UpdateMe) -> Result<Me, ApiError> {
    client.patch("/me").if_match(version).json(changes).fetch().await
}

/// Changes one's own password.
pub async fn change_password(client: &Client, change: &ChangePassword) -> Result<(), ApiError> {
    client.put("/me/password").json(change).done().await
}

/// One's personal tokens.
pub async fn list_tokens(client: &Client) -> Result<Page<ApiToken>, ApiError> {
    client.get("/me/tokens?limit=200").fetch().await
}

/// Makes a personal token.
pub async fn create_token(client: &Client, request: &CreateApiToken) -> Result<ApiTokenCreated, ApiError> {
    client.create("/me/tokens").json(request).fetch().await
}

/// Ends a personal token.
pub async fn delete_token(client: &Client, id: ApiTokenId) -> Result<(), ApiError> {
    client.delete(&format!("/me/tokens/{id}")).done().await
}
