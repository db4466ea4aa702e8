//! People and their accounts.

use crate::ids::{DegreeId, DepartmentId, UserId};
use crate::session::{DepartmentRef, Language, Roles};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person named in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonRef {
    /// Their id.
    pub id: UserId,
    /// Given name and family names.
    pub name: String,
}

/// A professor as everyone may see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Professor {
    /// Their id.
    pub id: UserId,
    /// Given name and family names.
    pub name: String,
    /// Where they teach.
    pub department: DepartmentRef,
}

/// What may be done with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserAction {
    /// Change data or roles.
    Edit,
    /// End sessions and refuse log-in.
    Deactivate,
    /// Allow log-in again.
    Reactivate,
    /// Mail a link that sets the password.
    Invite,
    /// Remove: only without history.
    Delete,
    /// Remove what names the person, keep the history.
    Anonymise,
}

/// An account as its keepers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// E-mail address, if known.
    pub email: Option<String>,
    /// DNI/NIE, if known and the caller may see it.
    pub dni: Option<String>,
    /// Given name.
    pub first_name: String,
    /// Family names.
    pub last_name: String,
    /// Language of mails.
    pub language: Language,
    /// What they are.
    pub roles: Roles,
    /// Whether they may log in.
    pub is_active: bool,
    /// Whether a password has been set.
    pub has_password: bool,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When anything last changed.
    pub updated_at: DateTime<Utc>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it.
    pub allowed_actions: Vec<UserAction>,
}

/// Make an account and mail its owner a link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    /// E-mail address; an account has it, a DNI, or both.
    #[serde(default)]
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// DNI/NIE.
    #[serde(default)]
    #[schema(max_length = 20)]
    pub dni: Option<String>,
    /// Given name.
    #[schema(min_length = 1, max_length = 100)]
    pub first_name: String,
    /// Family names.
    #[schema(min_length = 1, max_length = 150)]
    pub last_name: String,
    /// Language of mails.
    #[serde(default)]
    pub language: Language,
    /// May do everything.
    #[serde(default)]
    pub is_admin: bool,
    /// Teaches in this department.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// Studies these degrees; present (even empty) makes a student.
    #[serde(default)]
    pub degree_ids: Option<Vec<DegreeId>>,
}

/// Change an account. Absent fields stay as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUser {
    /// E-mail address; null removes it.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 254)]
    pub email: Option<Option<String>>,
    /// DNI/NIE; null removes it.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 20)]
    pub dni: Option<Option<String>>,
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100)]
    pub first_name: Option<String>,
    /// Family names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 150)]
    pub last_name: Option<String>,
    /// Language of mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// May do everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_admin: Option<bool>,
    /// Teaches in this department; null: no professor any more.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub department_id: Option<Option<DepartmentId>>,
    /// Studies these degrees; null: no student any more.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<i64>>)]
    pub degree_ids: Option<Option<Vec<DegreeId>>>,
}
