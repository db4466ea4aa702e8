//! Who wrote what, when and from where.

use crate::ids::{AuditEntryId, DegreeId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// Its id; later ones are larger.
    pub id: AuditEntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, while the account exists.
    pub actor_id: Option<UserId>,
    /// Who, by name at that time; `system` when nobody asked.
    pub actor_name: String,
    /// From which network address.
    pub address: Option<String>,
    /// The request it belongs to.
    pub request_id: Option<String>,
    /// What was done, e.g. `project.publish`.
    pub action: String,
    /// To what kind of thing, e.g. `project`.
    pub entity: String,
    /// Which one.
    pub entity_id: Option<i64>,
    /// The degree it belongs to, if any.
    pub degree_id: Option<DegreeId>,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
    /// The values before, without secrets.
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    /// The values after, without secrets.
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
}
