//! The thread between the students and tutors of an assignment.

use crate::ids::{AssignmentId, MessageId, ProjectId};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most characters a message may have.
pub const BODY_MAX: usize = 5_000;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Its id; later messages have greater ones.
    pub id: MessageId,
    /// Who wrote it; null once their account is gone.
    pub author: Option<PersonRef>,
    /// Whether the caller wrote it.
    pub is_own: bool,
    /// Plain text, as written.
    pub body: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Whether the caller had read as far as this before asking.
    pub is_read: bool,
}

/// Write a message.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateMessage {
    /// Plain text.
    #[schema(min_length = 1, max_length = 5000)]
    pub body: String,
}

/// Say how far a thread has been read.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadMessages {
    /// Up to this one, itself included.
    pub up_to: MessageId,
}

/// A thread the caller takes part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Thread {
    /// Of which assignment.
    pub assignment_id: AssignmentId,
    /// Its project.
    pub project_id: ProjectId,
    /// The project's title.
    pub project_title: String,
    /// Students and tutors, the caller left out.
    pub others: Vec<PersonRef>,
    /// The last message, if there is one.
    pub last_message: Option<Message>,
    /// How many the caller has not read.
    pub unread: i64,
    /// Whether messages can still be written: not once the assignment is cancelled.
    pub is_open: bool,
}
