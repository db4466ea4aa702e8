//! Rounds in which students apply for projects.

use crate::calls::CallRef;
use crate::ids::{AllocationRoundId, ApplicationId, ProjectId};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most projects an application may ask for, whatever the round says.
pub const MAX_PREFERENCES: i16 = 20;

stored_enum! {
    /// Where a round is.
    AllocationRoundState {
        /// It has not opened yet.
        Ahead = "ahead",
        /// Students apply.
        Open = "open",
        /// Applications stay as they are; tutors may still rank them.
        Ranking = "ranking",
        /// Nobody changes anything; it is to be allocated.
        Closed = "closed",
        /// Its allocation is published.
        Published = "published",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

stored_enum! {
    /// What tutors say of those who apply for their projects.
    TutorView {
        /// They put them in order, with ties if they like.
        Ranking = "ranking",
        /// They say whom they would rather have.
        Shortlist = "shortlist",
        /// Nothing: the record decides.
        None = "none",
    }
}

stored_enum! {
    /// What the caller may do with a round now.
    AllocationRoundAction {
        /// Apply in it for themselves.
        Apply = "apply",
        /// Change it.
        Edit = "edit",
        /// Call it off.
        Cancel = "cancel",
        /// Apply on behalf of students, by hand or with a file.
        ApplyOnBehalf = "apply_on_behalf",
        /// The same, with a reason.
        ApplyOnBehalfWithReason = "apply_on_behalf_with_reason",
        /// Pin agreements, have it allocated, read the runs.
        Allocate = "allocate",
        /// Read what became of their application, and why.
        ReadAnswer = "read_answer",
    }
}

/// A round of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationRound {
    /// Its id.
    pub id: AllocationRoundId,
    /// Of which call.
    pub call: CallRef,
    /// Counts the rounds of a call.
    pub number: i16,
    /// Where it is now.
    pub state: AllocationRoundState,
    /// From when on students apply.
    pub opens_at: DateTime<Utc>,
    /// From when on applications stay as they are.
    pub closes_at: DateTime<Utc>,
    /// Until when tutors rank them.
    pub tutors_close_at: DateTime<Utc>,
    /// The most projects an application asks for.
    pub max_preferences: i16,
    /// Whether two projects may be equally welcome.
    pub ties_allowed: bool,
    /// What tutors say of those who apply.
    pub tutor_view: TutorView,
    /// Whether students see how many ask for each project.
    pub show_counts: bool,
    /// How many students may apply together.
    pub team_max: i16,
    /// The most projects of one tutor that are given away; null: all.
    pub tutor_limit: Option<i16>,
    /// Live applications; null where the caller may not know.
    pub application_count: Option<i64>,
    /// The caller's own application that counts, if there is one.
    pub own_application_id: Option<ApplicationId>,
    /// When it was published or called off.
    pub settled_at: Option<DateTime<Utc>>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<AllocationRoundAction>,
}

/// The rounds of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationRounds {
    /// In their order.
    pub items: Vec<AllocationRound>,
}

/// Open a round of a call; the one before must be published or called off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAllocationRound {
    /// From when on students apply; inside the phase `project_assignment`, like the other dates.
    pub opens_at: DateTime<Utc>,
    /// From when on applications stay as they are.
    pub closes_at: DateTime<Utc>,
    /// Until when tutors rank them; as long as students apply, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tutors_close_at: Option<DateTime<Utc>>,
    /// The most projects an application asks for.
    #[serde(default = "five")]
    #[schema(minimum = 1, maximum = 20, default = 5)]
    pub max_preferences: i16,
    /// Whether two projects may be equally welcome.
    #[serde(default)]
    pub ties_allowed: bool,
    /// What tutors say of those who apply.
    #[serde(default = "ranking")]
    pub tutor_view: TutorView,
    /// Whether students see how many ask for each project.
    #[serde(default)]
    pub show_counts: bool,
    /// How many students may apply together.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 3, default = 1)]
    pub team_max: i16,
    /// The most projects of one tutor that are given away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100)]
    pub tutor_limit: Option<i16>,
}

const fn five() -> i16 {
    5
}

const fn one() -> i16 {
    1
}

const fn ranking() -> TutorView {
    TutorView::Ranking
}

/// Change a round; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAllocationRound {
    /// From when on students apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<DateTime<Utc>>,
    /// From when on applications stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<DateTime<Utc>>,
    /// Until when tutors rank them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tutors_close_at: Option<DateTime<Utc>>,
    /// The most projects an application asks for; no less once there are applications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 20)]
    pub max_preferences: Option<i16>,
    /// Whether two projects may be equally welcome; not taken back once there are applications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ties_allowed: Option<bool>,
    /// What tutors say of those who apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tutor_view: Option<TutorView>,
    /// Whether students see how many ask for each project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_counts: Option<bool>,
    /// How many students may apply together; no fewer once there are applications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 3)]
    pub team_max: Option<i16>,
    /// The most projects of one tutor that are given away; null: all.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100)]
    pub tutor_limit: Option<Option<i16>>,
}

/// A project that can be asked for in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferedProject {
    /// Which.
    pub project_id: ProjectId,
    /// Its title.
    pub title: String,
    /// Its tutor.
    pub tutor: PersonRef,
    /// Students it takes.
    pub places: i16,
    /// Applications that ask for it; null where the round hides it.
    pub applications: Option<i64>,
    /// Of these, those that want it most; null where the round hides it.
    pub first_choices: Option<i64>,
}
