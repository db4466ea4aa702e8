//! Projects given to students.

use crate::ids::{AssignmentId, CallId, EvaluationRequestId, ProjectId};
use crate::session::DegreeRef;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an assignment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    /// Being worked on.
    Active,
    /// Defended and closed.
    Finished,
    /// Undone with a reason.
    Cancelled,
}

impl AssignmentState {
    /// As it travels and is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What the caller may do with an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentAction {
    /// Undo it, with a reason.
    Cancel,
    /// Enter it in a call that takes requests now.
    RequestEvaluation,
    /// Write to its students and tutors.
    Write,
}

/// A student of an assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssignedStudent {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// Their address, for those who work with them.
    pub email: Option<String>,
}

/// A project given to its students.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The project.
    pub project_id: ProjectId,
    /// The project's title.
    pub project_title: String,
    /// Whose degree.
    pub degree: DegreeRef,
    /// The tutor.
    pub tutor: PersonRef,
    /// The co-tutor.
    pub cotutor: Option<PersonRef>,
    /// One to three students.
    pub students: Vec<AssignedStudent>,
    /// Where it is.
    pub state: AssignmentState,
    /// Who assigned it.
    pub assigned_by: Option<PersonRef>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was undone.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why it was undone.
    pub cancel_reason: Option<String>,
    /// Its live evaluation request.
    pub evaluation_request_id: Option<EvaluationRequestId>,
    /// The call that request is in.
    pub call_id: Option<CallId>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<AssignmentAction>,
}

/// Give a published project to students.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAssignment {
    /// Which project.
    pub project_id: ProjectId,
    /// E-mail address or DNI/NIE of each student. An unknown institutional
    /// student address gets an account and a mail.
    #[schema(min_items = 1, max_items = 3)]
    pub students: Vec<String>,
    /// Why it is done outside the assignment phase; admins and coordinators only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}
