//! What a service outside is asked about documents, and what it answers.

use crate::auth::secret_token;
use crate::schema::similarity_reports as r;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::SimilarityServiceState;
use serde::Serialize;
use uuid::Uuid;

/// How often the service is asked before we give up: over some days.
pub const MOST_ATTEMPTS: i16 = 8;
/// How long a link to a document is good.
pub const LINK: Duration = Duration::hours(1);

/// Have the service asked about a document.
///
/// # Errors
/// When the database cannot take it.
pub fn create(conn: &mut PgConnection, document: DocumentId, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::insert_into(r::table)
        .values((r::id.eq(Uuid::new_v4()), r::document_id.eq(document.0), r::next_attempt_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// A question that is due, with what it says.
#[derive(Debug, Clone, QueryableByName)]
pub struct Due {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// About which document.
    #[diesel(sql_type = BigInt)]
    pub document_id: i64,
    /// What its content is.
    #[diesel(sql_type = Text)]
    pub media_type: String,
    /// How many bytes.
    #[diesel(sql_type = BigInt)]
    pub size: i64,
    /// SHA-256 of them.
    #[diesel(sql_type = Binary)]
    pub sha256: Vec<u8>,
    /// How often it was asked, this time included.
    #[diesel(sql_type = SmallInt)]
    pub attempts: i16,
}

/// Take a question that is due, with a link of its own that is good from now
/// on. It is due again, later each time, unless it is noted that it was asked.
///
/// # Errors
/// When the database cannot answer.
pub fn claim_due(conn: &mut PgConnection, token: &str, now: DateTime<Utc>) -> QueryResult<Option<Due>> {
    diesel::sql_query(
        "UPDATE similarity_reports r SET attempts = r.attempts + 1, token_hash = $1, token_expires_at = $3,
                next_attempt_at = $2 + make_interval(mins => (3 ^ least(r.attempts, 8))::integer)
         FROM (SELECT id FROM similarity_reports WHERE state = 'waiting' AND next_attempt_at <= $2
               ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) n,
              documents d JOIN document_contents k ON k.id = d.content_id
         WHERE r.id = n.id AND d.id = r.document_id
         RETURNING r.id, r.document_id, d.media_type, k.size, k.sha256, r.attempts",
    )
    .bind::<Binary, _>(secret_token::digest(token))
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + LINK)
    .get_result(conn)
    .optional()
}

/// Note that a question was taken, or why it was not.
///
/// # Errors
/// When the database cannot answer.
pub fn set_asked(conn: &mut PgConnection, due: &Due, error: Option<&str>) -> QueryResult<()> {
    let state = match error {
        None => SimilarityServiceState::Asked,
        Some(_) if due.attempts >= MOST_ATTEMPTS => SimilarityServiceState::Failed,
        Some(_) => SimilarityServiceState::Waiting,
    };
    // It may have answered before we came here.
    diesel::update(r::table.find(due.id).filter(r::state.eq(SimilarityServiceState::Waiting.as_str())))
        .set((r::state.eq(state.as_str()), r::error.eq(error)))
        .execute(conn)
        .map(drop)
}

/// Use up the link to a document; none unless it is good.
///
/// # Errors
/// When the database cannot answer.
pub fn use_link(
    conn: &mut PgConnection,
    id: Uuid,
    token: &str,
    now: DateTime<Utc>,
) -> QueryResult<Option<DocumentId>> {
    diesel::update(
        r::table
            .find(id)
            .filter(r::token_hash.eq(secret_token::digest(token)))
            .filter(r::token_expires_at.gt(now)),
    )
    .set((r::token_hash.eq(None::<Vec<u8>>), r::token_expires_at.eq(None::<DateTime<Utc>>)))
    .returning(r::document_id)
    .get_result(conn)
    .optional()
    .map(|found| found.map(DocumentId))
}

/// How asking about a document stands.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = r, check_for_backend(diesel::pg::Pg))]
pub struct ReportRow {
    /// Its id.
    pub id: Uuid,
    /// About which document.
    pub document_id: i64,
    /// How it stands.
    pub state: String,
    /// The share the service found.
    pub share_permille: Option<i16>,
    /// Where its own report is.
    pub report_url: Option<String>,
    /// When it answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// The question about a document, if there is one.
///
/// # Errors
/// When the database cannot answer.
pub fn of_document(conn: &mut PgConnection, document: DocumentId) -> QueryResult<Option<ReportRow>> {
    r::table.filter(r::document_id.eq(document.0)).select(ReportRow::as_select()).first(conn).optional()
}

/// A question, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: Uuid) -> QueryResult<ReportRow> {
    r::table.find(id).select(ReportRow::as_select()).for_no_key_update().first(conn)
}

/// Note the answer.
///
/// # Errors
/// When the database cannot take it.
pub fn set_answered(
    conn: &mut PgConnection,
    id: Uuid,
    share_permille: i16,
    report_url: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<ReportRow> {
    diesel::update(r::table.find(id))
        .set((
            r::state.eq(SimilarityServiceState::Answered.as_str()),
            r::share_permille.eq(share_permille),
            r::report_url.eq(report_url),
            r::answered_at.eq(now),
            r::error.eq(None::<String>),
            r::token_hash.eq(None::<Vec<u8>>),
            r::token_expires_at.eq(None::<DateTime<Utc>>),
        ))
        .returning(ReportRow::as_returning())
        .get_result(conn)
}
