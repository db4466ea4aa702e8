//! Minutes of a call: provisional marks, claims, and the closed list.

use crate::calls::CallRef;
use crate::grading::{Band, GradingRules};
use crate::ids::{CallId, DefenceId, MarkClaimId, MinutesId, ProjectId};
use crate::mark::Mark;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// How minutes stand.
    MinutesState {
        /// Marks are published and can be claimed against.
        Provisional = "provisional",
        /// Marks are definitive and frozen.
        Closed = "closed",
        /// Opened again; another edition takes their place.
        Reopened = "reopened",
    }
}

stored_enum! {
    /// What is missing before marks can be published or closed.
    MissingPart {
        /// The student has no defence.
        Defence = "defence",
        /// Nobody has said whether the defence was held.
        Outcome = "outcome",
        /// The tutor's report is not handed in.
        TutorReport = "tutor_report",
        /// Marks of somebody of the committee are not handed in.
        Marks = "marks",
        /// The president has not said the mark of the committee.
        AgreedMark = "agreed_mark",
        /// A claim is not answered.
        Answer = "answer",
        /// Which of several with the same mark get honours is not decided.
        Honours = "honours",
    }
}

stored_enum! {
    /// How a claim stands.
    ClaimState {
        /// It waits for an answer.
        Open = "open",
        /// It was found right.
        Upheld = "upheld",
        /// It was not.
        Rejected = "rejected",
    }
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Missing {
    /// What.
    pub part: MissingPart,
    /// Of which defence, if there is one.
    pub defence_id: Option<DefenceId>,
    /// Of whom.
    pub student: PersonRef,
    /// Who owes it, if one person does.
    pub professor: Option<PersonRef>,
}

/// The final mark of a student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MinutesEntry {
    /// Its number in the list, from 1 on.
    pub position: i32,
    /// Of which defence.
    pub defence_id: DefenceId,
    /// Who defended, family names first as in any list.
    pub student: PersonRef,
    /// The student's DNI, for the coordinators of the degree and admins.
    pub student_dni: Option<String>,
    /// The project.
    pub project_id: ProjectId,
    /// Its title.
    pub project_title: String,
    /// Its tutors.
    pub tutors: Vec<String>,
    /// The number of the committee.
    pub committee_number: i16,
    /// The tutor's mark, to three decimals.
    pub tutor_mark: Option<String>,
    /// The committee's mark, to three decimals.
    pub committee_mark: Option<String>,
    /// The final mark; null: not presented.
    #[schema(value_type = Option<String>)]
    pub mark: Option<Mark>,
    /// What it is called.
    pub band: Band,
    /// Whether it comes with honours.
    pub has_honours: bool,
}

/// Who gets honours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Honours {
    /// How many are enrolled in the year.
    pub enrolled: i64,
    /// How many honours the year has; null: no limit.
    pub quota: Option<i64>,
    /// How many other calls of the year have given.
    pub given: i64,
    /// How many are left for this call; null: no limit.
    pub places: Option<i64>,
    /// Who gets them by their marks, beyond doubt.
    pub proposed: Vec<DefenceId>,
    /// Who share a mark, and are more than the places that are left: somebody decides.
    pub tied: Vec<DefenceId>,
}

/// What the caller may do with minutes now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MinutesAction {
    /// Close them.
    Close,
    /// Open them again.
    Reopen,
}

/// The minutes of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Minutes {
    /// Their id.
    pub id: MinutesId,
    /// Of which call.
    pub call: CallRef,
    /// Counts the editions of the call's minutes.
    pub edition: i32,
    /// Their number among those of the degree and year, once closed.
    pub number: Option<i32>,
    /// How they stand.
    pub state: MinutesState,
    /// The rules these marks were made under.
    pub rules: GradingRules,
    /// Since when the marks are published.
    pub published_at: DateTime<Utc>,
    /// Until when students can claim.
    pub claims_until: DateTime<Utc>,
    /// Claims that wait for an answer.
    pub open_claims: i64,
    /// When they were closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// By whom.
    pub closed_by: Option<PersonRef>,
    /// The verification code, which anybody can have checked.
    pub code: Option<String>,
    /// SHA-256 of what was closed, in hexadecimal.
    pub digest: Option<String>,
    /// When they were opened again.
    pub reopened_at: Option<DateTime<Utc>>,
    /// Why.
    pub reopen_reason: Option<String>,
    /// The final marks, in the order of the list.
    pub entries: Vec<MinutesEntry>,
    /// Honours, while they are not closed.
    pub honours: Option<Honours>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with them now.
    pub allowed_actions: Vec<MinutesAction>,
}

/// Minutes in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MinutesRef {
    /// Their id.
    pub id: MinutesId,
    /// Of which call.
    pub call: CallRef,
    /// Counts the editions of the call's minutes.
    pub edition: i32,
    /// Their number, once closed.
    pub number: Option<i32>,
    /// How they stand.
    pub state: MinutesState,
    /// Since when the marks are published.
    pub published_at: DateTime<Utc>,
    /// Until when students can claim.
    pub claims_until: DateTime<Utc>,
    /// When they were closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Publish the provisional marks of a call.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishMarks {
    /// Of which call.
    pub call_id: CallId,
}

