//! Conflicts of interest that were declared, beside those that follow from tutoring.

use crate::ids::{ConflictOfInterestId, ProjectId, UserId};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A project named in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProjectRef {
    /// Its id.
    pub id: ProjectId,
    /// Its title.
    pub title: String,
}

/// What the caller may do with a declaration now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictAction {
    /// Take it back.
    Delete,
}

/// A professor who may not judge a project or a student, or sit beside another
/// professor. Exactly one of the three is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConflictOfInterest {
    /// Its id.
    pub id: ConflictOfInterestId,
    /// Whose.
    pub professor: PersonRef,
    /// The project they may not judge.
    pub project: Option<ProjectRef>,
    /// The student they may not judge.
    pub student: Option<PersonRef>,
    /// The professor they may not sit beside.
    pub other_professor: Option<PersonRef>,
    /// Why.
    pub reason: String,
    /// Who declared it.
    pub declared_by: Option<PersonRef>,
    /// When.
    pub declared_at: DateTime<Utc>,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<ConflictAction>,
}

/// Declare a conflict of interest, of exactly one kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareConflict {
    /// Whose; the caller's unless said. Others': by a coordinator or an admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professor_id: Option<UserId>,
    /// A project they may not judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// A student they may not judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student_id: Option<UserId>,
    /// A professor they may not sit beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_professor_id: Option<UserId>,
    /// Why; read by them and by those who form committees.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub reason: String,
}
