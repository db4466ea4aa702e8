//! Announcements, and dated entries of the calendar.

use crate::ids::{DegreeId, DepartmentId, EventId};
use crate::session::{DegreeRef, DepartmentRef};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most characters a title may have.
pub const TITLE_MAX: usize = 200;
/// The most characters a place may have.
pub const LOCATION_MAX: usize = 200;

stored_enum! {
    /// What kind of event it is.
    EventKind {
        /// A text on the front page.
        Announcement = "announcement",
        /// Something that happens at a time.
        Entry = "entry",
    }
}

stored_enum! {
    /// For whom an event is. Admins may write for all; coordinators for their
    /// degrees, heads for their department.
    EventAudience {
        /// Everybody, visitors included.
        Public = "public",
        /// Every student.
        Students = "students",
        /// Every professor.
        Professors = "professors",
        /// Students and coordinators of a degree, and the tutors of its projects.
        Degree = "degree",
        /// The professors of a department.
        Department = "department",
    }
}

/// What the caller may do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventAction {
    /// Change it.
    Edit,
    /// Remove it.
    Delete,
}

/// An announcement or an entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What kind it is.
    pub kind: EventKind,
    /// Its title.
    pub title: String,
    /// Markdown, as written.
    pub body: String,
    /// The text as safe HTML.
    pub body_html: String,
    /// Where it happens; may be empty.
    pub location: String,
    /// For whom.
    pub audience: EventAudience,
    /// Of which degree, for audience `degree`.
    pub degree: Option<DegreeRef>,
    /// Of which department, for audience `department`.
    pub department: Option<DepartmentRef>,
    /// When it begins; entries only.
    pub starts_at: Option<DateTime<Utc>>,
    /// The first moment after it; entries only.
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether it takes whole days of the institution's time zone.
    pub is_all_day: bool,
    /// From when its audience sees it.
    pub publish_at: DateTime<Utc>,
    /// From when nobody but its keepers sees it.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it stays on top.
    pub is_pinned: bool,
    /// Who wrote it, for those who keep it.
    pub author: Option<PersonRef>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it.
    pub allowed_actions: Vec<EventAction>,
}

/// Write an announcement or an entry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateEvent {
    /// What kind it is.
    pub kind: EventKind,
    /// Its title.
    #[schema(min_length = 1, max_length = 200)]
    pub title: String,
    /// Markdown.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub body: String,
    /// Where it happens.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub location: String,
    /// For whom.
    pub audience: EventAudience,
    /// Of which degree, for audience `degree`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree_id: Option<DegreeId>,
    /// Of which department, for audience `department`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// When it begins; entries only, and obligatory for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<DateTime<Utc>>,
    /// The first moment after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether it takes whole days; its moments are then midnights of the institution's time zone.
    #[serde(default)]
    pub is_all_day: bool,
    /// From when its audience sees it; at once by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<DateTime<Utc>>,
    /// From when nobody but its keepers sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it stays on top.
    #[serde(default)]
    pub is_pinned: bool,
}

/// Change an event. What is left out stays; `expires_at: null` takes the end away.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateEvent {
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub title: Option<String>,
    /// Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20000)]
    pub body: Option<String>,
    /// Where it happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub location: Option<String>,
    /// For whom; with `degree_id` or `department_id` where it needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<EventAudience>,
    /// Of which degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree_id: Option<DegreeId>,
    /// Of which department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// When it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<DateTime<Utc>>,
    /// The first moment after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether it takes whole days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_all_day: Option<bool>,
    /// From when its audience sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<DateTime<Utc>>,
    /// From when nobody but its keepers sees it; null for never.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub expires_at: Option<Option<DateTime<Utc>>>,
    /// Whether it stays on top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_pinned: Option<bool>,
}
