//! Professors, students and accounts.

use super::{ApiError, Client};
use gestfg_types::pagination::Page;
use gestfg_types::users::Professor;

/// Professors whose name holds these words.
pub async fn search_professors(
    client: &Client,
    words: &str,
    limit: u32,
) -> Result<Page<Professor>, ApiError> {
    client.list("/professors", &[("q", words.trim()), ("limit", &limit.to_string())]).fetch().await
}
