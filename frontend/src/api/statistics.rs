//! Statistics.

use super::{ApiError, Client};
use gestfg_types::statistics::Statistics;
use serde::Serialize;

/// The figures under these filters.
pub async fn find_statistics(client: &Client, filters: &impl Serialize) -> Result<Statistics, ApiError> {
    client.list("/statistics", filters).fetch().await
}

/// Has them gathered anew.
pub async fn gather_statistics(client: &Client) -> Result<(), ApiError> {
    client.post("/statistics/gather").done().await
}
