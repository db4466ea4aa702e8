//! Claims against provisional marks.

use crate::schema::mark_claims as c;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use gestfg_types::ids::{CallId, DefenceId, MarkClaimId, MinutesId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::minutes::ClaimState;
use serde::Serialize;

/// A claim with what is shown of it.
#[derive(Debug, Clone, QueryableByName, Serialize)]
pub struct ClaimRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Against which minutes.
    #[diesel(sql_type = BigInt)]
    pub minutes_id: i64,
    /// Of which defence.
    #[diesel(sql_type = BigInt)]
    pub defence_id: i64,
    /// In which call.
    #[diesel(sql_type = BigInt)]
    pub call_id: i64,
    /// Who claims.
    #[diesel(sql_type = BigInt)]
    pub student_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub student_name: String,
    /// The project's title.
    #[diesel(sql_type = Text)]
    pub project_title: String,
    /// What is claimed.
    #[diesel(sql_type = Text)]
    pub text: String,
    /// How it stands.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// What was answered.
    #[diesel(sql_type = Nullable<Text>)]
    pub answer: Option<String>,
    /// When.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub answered_at: Option<DateTime<Utc>>,
    /// The mark claimed against.
    #[diesel(sql_type = Text)]
    pub mark_before: String,
    /// The mark after the answer.
    #[diesel(sql_type = Nullable<Text>)]
    pub mark_after: Option<String>,
    /// When it was made.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
}

impl ClaimRow {
    /// How it stands.
    #[must_use]
    pub fn state(&self) -> ClaimState {
        ClaimState::from_name(&self.state).unwrap_or(ClaimState::Open)
    }
}

const SELECT: &str = "SELECT c.id, c.minutes_id, c.defence_id, m.call_id, d.student_id, u.first_name || ' ' || u.last_name AS student_name,
    p.title AS project_title, c.text, c.state, c.answer, c.answered_at, c.mark_before::text AS mark_before,
    c.mark_after::text AS mark_after, c.created_at, c.version
    FROM mark_claims c JOIN minutes m ON m.id = c.minutes_id JOIN defences d ON d.id = c.defence_id
    JOIN users u ON u.id = d.student_id JOIN evaluation_requests r ON r.id = d.evaluation_request_id
    JOIN projects p ON p.id = r.project_id ";

/// The claims of a call, in the order they came.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<ClaimRow>> {
    diesel::sql_query(format!("{SELECT} WHERE m.call_id = $1 ORDER BY c.created_at, c.id LIMIT 1000"))
        .bind::<BigInt, _>(call.0)
        .load(conn)
}

/// One claim.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: MarkClaimId) -> QueryResult<ClaimRow> {
    diesel::sql_query(format!("{SELECT} WHERE c.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// The claim of a defence against an edition.
///
/// # Errors
/// When the database cannot answer.
pub fn find_of(
    conn: &mut PgConnection,
    minutes: MinutesId,
    defence: DefenceId,
) -> QueryResult<Option<ClaimRow>> {
    diesel::sql_query(format!("{SELECT} WHERE c.minutes_id = $1 AND c.defence_id = $2"))
        .bind::<BigInt, _>(minutes.0)
        .bind::<BigInt, _>(defence.0)
        .get_result(conn)
        .optional()
}

/// The claims against an edition that wait for an answer.
///
/// # Errors
/// When the database cannot answer.
pub fn list_open(conn: &mut PgConnection, minutes: MinutesId) -> QueryResult<Vec<ClaimRow>> {
    diesel::sql_query(format!("{SELECT} WHERE c.minutes_id = $1 AND c.state = 'open' ORDER BY c.id"))
        .bind::<BigInt, _>(minutes.0)
        .load(conn)
}

/// Claim against a mark.
///
/// # Errors
/// When there is a claim already, or the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    minutes: MinutesId,
    defence: DefenceId,
    text: &str,
    (mark, now): (Mark, DateTime<Utc>),
) -> QueryResult<ClaimRow> {
    diesel::sql_query(
        "INSERT INTO mark_claims (minutes_id, defence_id, text, mark_before, created_at) VALUES ($1, $2, $3, $4::numeric, $5)",
    )
    .bind::<BigInt, _>(minutes.0)
    .bind::<BigInt, _>(defence.0)
    .bind::<Text, _>(text)
    .bind::<Text, _>(mark.to_string())
    .bind::<Timestamptz, _>(now)
    .execute(conn)?;
    find_of(conn, minutes, defence)?.ok_or(diesel::NotFound)
}

/// Answer it; its version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn answer(
    conn: &mut PgConnection,
    id: MarkClaimId,
    state: ClaimState,
    answer: &str,
    mark: Mark,
    (by, now): (UserId, DateTime<Utc>),
) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE mark_claims SET state = $2, answer = $3, mark_after = $4::numeric, answered_by = $5, answered_at = $6,
            version = version + 1 WHERE id = $1",
    )
    .bind::<BigInt, _>(id.0)
    .bind::<Text, _>(state.as_str())
    .bind::<Text, _>(answer)
    .bind::<Text, _>(mark.to_string())
    .bind::<BigInt, _>(by.0)
    .bind::<Timestamptz, _>(now)
    .execute(conn)
    .map(drop)
}

/// The version of a claim, which is locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: MarkClaimId) -> QueryResult<i32> {
    c::table.find(id.0).select(c::version).for_update().first(conn)
}
