//! What is due for the caller, and how far their project has come.

use super::{ApiError, Client};
use gestfg_types::calendar::{Duties, ProgressList};

/// What is due, the most pressing first.
pub async fn my_duties(client: &Client) -> Result<Duties, ApiError> {
    client.get("/me/duties").fetch().await
}

/// How far the caller has come, degree by degree.
pub async fn my_progress(client: &Client) -> Result<ProgressList, ApiError> {
    client.get("/me/progress").fetch().await
}
