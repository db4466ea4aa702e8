//! Tutors' reports and the marks of a defence.

use crate::calls::CallRef;
use crate::defences::DefenceState;
use crate::grading::{Agreement, Band};
use crate::ids::{DefenceId, ProjectId};
use crate::mark::Mark;
use crate::rubrics::{Rubric, RubricRole};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// How far a sheet of marks is.
    SheetState {
        /// It is being written.
        Draft = "draft",
        /// It counts.
        HandedIn = "handed_in",
    }
}

/// The mark by one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionMark {
    /// The criterion's place in the rubric, from 1 on.
    #[schema(minimum = 1)]
    pub criterion: i16,
    /// The mark; null: not yet.
    #[schema(value_type = Option<String>)]
    pub mark: Option<Mark>,
    /// A word on it; may be empty.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub remark: String,
}

/// What the caller may do with a sheet now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SheetAction {
    /// Write marks and words.
    Write,
    /// Hand it in, signed with one's name.
    HandIn,
    /// Take it back to change it.
    TakeBack,
}

/// What one professor says of one student by a rubric: the tutor's report, or
/// the marks of somebody of the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarkSheet {
    /// Of which defence.
    pub defence_id: DefenceId,
    /// As what they mark.
    pub role: RubricRole,
    /// Who marks, and signs by handing in.
    pub author: PersonRef,
    /// By which rubric.
    pub rubric: Rubric,
    /// The marks given so far.
    pub marks: Vec<CriterionMark>,
    /// What they say in words; may be empty.
    pub remarks: String,
    /// How far it is.
    pub state: SheetState,
    /// When it was handed in.
    pub handed_in_at: Option<DateTime<Utc>>,
    /// What it comes to, once every criterion has a mark: the exact value, to
    /// three decimals.
    pub mark: Option<String>,
    /// Version for `If-Match`; 0 while nothing was written.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<SheetAction>,
}

/// Write marks and words as they are typed. What is left out stays. The same
/// change sent again is answered as if it had been sent once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateMarkSheet {
    /// Criteria with their marks and words.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub marks: Vec<CriterionMark>,
    /// What there is to say in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10_000)]
    pub remarks: Option<String>,
    /// Why although the dates are over, for those who may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Hand a sheet in, or take it back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepMarkSheet {
    /// Why although the dates are over, for those who may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// The mark of a committee by its president's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgreedMark {
    /// The mark.
    #[schema(value_type = String)]
    pub mark: Mark,
    /// What there is to say; may be empty.
    pub remarks: String,
}

/// Say the mark of a committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteAgreedMark {
    /// The mark.
    #[schema(value_type = String)]
    pub mark: Mark,
    /// What there is to say.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub remarks: String,
    /// Why although the dates are over, for those who may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// What the caller may do with the marks of a defence now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarksAction {
    /// Say the mark of the committee.
    Agree,
    /// Claim against the provisional mark.
    Claim,
    /// Say whether the defence was held, by changing it.
    SetOutcome,
}

/// What has come together for the final mark of a defence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DefenceMarks {
    /// Of which defence.
    pub defence_id: DefenceId,
    /// In which call.
    pub call: CallRef,
    /// Who defends.
    pub student: PersonRef,
    /// The project.
    pub project_id: ProjectId,
    /// Its title.
    pub project_title: String,
    /// The committee's number.
    pub committee_number: i16,
    /// When the defence begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// How the defence stands.
    pub state: DefenceState,
    /// Version of the defence, for saying whether it was held.
    pub defence_version: i32,
    /// The tutor's report, as far as the caller may see it.
    pub tutor_report: Option<MarkSheet>,
    /// The sheets of the committee that the caller may see.
    pub sheets: Vec<MarkSheet>,
    /// How the marks of the members become the committee's.
    pub agreement: Agreement,
    /// What the president said.
    pub agreed: Option<AgreedMark>,
    /// The tutor's mark: the exact value, to three decimals.
    pub tutor_mark: Option<String>,
    /// The committee's mark: the exact value, to three decimals.
    pub committee_mark: Option<String>,
    /// The final mark as it stands: published, or what it would be.
    #[schema(value_type = Option<String>)]
    pub mark: Option<Mark>,
    /// What it is called.
    pub band: Option<Band>,
    /// Version of the agreed mark for `If-Match`; 0 while there is none.
    pub version: i32,
    /// What the caller may do with them now.
    pub allowed_actions: Vec<MarksAction>,
}

/// A sheet that waits for the caller, or has been handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarkingDuty {
    /// Of which defence.
    pub defence_id: DefenceId,
    /// As what they mark.
    pub role: RubricRole,
    /// In which call.
    pub call: CallRef,
    /// Who defends.
    pub student: PersonRef,
    /// The project's title.
    pub project_title: String,
    /// The committee's number.
    pub committee_number: i16,
    /// When the defence begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// How the defence stands.
    pub defence_state: DefenceState,
    /// How far the sheet is; null: nothing was written.
    pub state: Option<SheetState>,
    /// Whether the caller presides over the committee, and so publishes and closes.
    pub presides: bool,
}

/// Sheets of the caller, by the time of the defence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarkingDuties {
    /// All of them.
    pub items: Vec<MarkingDuty>,
}