/// Make provisional marks definitive.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseMinutes {
    /// Who gets honours; left out: those whose marks put them beyond doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 1000)]
    pub honours: Option<Vec<DefenceId>>,
    /// Why before the end of the claim window, for those who may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Open minutes again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenMinutes {
    /// Why; it is kept, and told to those concerned.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// What is known of a verification code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verification {
    /// The code.
    pub code: String,
    /// The call's degree, sitting and year.
    pub call: CallRef,
    /// The number of the minutes.
    pub number: i32,
    /// Their edition.
    pub edition: i32,
    /// When they were closed.
    pub closed_at: DateTime<Utc>,
    /// How many students are in them.
    pub entry_count: i64,
    /// SHA-256 of what was closed, in hexadecimal.
    pub digest: String,
    /// Whether what is stored is still what was closed.
    pub is_intact: bool,
    /// Whether they are in force: false once they were opened again.
    pub is_current: bool,
}

/// How far the marks of a call are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallGrading {
    /// Which call.
    pub call: CallRef,
    /// The rules in force.
    pub rules: GradingRules,
    /// Students with what they would get, as far as it is known.
    pub entries: Vec<GradingEntry>,
    /// Everything that is missing.
    pub missing: Vec<Missing>,
    /// Who would get honours.
    pub honours: Honours,
    /// The latest minutes, if there are any.
    pub minutes: Option<MinutesRef>,
    /// What the caller may do now.
    pub allowed_actions: Vec<GradingAction>,
}

/// What the caller may do with the marks of a call now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GradingAction {
    /// Publish them as provisional: nothing is missing.
    Publish,
}

/// A student, and what they would get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GradingEntry {
    /// Which defence.
    pub defence_id: DefenceId,
    /// Who defends.
    pub student: PersonRef,
    /// The project's title.
    pub project_title: String,
    /// The committee's number.
    pub committee_number: i16,
    /// The tutor's mark, to three decimals.
    pub tutor_mark: Option<String>,
    /// The committee's mark, to three decimals.
    pub committee_mark: Option<String>,
    /// The final mark.
    #[schema(value_type = Option<String>)]
    pub mark: Option<Mark>,
    /// What it is called.
    pub band: Option<Band>,
}

/// A mark of the caller's that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnMark {
    /// Of which defence.
    pub defence_id: DefenceId,
    /// In which call.
    pub call: CallRef,
    /// The project's title.
    pub project_title: String,
    /// Whether it is provisional or closed.
    pub state: MinutesState,
    /// The tutor's mark, to three decimals.
    pub tutor_mark: Option<String>,
    /// The committee's mark, to three decimals.
    pub committee_mark: Option<String>,
    /// The final mark; null: not presented.
    #[schema(value_type = Option<String>)]
    pub mark: Option<Mark>,
    /// What it is called.
    pub band: Band,
    /// Whether it comes with honours, once closed.
    pub has_honours: bool,
    /// Since when it is published.
    pub published_at: DateTime<Utc>,
    /// Until when it can be claimed against.
    pub claims_until: DateTime<Utc>,
    /// When it became definitive.
    pub closed_at: Option<DateTime<Utc>>,
    /// The caller's claim against it.
    pub claim: Option<MarkClaim>,
    /// Whether the caller can claim against it now.
    pub can_claim: bool,
}

/// The published marks of the caller, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnMarks {
    /// All of them.
    pub items: Vec<OwnMark>,
}

/// Claim against a provisional mark.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimMark {
    /// What is claimed, and why.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

/// What the caller may do with a claim now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimAction {
    /// Answer it.
    Answer,
}

/// A claim against a provisional mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarkClaim {
    /// Its id.
    pub id: MarkClaimId,
    /// Against which minutes.
    pub minutes_id: MinutesId,
    /// Of which defence.
    pub defence_id: DefenceId,
    /// Who claims.
    pub student: PersonRef,
    /// The project's title.
    pub project_title: String,
    /// What is claimed, and why.
    pub text: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// How it stands.
    pub state: ClaimState,
    /// What was answered.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// The mark claimed against.
    #[schema(value_type = String)]
    pub mark_before: Mark,
    /// The mark after the answer.
    #[schema(value_type = Option<String>)]
    pub mark_after: Option<Mark>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<ClaimAction>,
}

/// Claims of a call, in the order they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarkClaims {
    /// All of them.
    pub items: Vec<MarkClaim>,
}

/// Answer a claim. If it is right, the committee has changed its marks before.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerClaim {
    /// Whether it is right.
    pub is_upheld: bool,
    /// What is answered.
    #[schema(min_length = 1, max_length = 5000)]
    pub answer: String,
}
