//! Areas, departments, degrees and sittings.

use super::{ApiError, Client};
use gestfg_types::master::{Degree, Department};
use gestfg_types::pagination::Page;

/// The degrees offered for choice.
pub async fn active_degrees(client: &Client) -> Result<Page<Degree>, ApiError> {
    client.get("/degrees?is_active=true&limit=200").fetch().await
}

/// The departments offered for choice.
pub async fn active_departments(client: &Client) -> Result<Page<Department>, ApiError> {
    client.get("/departments?is_active=true&limit=200").fetch().await
}
