//! Projects from draft to withdrawal.

use crate::ids::{AssignmentId, DegreeId, ProjectId, UserId};
use crate::master::Level;
use crate::session::{DegreeRef, DepartmentRef};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most characters a title may have.
pub const TITLE_MAX: usize = 250;
/// The most characters a kind may have.
pub const KIND_MAX: usize = 100;
/// The most characters a long text may have.
pub const TEXT_MAX: usize = 20_000;
/// The most keywords, and the most characters of each.
pub const KEYWORDS_MAX: usize = 20;
/// The most characters of a keyword.
pub const KEYWORD_MAX: usize = 60;
/// The most characters of a written reason.
pub const REASON_MAX: usize = 2_000;

/// Where a project is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectState {
    /// Being written by its tutor.
    Draft,
    /// Waiting for validation.
    Submitted,
    /// Accepted, not yet shown.
    Validated,
    /// Sent back with a reason.
    Rejected,
    /// In the catalogue.
    Published,
    /// Taken back; stays on record.
    Withdrawn,
}

impl ProjectState {
    /// Every state, in the order of a project's life.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Submitted, Self::Validated, Self::Rejected, Self::Published, Self::Withdrawn];

    /// As it travels and is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Validated => "validated",
            Self::Rejected => "rejected",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What the caller may do with a project now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectAction {
    /// Change any field.
    Edit,
    /// Change the texts only (co-tutor).
    EditText,
    /// Remove a draft that was never submitted.
    Delete,
    /// Hand in for validation.
    Submit,
    /// Accept.
    Validate,
    /// Send back with a reason.
    Reject,
    /// Take a rejected one back to draft.
    Reopen,
    /// Show in the catalogue.
    Publish,
    /// Take out of the catalogue, back to validated.
    Unpublish,
    /// Take back for good.
    Withdraw,
    /// Copy into the present academic year as a draft.
    Duplicate,
    /// Give to students.
    Assign,
}

/// A project in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProjectSummary {
    /// Its id.
    pub id: ProjectId,
    /// Its title.
    pub title: String,
    /// Its kind, e.g. `T2`; may be empty.
    pub kind: String,
    /// TFG or TFM.
    pub level: Level,
    /// Whose degree.
    pub degree: DegreeRef,
    /// The tutor's department.
    pub department: DepartmentRef,
    /// The tutor, unless the degree hides it from visitors.
    pub tutor: Option<PersonRef>,
    /// The co-tutor, likewise.
    pub cotutor: Option<PersonRef>,
    /// How many students it takes.
    pub student_count: i16,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The first words of the description, as plain text.
    pub excerpt: String,
    /// Where it is in its life.
    pub state: ProjectState,
    /// Whether students have been assigned.
    pub is_assigned: bool,
    /// Year in which its academic year starts: 2026 for 2026/27.
    pub academic_year: i16,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<ProjectAction>,
}

/// A project whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Project {
    /// What lists show of it.
    #[serde(flatten)]
    pub summary: ProjectSummary,
    /// Markdown, as written.
    pub description: String,
    /// The description as safe HTML.
    pub description_html: String,
    /// Markdown, as written.
    pub prior_knowledge: String,
    /// Safe HTML.
    pub prior_knowledge_html: String,
    /// Hardware and software needed; Markdown, as written.
    pub resources: String,
    /// Safe HTML.
    pub resources_html: String,
    /// Why it was sent back, for those who may see it.
    pub rejection_reason: Option<String>,
    /// Why it was taken back, for those who may see it.
    pub withdrawal_reason: Option<String>,
    /// Its active assignment, for those who may see it.
    pub assignment_id: Option<AssignmentId>,
    /// The project it was copied from.
    pub duplicated_from: Option<ProjectId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was validated.
    pub validated_at: Option<DateTime<Utc>>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Make a draft.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateProject {
    /// For which degree.
    pub degree_id: DegreeId,
    /// Unique per degree and year, ignoring case and spaces.
    #[schema(min_length = 1, max_length = 250)]
    pub title: String,
    /// E.g. `T2`.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub kind: String,
    /// How many students it takes.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 3)]
    pub student_count: i16,
    /// Markdown.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub description: String,
    /// Markdown.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub prior_knowledge: String,
    /// Markdown.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub resources: String,
    /// Words to find it by.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub keywords: Vec<String>,
    /// The tutor; the caller when absent.
    #[serde(default)]
    pub tutor_id: Option<UserId>,
    /// The co-tutor.
    #[serde(default)]
    pub cotutor_id: Option<UserId>,
}

fn one() -> i16 {
    1
}

/// Change a project. Absent fields stay as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateProject {
    /// For which degree; only while a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree_id: Option<DegreeId>,
    /// Unique per degree and year, ignoring case and spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 250)]
    pub title: Option<String>,
    /// E.g. `T2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub kind: Option<String>,
    /// How many students it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 3)]
    pub student_count: Option<i16>,
    /// Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20000)]
    pub description: Option<String>,
    /// Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20000)]
    pub prior_knowledge: Option<String>,
    /// Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20000)]
    pub resources: Option<String>,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 20)]
    pub keywords: Option<Vec<String>>,
    /// The tutor; only head, coordinator or admin may change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tutor_id: Option<UserId>,
    /// The co-tutor; null for none.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub cotutor_id: Option<Option<UserId>>,
}

/// A written reason.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The reason, for those concerned to read.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// A preview of Markdown as it will be shown.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenderMarkdown {
    /// Markdown.
    #[schema(max_length = 20000)]
    pub markdown: String,
}

/// Markdown made into HTML that cannot run anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RenderedMarkdown {
    /// Safe HTML.
    pub html: String,
}
