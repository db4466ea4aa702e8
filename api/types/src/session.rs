//! Logging in and knowing who one is.

use crate::ids::{DegreeId, DepartmentId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Credentials.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// E-mail address or DNI/NIE; case and separators do not count.
    #[schema(max_length = 320)]
    pub login: String,
    /// The password.
    #[schema(max_length = 256)]
    pub password: String,
}

/// A fresh access token. The refresh token travels in an `HttpOnly` cookie.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SessionOpened {
    /// JWT for the `Authorization: Bearer` header.
    pub access_token: String,
    /// When the access token stops working.
    pub expires_at: DateTime<Utc>,
    /// Who logged in.
    pub user: Me,
}

/// The language of the interface and of mails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Spanish.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// `es` or `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }
}

/// A degree named in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DegreeRef {
    /// Its id.
    pub id: DegreeId,
    /// Its code, e.g. `GII`.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A department named in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DepartmentRef {
    /// Its id.
    pub id: DepartmentId,
    /// Its code, e.g. `LSI`.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The roles a person holds; several at once are usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Roles {
    /// May do everything.
    pub admin: bool,
    /// Teaches in this department.
    pub professor: Option<DepartmentRef>,
    /// Heads this department.
    pub head_of: Option<DepartmentRef>,
    /// Coordinates these degrees.
    pub coordinates: Vec<DegreeRef>,
    /// Studies; with the degrees enrolled in (may be empty).
    pub student: Option<Vec<DegreeRef>>,
}

/// What the signed-in person may do anywhere: the menu is drawn from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Create projects as their tutor.
    CreateProjects,
    /// See a queue of submitted projects and decide on them.
    ValidateProjects,
    /// Import projects.
    ImportProjects,
    /// Import people, departments and degrees.
    ImportMasterData,
    /// Import students.
    ImportStudents,
    /// Create and edit areas, departments, degrees and sittings.
    ManageMasterData,
    /// See and edit every account.
    ManagePeople,
    /// See and edit students of the degrees coordinated.
    ManageStudents,
    /// Read the audit log (all of it, or that of the degrees coordinated).
    ReadAuditLog,
    /// Read the developer outbox.
    ReadOutbox,
    /// Make and edit calls (all of them, or those of the degrees coordinated).
    ManageCalls,
    /// Write announcements and entries of the calendar.
    ManageEvents,
    /// Keep rooms, ask for availability and say how committees are made.
    PlanCommittees,
}

/// The signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// Their id.
    pub id: UserId,
    /// Their e-mail address, if known.
    pub email: Option<String>,
    /// Their DNI/NIE, if known.
    pub dni: Option<String>,
    /// Given name.
    pub first_name: String,
    /// Family names.
    pub last_name: String,
    /// Language of the interface and of mails.
    pub language: Language,
    /// What they are.
    pub roles: Roles,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// Version for `If-Match`.
    pub version: i32,
}

impl Me {
    /// Whether the menu should offer this.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}
