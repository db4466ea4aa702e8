//! Comparing documents with earlier deposits: what waits, who is at it, what came out.

use crate::schema::similarity_checks as c;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use gestfg_types::ids::{DefenceId, DocumentId};
use gestfg_types::similarity::{SimilarityRules, SimilarityState};
use uuid::Uuid;

/// How long somebody may take to read a document; then another may.
const HOLD: Duration = Duration::minutes(3);
/// A document that was begun so often, and never read, has something against it.
const MOST_ATTEMPTS: i16 = 3;

/// Have a document compared, by these rules.
///
/// # Errors
/// When the database cannot take it.
pub fn create(conn: &mut PgConnection, document: DocumentId, rules: &SimilarityRules) -> QueryResult<()> {
    diesel::insert_into(c::table)
        .values((
            c::document_id.eq(document.0),
            c::threshold_percent.eq(rules.threshold_percent),
            c::common_limit.eq(rules.common_limit),
        ))
        .execute(conn)
        .map(drop)
}

/// A document that is to be read.
#[derive(Debug, Clone, QueryableByName)]
pub struct ToRead {
    /// Which.
    #[diesel(sql_type = BigInt)]
    pub document_id: i64,
    /// Its bytes.
    #[diesel(sql_type = SqlUuid)]
    pub content_id: Uuid,
    /// Where they are.
    #[diesel(sql_type = Text)]
    pub store: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub size: i64,
    /// How often it was begun.
    #[diesel(sql_type = SmallInt)]
    pub attempts: i16,
}

impl ToRead {
    /// Whether it was begun too often: each time the server went away with it.
    #[must_use]
    pub const fn is_hopeless(&self) -> bool {
        self.attempts > MOST_ATTEMPTS
    }
}

/// Take the oldest document that nobody has read, or that somebody has kept for
/// too long.
///
/// # Errors
/// When the database cannot answer.
pub fn claim(conn: &mut PgConnection, me: Uuid, now: DateTime<Utc>) -> QueryResult<Option<ToRead>> {
    diesel::sql_query(
        "UPDATE similarity_checks c SET state = 'reading', holder = $1, held_until = $3, attempts = c.attempts + 1
         FROM (SELECT document_id FROM similarity_checks
               WHERE state = 'waiting' OR (state = 'reading' AND held_until < $2)
               ORDER BY document_id LIMIT 1 FOR UPDATE SKIP LOCKED) n
         JOIN documents d ON d.id = n.document_id JOIN document_contents k ON k.id = d.content_id
         WHERE c.document_id = n.document_id
         RETURNING c.document_id, d.content_id, k.store, k.size, c.attempts",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + HOLD)
    .get_result(conn)
    .optional()
}

/// Leave a document to others as if it had not been taken.
///
/// # Errors
/// When the database cannot answer.
pub fn give_back(conn: &mut PgConnection, id: DocumentId, me: Uuid) -> QueryResult<()> {
    diesel::update(c::table.find(id.0).filter(c::holder.eq(me)))
        .set((
            c::state.eq(SimilarityState::Waiting.as_str()),
            c::holder.eq(None::<Uuid>),
            c::held_until.eq(None::<DateTime<Utc>>),
            c::attempts.eq(c::attempts - 1),
        ))
        .execute(conn)
        .map(drop)
}

/// How much of a document could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Its pages.
    pub pages: i32,
    /// Those with text.
    pub pages_read: i32,
    /// Words.
    pub words: i32,
    /// Whether these are all.
    pub is_whole: bool,
}

/// Note that a document was read, or that it cannot be. Says whether it was
/// still ours.
///
/// # Errors
/// When the database cannot answer.
pub fn set_read(
    conn: &mut PgConnection,
    id: DocumentId,
    me: Uuid,
    (state, extent): (SimilarityState, Option<Extent>),
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(c::table.find(id.0).filter(c::holder.eq(me)))
        .set((
            c::state.eq(state.as_str()),
            c::holder.eq(None::<Uuid>),
            c::held_until.eq(None::<DateTime<Utc>>),
            c::pages.eq(extent.map(|extent| extent.pages)),
            c::pages_read.eq(extent.map(|extent| extent.pages_read)),
            c::words.eq(extent.map(|extent| extent.words)),
            c::is_whole.eq(extent.map(|extent| extent.is_whole)),
            c::checked_at.eq((state != SimilarityState::Read).then_some(now)),
        ))
        .execute(conn)
        .map(|count| count > 0)
}

