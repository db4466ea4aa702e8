//! Documents: what was handed in for an evaluation, version by version.

use crate::schema::documents;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use gestfg_types::documents::{DocumentFormat, HandedInBy};
use gestfg_types::ids::{DocumentId, EvaluationRequestId, UserId};
use gestfg_types::similarity::{SimilarityState, SimilaritySummary};
use serde::Serialize;
use uuid::Uuid;

/// A version with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct DocumentDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// For which evaluation request.
    #[diesel(sql_type = BigInt)]
    pub evaluation_request_id: i64,
    /// Whose alone it is.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub student_id: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub student_name: Option<String>,
    /// Which document of the set.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Counts the versions.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// The file's name.
    #[diesel(sql_type = Text)]
    pub file_name: String,
    /// What its content is.
    #[diesel(sql_type = Text)]
    pub media_type: String,
    /// Its bytes.
    #[diesel(sql_type = SqlUuid)]
    pub content_id: Uuid,
    /// Where they are.
    #[diesel(sql_type = Text)]
    pub store: String,
    /// Whether they are still kept.
    #[diesel(sql_type = Bool)]
    pub is_kept: bool,
    /// How many they are.
    #[diesel(sql_type = BigInt)]
    pub size: i64,
    /// SHA-256 of them.
    #[diesel(sql_type = Binary)]
    pub sha256: Vec<u8>,
    /// Who handed it in.
    #[diesel(sql_type = BigInt)]
    pub uploader_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub uploader_name: String,
    /// Why it was taken although the phase was closed.
    #[diesel(sql_type = Nullable<Text>)]
    pub outside_reason: Option<String>,
    /// Who was asked for it.
    #[diesel(sql_type = Text)]
    pub handed_in_by: String,
    /// When it was handed in.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// How far comparing it has come, where it is compared.
    #[diesel(sql_type = Nullable<Text>)]
    pub similarity_state: Option<String>,
    /// The greatest share of it found elsewhere.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub share_permille: Option<i16>,
    /// From which share on it is flagged.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub threshold_percent: Option<i16>,
    /// Whether it is.
    #[diesel(sql_type = Nullable<Bool>)]
    pub is_flagged: Option<bool>,
    /// Whether somebody answers for it.
    #[diesel(sql_type = Nullable<Bool>)]
    pub is_justified: Option<bool>,
}

impl DocumentDetail {
    /// How it stands beside earlier deposits, where it is compared.
    #[must_use]
    pub fn similarity(&self) -> Option<SimilaritySummary> {
        Some(SimilaritySummary {
            state: SimilarityState::from_name(self.similarity_state.as_deref()?)?,
            share_permille: self.share_permille,
            threshold_percent: self.threshold_percent,
            is_flagged: self.is_flagged.unwrap_or_default(),
            is_justified: self.is_justified.unwrap_or_default(),
        })
    }

    /// What its content is; the schema knows no third.
    #[must_use]
    pub fn format(&self) -> DocumentFormat {
        if self.media_type == DocumentFormat::Pdf.media_type() {
            DocumentFormat::Pdf
        } else {
            DocumentFormat::Zip
        }
    }

    /// Who was asked for it; the schema knows no third.
    #[must_use]
    pub fn by(&self) -> HandedInBy {
        HandedInBy::from_name(&self.handed_in_by).unwrap_or(HandedInBy::Tutor)
    }

    /// SHA-256 in hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hexadecimal(&self.sha256)
    }
}

/// Bytes as people compare them.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

const SELECT: &str = "SELECT d.id, d.evaluation_request_id, d.student_id, s.first_name || ' ' || s.last_name AS student_name,
    d.kind, d.version, d.file_name, d.media_type, d.content_id, c.store, c.state = 'kept' AS is_kept, c.size, c.sha256, d.uploaded_by AS uploader_id,
    u.first_name || ' ' || u.last_name AS uploader_name, d.outside_reason, d.handed_in_by, d.created_at,
    t.state AS similarity_state, t.share_permille, t.threshold_percent, t.is_flagged, t.is_justified
    FROM documents d JOIN document_contents c ON c.id = d.content_id JOIN users u ON u.id = d.uploaded_by
    LEFT JOIN users s ON s.id = d.student_id LEFT JOIN similarity_standings t ON t.document_id = d.id ";

/// Everything handed in for an evaluation request, the newest versions first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, request: EvaluationRequestId) -> QueryResult<Vec<DocumentDetail>> {
    diesel::sql_query(format!("{SELECT} WHERE d.evaluation_request_id = $1 ORDER BY d.version DESC, d.id"))
        .bind::<BigInt, _>(request.0)
        .load(conn)
}

/// One version.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: DocumentId) -> QueryResult<DocumentDetail> {
    diesel::sql_query(format!("{SELECT} WHERE d.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// A version to be handed in.
#[derive(Debug, Clone, Insertable, Serialize)]
#[diesel(table_name = documents)]
pub struct NewDocument {
    /// For which evaluation request.
    pub evaluation_request_id: i64,
    /// Whose alone it is.
    pub student_id: Option<i64>,
    /// Which document of the set.
    pub kind: String,
    /// Counts the versions.
    pub version: i32,
    /// The file's name.
    pub file_name: String,
    /// What its content is.
    pub media_type: &'static str,
    /// Its bytes.
    pub content_id: Uuid,
    /// Who hands it in.
    pub uploaded_by: i64,
    /// Why it is taken although the phase is closed.
    pub outside_reason: Option<String>,
    /// Who was asked for it.
    pub handed_in_by: &'static str,
    /// When it was handed in.
    pub created_at: DateTime<Utc>,
}

/// Hand in a version.
///
/// # Errors
/// When a rule of the schema stands against it, or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewDocument) -> QueryResult<DocumentId> {
    diesel::insert_into(documents::table)
        .values(new)
        .returning(documents::id)
        .get_result(conn)
        .map(DocumentId)
}

/// The number of the next version; whoever asks has locked the request.
///
/// # Errors
/// When the database cannot answer.
pub fn next_version(
    conn: &mut PgConnection,
    request: EvaluationRequestId,
    kind: &str,
    student: Option<UserId>,
) -> QueryResult<i32> {
    use documents as d;
    let last: Option<i32> = d::table
        .filter(d::evaluation_request_id.eq(request.0))
        .filter(d::kind.eq(kind))
        .filter(d::student_id.is_not_distinct_from(student.map(|id| id.0)))
        .select(diesel::dsl::max(d::version))
        .first(conn)?;
    Ok(last.unwrap_or_default() + 1)
}

#[derive(QueryableByName)]
struct Sits {
    #[diesel(sql_type = Bool)]
    sits: bool,
}

/// Whether this person has a seat, a substitute's too, in the committee of a
/// defence of this evaluation request.
///
/// # Errors
/// When the database cannot answer.
pub fn sits(conn: &mut PgConnection, request: EvaluationRequestId, person: UserId) -> QueryResult<bool> {
    diesel::sql_query(
        "SELECT EXISTS (SELECT 1 FROM defences f JOIN committee_seats s ON s.committee_id = f.committee_id
         WHERE f.evaluation_request_id = $1 AND f.state <> 'cancelled' AND s.professor_id = $2) AS sits",
    )
    .bind::<BigInt, _>(request.0)
    .bind::<BigInt, _>(person.0)
    .get_result::<Sits>(conn)
    .map(|found| found.sits)
}
