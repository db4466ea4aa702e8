//! Applications: what a student, or a team, asks for in a round.

use crate::ids::{AllocationRoundId, ApplicationId, ProjectId, UserId};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest statement of motivation.
pub const STATEMENT_MAX: usize = 4000;

stored_enum! {
    /// Where an application is.
    ApplicationState {
        /// It counts, as it is saved when the round closes.
        Live = "live",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

stored_enum! {
    /// What the caller may do with an application now.
    ApplicationAction {
        /// Change what it asks for.
        Edit = "edit",
        /// The same, with a reason.
        EditWithReason = "edit_with_reason",
        /// Invite to the team and take out of it.
        EditTeam = "edit_team",
        /// Take it back.
        Withdraw = "withdraw",
        /// The same, with a reason.
        WithdrawWithReason = "withdraw_with_reason",
        /// Join the team they were invited to.
        Confirm = "confirm",
        /// Turn the invitation down, or leave the team.
        Decline = "decline",
    }
}

stored_enum! {
    /// Whether a project that is asked for can still be had.
    PreferenceStanding {
        /// It is there to be given.
        Available = "available",
        /// It was given to somebody.
        Assigned = "assigned",
        /// It is not published any more.
        Unpublished = "unpublished",
        /// The team is larger than it takes.
        TooSmall = "too_small",
    }
}

/// A student of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationMember {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// Their address.
    pub email: Option<String>,
    /// Whether they wrote the application and invited the others.
    pub is_author: bool,
    /// When they said yes. Without an answer at the close they do not take part.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Their academic record, e.g. `8.75`; only for themselves and those who keep their degree.
    pub record: Option<String>,
}

/// A project that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationPreference {
    /// Which.
    pub project_id: ProjectId,
    /// Its title.
    pub title: String,
    /// Its tutor.
    pub tutor: PersonRef,
    /// Students it takes.
    pub places: i16,
    /// 1: the most wanted; the same rank twice is a tie.
    pub rank: i16,
    /// Whether it can still be had.
    pub standing: PreferenceStanding,
}

/// What a student or a team asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// In which round.
    pub round_id: AllocationRoundId,
    /// Where it is.
    pub state: ApplicationState,
    /// Why they would like these projects.
    pub statement: String,
    /// Who applies, the author first. Those who have not said yes at the close are left out; the
    /// application counts for the others.
    pub members: Vec<ApplicationMember>,
    /// What it asks for, the most wanted first.
    pub preferences: Vec<ApplicationPreference>,
    /// Who wrote it, if it was not its author.
    pub entered_by: Option<PersonRef>,
    /// When it was first saved.
    pub created_at: DateTime<Utc>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<ApplicationAction>,
}

/// One wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// For which project.
    pub project_id: ProjectId,
    /// 1: the most wanted. Ranks are counted without gaps when they are saved.
    #[schema(minimum = 1, maximum = 20)]
    pub rank: i16,
}

/// Apply in a round. What is saved when it closes counts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateApplication {
    /// In which round.
    pub round_id: AllocationRoundId,
    /// Who applies, by e-mail address or DNI/NIE, if not the caller: coordinators and admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student: Option<String>,
    /// Who else, by e-mail address. They are told, and take part once they say yes; what a
    /// coordinator enters counts as confirmed.
    #[serde(default)]
    #[schema(max_items = 2)]
    pub invite: Vec<String>,
    /// Why they would like these projects.
    #[serde(default)]
    #[schema(max_length = 4000)]
    pub statement: String,
    /// What they ask for.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub preferences: Vec<Wish>,
    /// Why it is done outside the dates of the round; coordinators and admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Save an application; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateApplication {
    /// Why they would like these projects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub statement: Option<String>,
    /// Everything they ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 20)]
    pub preferences: Option<Vec<Wish>>,
    /// Whom to invite as well, by e-mail address; its author only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 2)]
    pub invite: Vec<String>,
    /// Whom to take out of the team; its author only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 2)]
    pub remove: Vec<UserId>,
    /// Why it is done outside the dates of the round; coordinators and admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Take an application back.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawApplication {
    /// Why it is done outside the dates of the round; coordinators and admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// A student's academic record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StudentRecord {
    /// The average mark, 0 to 10 with up to two decimals, e.g. `8.75`; null: none on file.
    #[schema(max_length = 6)]
    pub record: Option<String>,
}

/// An application, as the tutor of a project sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProjectApplicant {
    /// Which application.
    pub application_id: ApplicationId,
    /// Who applies: those who take part.
    pub members: Vec<ApplicantMember>,
    /// Why they would like their projects.
    pub statement: String,
    /// Where the tutor put it; 1 the most wanted, null: after all others, by record.
    pub rank: Option<i16>,
}

/// A student, as the tutor of a project they ask for sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicantMember {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// Their address.
    pub email: Option<String>,
}

/// Who asks for a project, for its tutors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProjectApplicants {
    /// Of which project.
    pub project_id: ProjectId,
    /// Its title.
    pub project_title: String,
    /// In which round.
    pub round_id: AllocationRoundId,
    /// What is asked of the tutor.
    pub tutor_view: crate::allocation_rounds::TutorView,
    /// Until when.
    pub tutors_close_at: DateTime<Utc>,
    /// Who asks for it: those the tutor put in order first, then by name.
    pub items: Vec<ProjectApplicant>,
    /// Whether the caller may put them in order now.
    pub may_rank: bool,
    /// Version for `If-Match`.
    pub version: i32,
}

/// Put those who ask for a project in order.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RankApplicants {
    /// In which round.
    pub round_id: AllocationRoundId,
    /// The most wanted first; those of one group are equally welcome. A short list is one group.
    /// Who is left out comes after, by record.
    #[schema(max_items = 2000)]
    pub groups: Vec<Vec<ApplicationId>>,
    /// Why it is done outside the dates of the round; coordinators and admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}