/// A document that is to be compared.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct ToCompare {
    /// Which.
    #[diesel(sql_type = BigInt)]
    pub document_id: i64,
    /// What stands in more earlier deposits than these does not count.
    #[diesel(sql_type = SmallInt)]
    pub common_limit: i16,
}

/// The oldest document that was read, and before which nothing waits to be read.
///
/// # Errors
/// When the database cannot answer.
pub fn next_read(conn: &mut PgConnection) -> QueryResult<Option<ToCompare>> {
    diesel::sql_query(
        "SELECT c.document_id, c.common_limit FROM similarity_checks c
         WHERE c.state = 'read' AND NOT EXISTS (
             SELECT 1 FROM similarity_checks e WHERE e.document_id < c.document_id AND e.state IN ('waiting', 'reading'))
         ORDER BY c.document_id LIMIT 1",
    )
    .get_result(conn)
    .optional()
}

/// Lock a document until the transaction ends; says whether it still waits to be
/// compared.
///
/// # Errors
/// When the database cannot answer.
pub fn lock_read(conn: &mut PgConnection, id: DocumentId) -> QueryResult<bool> {
    let found = c::table
        .find(id.0)
        .filter(c::state.eq(SimilarityState::Read.as_str()))
        .select(c::document_id)
        .for_no_key_update()
        .first::<i64>(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Note that a document that was read cannot be compared after all.
///
/// # Errors
/// When the database cannot take it.
pub fn set_unreadable(conn: &mut PgConnection, id: DocumentId, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(c::table.find(id.0))
        .set((c::state.eq(SimilarityState::Unreadable.as_str()), c::checked_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// Note what came out.
///
/// # Errors
/// When the database cannot take it.
pub fn set_compared(
    conn: &mut PgConnection,
    id: DocumentId,
    share_permille: i16,
    compared_with: usize,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(c::table.find(id.0))
        .set((
            c::state.eq(SimilarityState::Done.as_str()),
            c::share_permille.eq(share_permille),
            c::compared_with.eq(i32::try_from(compared_with).unwrap_or(i32::MAX)),
            c::checked_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// What is known of a comparison beside how it stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = c, check_for_backend(diesel::pg::Pg))]
pub struct CheckRow {
    /// Its pages.
    pub pages: Option<i32>,
    /// Those with text.
    pub pages_read: Option<i32>,
    /// Words.
    pub words: Option<i32>,
    /// Whether these are all.
    pub is_whole: Option<bool>,
    /// With how many others it was compared.
    pub compared_with: Option<i32>,
    /// When.
    pub checked_at: Option<DateTime<Utc>>,
}

/// The comparison of a document.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: DocumentId) -> QueryResult<CheckRow> {
    c::table.find(id.0).select(CheckRow::as_select()).first(conn)
}

/// Lock the comparison of a document until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: DocumentId) -> QueryResult<()> {
    c::table.find(id.0).select(c::document_id).for_no_key_update().first::<i64>(conn).map(drop)
}

/// A flagged document for which nobody answers.
#[derive(Debug, Clone, QueryableByName)]
pub struct Unjustified {
    /// Which.
    #[diesel(sql_type = BigInt)]
    pub document_id: i64,
    /// The file's name.
    #[diesel(sql_type = Text)]
    pub file_name: String,
    /// The greatest share found.
    #[diesel(sql_type = Integer)]
    pub share_permille: i32,
}

/// Flagged documents of a defence for which nobody answers: of each the latest
/// version, of the team or of its student.
///
/// # Errors
/// When the database cannot answer.
pub fn unjustified(conn: &mut PgConnection, defence: DefenceId) -> QueryResult<Vec<Unjustified>> {
    diesel::sql_query(
        "SELECT d.id AS document_id, d.file_name, t.share_permille::integer AS share_permille
         FROM defences f JOIN documents d ON d.evaluation_request_id = f.evaluation_request_id
              AND (d.student_id IS NULL OR d.student_id = f.student_id)
         JOIN similarity_standings t ON t.document_id = d.id
         WHERE f.id = $1 AND t.is_flagged AND NOT t.is_justified AND NOT EXISTS (
             SELECT 1 FROM documents n WHERE n.evaluation_request_id = d.evaluation_request_id AND n.kind = d.kind
               AND n.student_id IS NOT DISTINCT FROM d.student_id AND n.version > d.version)
         ORDER BY d.id",
    )
    .bind::<BigInt, _>(defence.0)
    .load(conn)
}
