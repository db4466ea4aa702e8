//! How much of what is handed in stands in earlier deposits.

use crate::ids::{DegreeId, DocumentId, EvaluationRequestId};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether and how what is handed in for a degree is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SimilarityRules {
    /// Whether it is compared with earlier deposits of the faculty.
    pub is_on: bool,
    /// From which share of its words on a document is flagged, in per cent.
    #[schema(minimum = 1, maximum = 100)]
    pub threshold_percent: i16,
    /// Which documents of the set: their codes.
    #[schema(min_items = 1, max_items = 10)]
    pub kinds: Vec<String>,
    /// What stands in more earlier deposits than these does not count:
    /// everybody writes it.
    #[schema(minimum = 1, maximum = 1000)]
    pub common_limit: i16,
    /// Whether the service outside is asked too, if the server knows one.
    pub asks_service: bool,
}

impl Default for SimilarityRules {
    fn default() -> Self {
        Self {
            is_on: true,
            threshold_percent: 20,
            kinds: vec!["report".to_owned()],
            common_limit: 5,
            asks_service: false,
        }
    }
}

/// What the caller may do with similarity settings now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SimilaritySettingsAction {
    /// Write them for this year.
    Edit,
}

/// How what is handed in for a degree is compared in an academic year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilaritySettings {
    /// Of which degree.
    pub degree_id: DegreeId,
    /// In which academic year.
    pub academic_year: i16,
    /// The year they were written for; null: nobody wrote any, these are the usual ones.
    pub written_for: Option<i16>,
    /// The rules.
    pub rules: SimilarityRules,
    /// Whether the server knows a service outside that can be asked.
    pub knows_service: bool,
    /// Version for `If-Match`; 0 while none were written for this very year.
    pub version: i32,
    /// What the caller may do with them now.
    pub allowed_actions: Vec<SimilaritySettingsAction>,
}

stored_enum! {
    /// How far comparing a document has come.
    SimilarityState {
        /// Nobody has read it yet.
        Waiting = "waiting",
        /// It is being read.
        Reading = "reading",
        /// Its text is there, and waits to be compared.
        Read = "read",
        /// It was compared.
        Done = "done",
        /// There is hardly any text in it: it was scanned, or is all pictures.
        WithoutText = "without_text",
        /// It is damaged, locked or too large to be read.
        Unreadable = "unreadable",
    }
}

/// How a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilaritySummary {
    /// How far comparing it has come.
    pub state: SimilarityState,
    /// The greatest share of its words found elsewhere, here or by the service, in thousandths.
    #[schema(minimum = 0, maximum = 1000)]
    pub share_permille: Option<i16>,
    /// From which share on it is flagged, in per cent; null: it is only there
    /// for later ones to be compared with.
    pub threshold_percent: Option<i16>,
    /// Whether that is as much or more, so that somebody has to answer for it.
    pub is_flagged: bool,
    /// Whether somebody has, in writing.
    pub is_justified: bool,
}

/// A run of words that is in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilarityPassage {
    /// Its first word in the document, counted from 1.
    pub word: i32,
    /// Its first word in the earlier one.
    pub earlier_word: i32,
    /// How many words.
    pub words: i32,
    /// As the document has it; long ones are cut.
    pub text: String,
    /// As the earlier one has it.
    pub earlier_text: String,
}

/// An earlier deposit with which a document has passages in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilarityMatch {
    /// Title of its project.
    pub project_title: String,
    /// Code of its degree.
    pub degree_code: String,
    /// The year of its call.
    pub academic_year: i16,
    /// Who tutored it.
    pub tutor: String,
    /// When it was handed in.
    pub uploaded_at: DateTime<Utc>,
    /// Words of the document that stand in it.
    pub words: i32,
    /// The same in thousandths of its words.
    pub share_permille: i16,
    /// The passages, the longest first.
    pub passages: Vec<SimilarityPassage>,
}

/// Why a flagged document may be defended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilarityJustification {
    /// What was written.
    pub text: String,
    /// The share that the signer saw, in thousandths.
    pub share_permille: i16,
    /// Who signed.
    pub signed_by: PersonRef,
    /// When.
    pub signed_at: DateTime<Utc>,
}

stored_enum! {
    /// How asking the service outside stands.
    SimilarityServiceState {
        /// It is about to be asked.
        Waiting = "waiting",
        /// It was asked, and has not answered yet.
        Asked = "asked",
        /// It has answered.
        Answered = "answered",
        /// It could not be asked.
        Failed = "failed",
    }
}

/// What the service outside says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilarityService {
    /// How asking it stands.
    pub state: SimilarityServiceState,
    /// The share it found, in thousandths.
    pub share_permille: Option<i16>,
    /// Where its own report is.
    pub report_url: Option<String>,
    /// When it answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// What the caller may do about the similarity of a document now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SimilarityAction {
    /// Sign why it may be defended.
    Sign,
}

/// How much of a document stands in earlier deposits of the faculty, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Similarity {
    /// Which document.
    pub document_id: DocumentId,
    /// For which evaluation request.
    pub evaluation_request_id: EvaluationRequestId,
    /// Title of the project.
    pub project_title: String,
    /// The file's name.
    pub file_name: String,
    /// Its version.
    pub version: i32,
    /// How it stands.
    pub summary: SimilaritySummary,
    /// Its pages.
    pub pages: Option<i32>,
    /// Of how many text could be read.
    pub pages_read: Option<i32>,
    /// Words compared.
    pub words: Option<i32>,
    /// Whether these are all; a very long document is compared up to a limit.
    pub is_whole: Option<bool>,
    /// How many earlier deposits had something in common with it and were compared.
    pub compared_with: Option<i32>,
    /// When.
    pub checked_at: Option<DateTime<Utc>>,
    /// The earlier deposits it has passages in common with, the most first;
    /// null for students, who read how much it is and not whose.
    pub matches: Option<Vec<SimilarityMatch>>,
    /// What the service outside says, where it is asked; null for students.
    pub service: Option<SimilarityService>,
    /// What was signed, the newest first; null for students.
    pub justifications: Option<Vec<SimilarityJustification>>,
    /// What the caller may do about it now.
    pub allowed_actions: Vec<SimilarityAction>,
}

/// Sign why a flagged document may be defended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignJustification {
    /// Why.
    #[schema(min_length = 20, max_length = 5000)]
    pub text: String,
}

/// What the service outside answers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerSimilarityReport {
    /// The share it found, in thousandths.
    #[schema(minimum = 0, maximum = 1000)]
    pub share_permille: i16,
    /// Where its own report is: `https`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub report_url: Option<String>,
}

/// What the service outside is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilarityQuestion {
    /// Of this question; sent again it has the same.
    pub id: String,
    /// What the document is.
    pub media_type: String,
    /// Its bytes.
    pub size: i64,
    /// SHA-256 of them, in hexadecimal.
    pub sha256: String,
    /// Where to get it, once.
    pub content_url: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// Where to send the answer, signed in the same way.
    pub answer_url: String,
}
