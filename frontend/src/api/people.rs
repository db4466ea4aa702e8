//! Professors, students and accounts.

use super::{ApiError, Client};
use gestfg_types::ids::DepartmentId;
use gestfg_types::pagination::Page;
use gestfg_types::users::Professor;

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
