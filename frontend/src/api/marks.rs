//! Marks, rubrics, claims and minutes.

use super::{ApiError, Client};
use gestfg_types::defences::{Defence, DefenceState, UpdateDefence};
use gestfg_types::grading::{GradingRules, GradingSettings};
use gestfg_types::ids::{CallId, DefenceId, DegreeId, MinutesId, UserId};
use gestfg_types::marks::{
    DefenceMarks, MarkSheet, MarkingDuties, StepMarkSheet, UpdateMarkSheet, WriteAgreedMark,
};
use gestfg_types::minutes::{
    AnswerClaim, CallGrading, ClaimMark, CloseMinutes, MarkClaim, MarkClaims, Minutes, MinutesRef, OwnMarks,
    PublishMarks, ReopenMinutes, Verification,
};
use gestfg_types::rubrics::{Rubric, RubricRole, Rubrics, WriteRubric};
use serde::Deserialize;

/// Minutes one may read.
#[derive(Debug, Deserialize)]
pub struct MinutesList {
    /// All of them, the latest first.
    pub items: Vec<MinutesRef>,
}

/// What the caller has to mark, or has marked.
pub async fn list_marking_duties(client: &Client) -> Result<MarkingDuties, ApiError> {
    client.get("/me/marking-duties").fetch().await
}

/// What has come together for the mark of a defence.
pub async fn find_defence_marks(client: &Client, id: DefenceId) -> Result<DefenceMarks, ApiError> {
    client.get(&format!("/defences/{id}/marks")).fetch().await
}

/// Where a sheet lives.
fn sheet_path(defence: DefenceId, role: RubricRole, author: UserId) -> String {
    match role {
        RubricRole::Tutor => format!("/defences/{defence}/tutor-report"),
        RubricRole::Committee => format!("/defences/{defence}/marks/{author}"),
    }
}

/// A sheet of marks.
pub async fn find_sheet(
    client: &Client,
    defence: DefenceId,
    role: RubricRole,
    author: UserId,
) -> Result<MarkSheet, ApiError> {
    client.get(&sheet_path(defence, role, author)).fetch().await
}

/// Writes what was typed into a sheet seen at this version.
pub async fn update_sheet(
    client: &Client,
    sheet: &MarkSheet,
    version: i32,
    changes: &UpdateMarkSheet,
) -> Result<MarkSheet, ApiError> {
    let path = sheet_path(sheet.defence_id, sheet.role, sheet.author.id);
    client.patch(&path).if_match(version).json(changes).fetch().await
}

/// Hands a sheet in, or takes it back.
pub async fn step_sheet(
    client: &Client,
    sheet: &MarkSheet,
    version: i32,
    hands_in: bool,
    override_reason: Option<String>,
) -> Result<MarkSheet, ApiError> {
    let path = sheet_path(sheet.defence_id, sheet.role, sheet.author.id);
    let verb = if hands_in { "hand-in" } else { "take-back" };
    let body = StepMarkSheet { override_reason };
    client.post(&format!("{path}/{verb}")).if_match(version).json(&body).fetch().await
}

/// Says the mark of a committee.
pub async fn write_agreed_mark(
    client: &Client,
    seen: &DefenceMarks,
    mark: &WriteAgreedMark,
) -> Result<DefenceMarks, ApiError> {
    let path = format!("/defences/{}/agreed-mark", seen.defence_id);
    client.put(&path).if_match(seen.version).json(mark).fetch().await
}

/// Says whether a student came.
pub async fn set_outcome(
    client: &Client,
    seen: &DefenceMarks,
    state: DefenceState,
    override_reason: Option<String>,
) -> Result<Defence, ApiError> {
    let changes = UpdateDefence { state: Some(state), remarks: None, override_reason };
    let path = format!("/defences/{}", seen.defence_id);
    client.patch(&path).if_match(seen.defence_version).json(&changes).fetch().await
}

/// How far the marks of a call are.
pub async fn find_call_grading(client: &Client, id: CallId) -> Result<CallGrading, ApiError> {
    client.get(&format!("/calls/{id}/grading")).fetch().await
}

