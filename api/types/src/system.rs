//! How the installation is doing, for admins.

use crate::retention::RetentionNight;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the installation is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SystemStatus {
    /// The program that answered; others may run beside it.
    pub program: Program,
    /// How far the schema is.
    pub migrations: Migrations,
    /// The database.
    pub database: DatabaseStatus,
    /// What waits for a worker, by queue.
    pub queues: Vec<Queue>,
    /// The latest mails that could not be sent so far.
    pub mail_errors: Vec<MailError>,
    /// The latest errors nobody expected, newest first.
    pub errors: Vec<UnexpectedError>,
    /// The latest night on which things past their time were removed.
    pub last_retention: Option<RetentionNight>,
    /// The latest backup that was taken with `gestfg backup`.
    pub last_backup: Option<Backup>,
}

/// A running program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Program {
    /// Its version.
    pub version: String,
    /// The commit it was made of, or `unknown`.
    pub commit: String,
    /// Since when it runs.
    pub started_at: DateTime<Utc>,
    /// Memory it takes, in bytes, where the system tells.
    pub resident_bytes: Option<i64>,
    /// Streams of what changes that are open.
    pub streams: i64,
    /// Connections for requests that are at work.
    pub connections_used: i64,
    /// Connections for requests there may be.
    pub connections_limit: i64,
}

/// How far the schema is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Migrations {
    /// How many have been applied.
    pub applied: i64,
    /// The latest of them.
    pub latest: Option<String>,
    /// Those the program has and the database has not.
    pub pending: Vec<String>,
}

/// The database, as it says itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DatabaseStatus {
    /// The version of PostgreSQL.
    pub version: String,
    /// Connections there are, ours and others'.
    pub connections: i64,
    /// Connections there may be.
    pub connections_limit: i64,
    /// What takes most room.
    pub tables: Vec<TableSize>,
}

/// What a table takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableSize {
    /// Its name.
    pub name: String,
    /// With its indexes, in bytes.
    pub bytes: i64,
}

stored_enum! {
    /// Something that a worker does behind the scenes.
    QueueKind {
        /// Mails are sent.
        Mails = "mails",
        /// The planner makes committees and timetables.
        Plans = "plans",
        /// Documents are read and compared with others.
        Comparisons = "comparisons",
    }
}

/// How much waits for a worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    /// Which.
    pub kind: QueueKind,
    /// How much waits, what is at work included.
    pub waiting: i64,
    /// How much was given up.
    pub failed: i64,
}

/// Why a mail could not be sent so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailError {
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i32,
    /// What was said last.
    pub error: String,
}

/// An error nobody expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnexpectedError {
    /// When.
    pub happened_at: DateTime<Utc>,
    /// The request, as its answer and the log name it.
    pub request_id: String,
    /// What was asked: the method and the pattern of the path.
    pub operation: String,
    /// What went wrong, without anything that may be of a person.
    pub error: String,
}

/// A backup that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Backup {
    /// When it was done.
    pub ended_at: DateTime<Utc>,
    /// Rows in it.
    pub row_count: i64,
    /// Documents in it.
    pub document_count: i64,
    /// Their bytes.
    pub document_bytes: i64,
    /// Documents that were left in the bucket.
    pub left_in_bucket: i64,
}
