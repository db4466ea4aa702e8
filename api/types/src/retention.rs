//! How long things are kept.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most months anything can be kept by a rule.
pub const RETENTION_MONTHS_MAX: u16 = 600;

stored_enum! {
    /// What goes when its time is over. Log-ins go 31 days after their end, mails 90 days after they
    /// were sent and notifications that were read after 180 days, whatever these rules say.
    RetentionKind {
        /// Accounts of students are anonymised, so long after their last minutes were closed and
        /// their last log-in, unless they are in the middle of something.
        Students = "students",
        /// The bytes of what was handed in, so long after the minutes of its call were closed; that
        /// it was handed in stays, with its SHA-256.
        Documents = "documents",
        /// Imported spreadsheets and the cells of their rows.
        ImportFiles = "import_files",
        /// Mails, so long after they were sent or given up.
        Mails = "mails",
        /// Notifications, read or not.
        Notifications = "notifications",
        /// From where things were done, in the audit log.
        AuditAddresses = "audit_addresses",
        /// When professors could not come.
        Availability = "availability",
    }
}

/// How long one kind of thing is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// What.
    pub kind: RetentionKind,
    /// How many months; null: without end.
    #[schema(minimum = 1, maximum = 600)]
    pub months: Option<u16>,
}

/// What the latest night removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionNight {
    /// Which night, by its date.
    pub day: NaiveDate,
    /// When it was done; null while it goes on.
    pub ended_at: Option<DateTime<Utc>>,
    /// How much of what.
    pub removed: Vec<RetentionCount>,
}

/// How much there is of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionCount {
    /// Of what.
    pub kind: RetentionKind,
    /// How many.
    pub count: i64,
}

/// How long everything is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionSettings {
    /// Every kind, in order.
    pub rules: Vec<RetentionRule>,
    /// The latest night that removed something or tried to.
    pub last_night: Option<RetentionNight>,
    /// Version for `If-Match`.
    pub version: i32,
}

/// Set how long things are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteRetention {
    /// Each kind once at most; those left out are kept without end.
    pub rules: Vec<RetentionRule>,
}

/// Something whose time would be over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionItem {
    /// Its id.
    pub id: i64,
    /// What people know it by.
    pub name: String,
    /// Since when its time runs.
    pub since: DateTime<Utc>,
}
