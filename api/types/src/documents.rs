//! Documents handed in for an evaluation, and more time to hand them in.

use crate::calls::CallRef;
use crate::ids::{DocumentExtensionId, DocumentId, EvaluationRequestId, ProjectId};
use crate::similarity::SimilaritySummary;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// Who hands a document in, which says in which phase.
    HandedInBy {
        /// The students, in the phase `material_submission`.
        Students = "students",
        /// The tutor, in the phase `tutor_report`; students do not read it.
        Tutor = "tutor",
    }
}

stored_enum! {
    /// What a file is, found in its content.
    DocumentFormat {
        /// A PDF.
        Pdf = "pdf",
        /// A ZIP archive, which the files of office programs are too.
        Zip = "zip",
    }
}

impl DocumentFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
        }
    }
}

/// A document that the rules of a degree ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentRule {
    /// Its name in paths and tables: small letters, digits and `_`.
    #[schema(min_length = 1, max_length = 30, pattern = "^[a-z][a-z0-9_]*$")]
    pub code: String,
    /// What people call it.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Whether nothing is complete without it.
    pub required: bool,
    /// Whether each student of a team hands in their own.
    #[serde(default)]
    pub each_student: bool,
    /// Who hands it in.
    pub by: HandedInBy,
    /// What it may be.
    #[schema(min_items = 1, max_items = 2)]
    pub formats: Vec<DocumentFormat>,
}

impl DocumentRule {
    /// What a degree asks for until it says otherwise: the report, and if
    /// there are any, annexes and a presentation.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        use DocumentFormat::{Pdf, Zip};
        let rule = |code: &str, name: &str, required, formats: &[DocumentFormat]| Self {
            code: code.to_owned(),
            name: name.to_owned(),
            required,
            each_student: false,
            by: HandedInBy::Students,
            formats: formats.to_vec(),
        };
        vec![
            rule("report", "Memoria", true, &[Pdf]),
            rule("annexes", "Anexos", false, &[Pdf, Zip]),
            rule("presentation", "Presentación", false, &[Pdf, Zip]),
        ]
    }
}

/// A version of a document. None is ever changed or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// Its id; the bytes are at `/documents/{id}/content`.
    pub id: DocumentId,
    /// For which evaluation request.
    pub evaluation_request_id: EvaluationRequestId,
    /// Which document of the set.
    pub kind: String,
    /// Whose, where each student hands in their own.
    pub student: Option<PersonRef>,
    /// Counts the versions, from 1.
    pub version: i32,
    /// The file's name.
    pub file_name: String,
    /// What its content is.
    pub format: DocumentFormat,
    /// Whether its bytes are still kept; if not, the time for that is over.
    pub is_kept: bool,
    /// Its size in bytes.
    pub size: i64,
    /// SHA-256 of its content, in hexadecimal.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// Who handed it in.
    pub uploaded_by: PersonRef,
    /// When it was handed in: the moment its first byte came.
    pub uploaded_at: DateTime<Utc>,
    /// Why it was taken although the phase was closed.
    pub outside_reason: Option<String>,
    /// How it stands beside earlier deposits; null where it is not compared.
    #[serde(default)]
    pub similarity: Option<SimilaritySummary>,
}

/// What the caller may do with a place of the set now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentAction {
    /// Hand in a version.
    HandIn,
    /// Hand in a version outside the phase, with a reason.
    HandInWithReason,
}

/// A place of the set: one document, of the team or of one student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentPlace {
    /// Which document.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Whose, where each student hands in their own.
    pub student: Option<PersonRef>,
    /// Whether nothing is complete without it.
    pub required: bool,
    /// Who hands it in.
    pub by: HandedInBy,
    /// What it may be.
    pub formats: Vec<DocumentFormat>,
    /// When handing in begins; null without dates.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it is locked, extensions granted included; null without dates.
    pub closes_at: Option<DateTime<Utc>>,
    /// What was handed in, the newest version first.
    pub versions: Vec<Document>,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<DocumentAction>,
}

stored_enum! {
    /// What became of a request for more time.
    DocumentExtensionState {
        /// Not decided yet.
        Asked = "asked",
        /// Granted.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
    }
}

/// What the caller may do with a request for more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentExtensionAction {
    /// Grant or refuse it.
    Decide,
}

/// A request for more time to hand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentExtension {
    /// Its id.
    pub id: DocumentExtensionId,
    /// For which evaluation request.
    pub evaluation_request_id: EvaluationRequestId,
    /// What became of it.
    pub state: DocumentExtensionState,
    /// Why it was asked for.
    pub reason: String,
    /// Until when it was asked for.
    pub wanted_until: DateTime<Utc>,
    /// Until when it was granted.
    pub granted_until: Option<DateTime<Utc>>,
    /// What was said with the decision.
    pub decision_reason: Option<String>,
    /// Who asked.
    pub asked_by: PersonRef,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<PersonRef>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<DocumentExtensionAction>,
}

/// What the caller may do with the set now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentSetAction {
    /// Ask for more time.
    AskExtension,
}

/// The documents of an evaluation request, as far as the caller may read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentSet {
    /// Of which evaluation request.
    pub evaluation_request_id: EvaluationRequestId,
    /// In which call.
    pub call: CallRef,
    /// The project.
    pub project_id: ProjectId,
    /// Its title.
    pub project_title: String,
    /// The largest file taken, in bytes.
    pub max_bytes: u64,
    /// Whether everything required of the students is there.
    pub is_complete: bool,
    /// What is asked for, in the order of the rules.
    pub places: Vec<DocumentPlace>,
    /// Requests for more time, the newest first.
    pub extensions: Vec<DocumentExtension>,
    /// What the caller may do with the set now.
    pub allowed_actions: Vec<DocumentSetAction>,
}

/// Ask for more time to hand in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskDocumentExtension {
    /// Until when: in the future, and after the phase.
    pub wanted_until: DateTime<Utc>,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// Grant more time.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantDocumentExtension {
    /// Until when, if not as was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// What to say with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
}

/// Refuse more time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseDocumentExtension {
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

stored_enum! {
    /// Where new documents are kept.
    DocumentStore {
        /// In the database, in pieces.
        Database = "database",
        /// In a bucket, or a folder of the server's.
        Bucket = "bucket",
    }
}

/// How much room documents and the rest take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StorageUsage {
    /// Where new documents are kept.
    pub store: DocumentStore,
    /// Versions of documents in the database.
    pub documents_in_database: i64,
    /// Their bytes.
    pub document_bytes_in_database: i64,
    /// Versions of documents in the bucket.
    pub documents_in_bucket: i64,
    /// Their bytes.
    pub document_bytes_in_bucket: i64,
    /// What the whole database takes on its disk, in bytes.
    pub database_bytes: i64,
    /// What it may take (`DATABASE_SIZE_LIMIT_MB`), in bytes; null: no limit was told.
    pub database_limit_bytes: Option<i64>,
    /// Whether four fifths of that are taken.
    pub is_nearly_full: bool,
}
