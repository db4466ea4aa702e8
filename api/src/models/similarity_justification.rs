//! Why flagged documents may be defended, as somebody signed it.

use crate::schema::{similarity_justifications as j, users as u};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::{DocumentId, UserId};
use serde::Serialize;

/// A justification, as the audit log keeps it.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = j, check_for_backend(diesel::pg::Pg))]
pub struct JustificationRow {
    /// Its id.
    pub id: i64,
    /// Of which document.
    pub document_id: i64,
    /// What was written.
    pub text: String,
    /// The share that the signer saw.
    pub share_permille: i16,
    /// Who signed.
    pub signed_by: i64,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Sign one.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    document: DocumentId,
    text: &str,
    share_permille: i16,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<JustificationRow> {
    diesel::insert_into(j::table)
        .values((
            j::document_id.eq(document.0),
            j::text.eq(text),
            j::share_permille.eq(share_permille),
            j::signed_by.eq(by.0),
            j::created_at.eq(now),
        ))
        .returning(JustificationRow::as_returning())
        .get_result(conn)
}

/// Those of a document with the signers' names, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    document: DocumentId,
) -> QueryResult<Vec<(JustificationRow, String, String)>> {
    j::table
        .inner_join(u::table)
        .filter(j::document_id.eq(document.0))
        .order(j::id.desc())
        .limit(100)
        .select((JustificationRow::as_select(), u::first_name, u::last_name))
        .load(conn)
}