/// Every edition of the minutes of a call, the latest first.
pub async fn list_minutes(client: &Client, call: CallId) -> Result<MinutesList, ApiError> {
    client.get(&format!("/minutes?call_id={call}")).fetch().await
}

/// One edition of minutes.
pub async fn find_minutes(client: &Client, id: MinutesId) -> Result<Minutes, ApiError> {
    client.get(&format!("/minutes/{id}")).fetch().await
}

/// Publishes the marks of a call.
pub async fn publish_marks(client: &Client, call_id: CallId) -> Result<Minutes, ApiError> {
    client.create("/minutes").json(&PublishMarks { call_id }).fetch().await
}

/// Makes provisional marks definitive.
pub async fn close_minutes(
    client: &Client,
    seen: &Minutes,
    closing: &CloseMinutes,
) -> Result<Minutes, ApiError> {
    client.post(&format!("/minutes/{}/close", seen.id)).if_match(seen.version).json(closing).fetch().await
}

/// Opens minutes again.
pub async fn reopen_minutes(client: &Client, seen: &Minutes, reason: String) -> Result<Minutes, ApiError> {
    let body = ReopenMinutes { reason };
    client.post(&format!("/minutes/{}/reopen", seen.id)).if_match(seen.version).json(&body).fetch().await
}

/// Minutes to print.
pub async fn print_minutes(client: &Client, id: MinutesId) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/minutes/{id}/pdf")).download().await
}

/// What is known of a verification code.
pub async fn verify_minutes(client: &Client, code: &str) -> Result<Verification, ApiError> {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    client.get(&format!("/minutes/verification/{code}")).fetch().await
}

/// The caller's published marks.
pub async fn list_own_marks(client: &Client) -> Result<OwnMarks, ApiError> {
    client.get("/me/marks").fetch().await
}

/// Claims against one's provisional mark.
pub async fn claim_mark(client: &Client, defence: DefenceId, text: String) -> Result<MarkClaim, ApiError> {
    client.create(&format!("/defences/{defence}/mark-claims")).json(&ClaimMark { text }).fetch().await
}

/// The claims of a call that the caller may read.
pub async fn list_mark_claims(client: &Client, call: CallId) -> Result<MarkClaims, ApiError> {
    client.get(&format!("/mark-claims?call_id={call}")).fetch().await
}

/// Answers a claim.
pub async fn answer_mark_claim(
    client: &Client,
    seen: &MarkClaim,
    answer: &AnswerClaim,
) -> Result<MarkClaim, ApiError> {
    client.post(&format!("/mark-claims/{}/answer", seen.id)).if_match(seen.version).json(answer).fetch().await
}

/// Every version of a degree's rubrics, the latest of each role first.
pub async fn list_rubrics(client: &Client, degree: DegreeId) -> Result<Rubrics, ApiError> {
    client.get(&format!("/rubrics?degree_id={degree}")).fetch().await
}

/// Writes the version that takes the place of the one seen.
pub async fn write_rubric(client: &Client, seen: &Rubric, rubric: &WriteRubric) -> Result<Rubric, ApiError> {
    let path = format!("/degrees/{}/rubrics/{}", seen.degree_id, seen.role.as_str());
    client.put(&path).if_match(seen.version).json(rubric).fetch().await
}

/// How final marks of a degree are made in a year.
pub async fn find_grading_settings(
    client: &Client,
    degree: DegreeId,
    year: i16,
) -> Result<GradingSettings, ApiError> {
    client.get(&format!("/degrees/{degree}/grading-settings/{year}")).fetch().await
}

/// Writes how they are made.
pub async fn write_grading_settings(
    client: &Client,
    seen: &GradingSettings,
    rules: &GradingRules,
) -> Result<GradingSettings, ApiError> {
    let path = format!("/degrees/{}/grading-settings/{}", seen.degree_id, seen.academic_year);
    client.put(&path).if_match(seen.version).json(rules).fetch().await
}
