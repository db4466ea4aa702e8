//! Requests for more time to hand in.

use crate::schema::document_extensions as e;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use gestfg_types::documents::DocumentExtensionState;
use gestfg_types::ids::{DocumentExtensionId, EvaluationRequestId, UserId};
use serde::Serialize;

/// A request with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct ExtensionDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// For which evaluation request.
    #[diesel(sql_type = BigInt)]
    pub evaluation_request_id: i64,
    /// Why it was asked for.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// Until when it was asked for.
    #[diesel(sql_type = Timestamptz)]
    pub wanted_until: DateTime<Utc>,
    /// What became of it.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Until when it was granted.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub granted_until: Option<DateTime<Utc>>,
    /// What was said with the decision.
    #[diesel(sql_type = Nullable<Text>)]
    pub decision_reason: Option<String>,
    /// Who asked.
    #[diesel(sql_type = BigInt)]
    pub asker_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub asker_name: String,
    /// Who decided.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub decider_id: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub decider_name: Option<String>,
    /// When it was decided.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub decided_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// When it was asked for.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
}

impl ExtensionDetail {
    /// What became of it; the schema knows no fourth.
    #[must_use]
    pub fn state(&self) -> DocumentExtensionState {
        DocumentExtensionState::from_name(&self.state).unwrap_or(DocumentExtensionState::Refused)
    }
}

/// A stored request, as the audit log keeps it.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = e, check_for_backend(diesel::pg::Pg))]
pub struct ExtensionRow {
    /// Its id.
    pub id: i64,
    /// For which evaluation request.
    pub evaluation_request_id: i64,
    /// Why it was asked for.
    pub reason: String,
    /// Until when it was asked for.
    pub wanted_until: DateTime<Utc>,
    /// What became of it.
    pub state: String,
    /// Until when it was granted.
    pub granted_until: Option<DateTime<Utc>>,
    /// What was said with the decision.
    pub decision_reason: Option<String>,
    /// Grows with every edit.
    pub version: i32,
}

const SELECT: &str = "SELECT e.id, e.evaluation_request_id, e.reason, e.wanted_until, e.state, e.granted_until,
    e.decision_reason, e.asked_by AS asker_id, a.first_name || ' ' || a.last_name AS asker_name, e.decided_by AS decider_id,
    d.first_name || ' ' || d.last_name AS decider_name, e.decided_at, e.version, e.created_at
    FROM document_extensions e JOIN users a ON a.id = e.asked_by LEFT JOIN users d ON d.id = e.decided_by ";

/// All of an evaluation request, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, request: EvaluationRequestId) -> QueryResult<Vec<ExtensionDetail>> {
    diesel::sql_query(format!("{SELECT} WHERE e.evaluation_request_id = $1 ORDER BY e.id DESC"))
        .bind::<BigInt, _>(request.0)
        .load(conn)
}

/// One of them.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: DocumentExtensionId) -> QueryResult<ExtensionDetail> {
    diesel::sql_query(format!("{SELECT} WHERE e.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// One of them, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: DocumentExtensionId) -> QueryResult<ExtensionRow> {
    e::table.find(id.0).select(ExtensionRow::as_select()).for_update().first(conn)
}

/// Until when the students of an evaluation request may hand in, by the
/// extensions granted.
///
/// # Errors
/// When the database cannot answer.
pub fn granted_until(
    conn: &mut PgConnection,
    request: EvaluationRequestId,
) -> QueryResult<Option<DateTime<Utc>>> {
    e::table
        .filter(e::evaluation_request_id.eq(request.0))
        .select(diesel::dsl::max(e::granted_until))
        .first(conn)
}

/// Ask for more time.
///
/// # Errors
/// When some was asked for and is not decided, or the database cannot answer.
pub fn create(
    conn: &mut PgConnection,
    request: EvaluationRequestId,
    by: UserId,
    wanted_until: DateTime<Utc>,
    reason: &str,
    now: DateTime<Utc>,
) -> QueryResult<ExtensionRow> {
    diesel::insert_into(e::table)
        .values((
            e::evaluation_request_id.eq(request.0),
            e::asked_by.eq(by.0),
            e::reason.eq(reason),
            e::wanted_until.eq(wanted_until),
            e::created_at.eq(now),
        ))
        .returning(ExtensionRow::as_returning())
        .get_result(conn)
}

/// Grant it until a moment, or refuse it where there is none; its version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn decide(
    conn: &mut PgConnection,
    id: DocumentExtensionId,
    by: UserId,
    until: Option<DateTime<Utc>>,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<ExtensionRow> {
    let state =
        if until.is_some() { DocumentExtensionState::Granted } else { DocumentExtensionState::Refused };
    diesel::update(e::table.find(id.0))
        .set((
            e::state.eq(state.as_str()),
            e::granted_until.eq(until),
            e::decision_reason.eq(reason),
            e::decided_by.eq(by.0),
            e::decided_at.eq(now),
            e::version.eq(e::version + 1),
        ))
        .returning(ExtensionRow::as_returning())
        .get_result(conn)
}
