//! How the installation is doing, as the database knows it.

use crate::schema::{backups as b, outgoing_mails as m, unexpected_errors as e};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use gestfg_types::system::{Backup, MailError, TableSize, UnexpectedError};

/// Errors that are kept: as many, and so long.
const KEPT: i64 = 200;
const KEPT_DAYS: i64 = 30;
/// Errors, mails and tables that are shown.
const SHOWN: i64 = 20;

/// A request that failed for a reason of ours.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = e)]
pub struct NewError {
    /// When.
    pub happened_at: DateTime<Utc>,
    /// Which request.
    pub request_id: String,
    /// What was asked.
    pub operation: String,
    /// What went wrong, scrubbed.
    pub error: String,
}

/// Note an error, and let the oldest go.
///
/// # Errors
/// When the database cannot take it.
pub fn note_error(conn: &mut PgConnection, error: &NewError) -> QueryResult<()> {
    let id: i64 = diesel::insert_into(e::table).values(error).returning(e::id).get_result(conn)?;
    let since = error.happened_at - Duration::days(KEPT_DAYS);
    diesel::delete(e::table.filter(e::id.le(id - KEPT).or(e::happened_at.lt(since)))).execute(conn).map(drop)
}

/// The latest errors, newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list_errors(conn: &mut PgConnection) -> QueryResult<Vec<UnexpectedError>> {
    let rows: Vec<(DateTime<Utc>, String, String, String)> = e::table
        .order(e::id.desc())
        .limit(SHOWN)
        .select((e::happened_at, e::request_id, e::operation, e::error))
        .load(conn)?;
    let error = |(happened_at, request_id, operation, error)| UnexpectedError {
        happened_at,
        request_id,
        operation,
        error,
    };
    Ok(rows.into_iter().map(error).collect())
}

/// Mails that could not be sent so far, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list_mail_errors(conn: &mut PgConnection) -> QueryResult<Vec<MailError>> {
    let rows: Vec<(DateTime<Utc>, i32, Option<String>)> = m::table
        .filter(m::sent_at.is_null())
        .filter(m::last_error.is_not_null())
        .order(m::id.desc())
        .limit(5)
        .select((m::created_at, m::attempts, m::last_error))
        .load(conn)?;
    let error = |(created_at, attempts, error): (_, _, Option<String>)| MailError {
        created_at,
        attempts,
        error: error.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(error).collect())
}

/// What the database says of itself.
#[derive(Debug, Clone, QueryableByName)]
pub struct DatabaseRow {
    /// Its version.
    #[diesel(sql_type = Text)]
    pub version: String,
    /// Connections there are.
    #[diesel(sql_type = BigInt)]
    pub connections: i64,
    /// Connections there may be, of this role and of all.
    #[diesel(sql_type = BigInt)]
    pub connections_limit: i64,
    /// Migrations that were applied.
    #[diesel(sql_type = BigInt)]
    pub applied: i64,
    /// The latest of them.
    #[diesel(sql_type = Text)]
    pub latest: String,
}

/// Ask the database about itself. A hosted one limits the connections of a
/// role or of a database, not only of the server.
///
/// # Errors
/// When the database cannot answer.
pub fn database(conn: &mut PgConnection) -> QueryResult<DatabaseRow> {
    diesel::sql_query(
        "SELECT current_setting('server_version') AS version,
                (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
                LEAST(current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint,
                      (SELECT NULLIF(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
                      (SELECT NULLIF(datconnlimit, -1) FROM pg_database WHERE datname = current_database()))::bigint AS connections_limit,
                (SELECT count(*) FROM __diesel_schema_migrations) AS applied,
                (SELECT COALESCE(max(version), '') FROM __diesel_schema_migrations) AS latest",
    )
    .get_result(conn)
}

/// What takes most room.
///
/// # Errors
/// When the database cannot answer.
pub fn list_largest_tables(conn: &mut PgConnection) -> QueryResult<Vec<TableSize>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT relname::text AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'm') ORDER BY 2 DESC, 1 LIMIT 8",
    )
    .load(conn)?;
    Ok(rows.into_iter().map(|Row { name, bytes }| TableSize { name, bytes }).collect())
}

/// Note that a backup was taken whole.
///
/// # Errors
/// When the database cannot take it.
pub fn note_backup(conn: &mut PgConnection, backup: &Backup) -> QueryResult<()> {
    diesel::insert_into(b::table)
        .values((
            b::ended_at.eq(backup.ended_at),
            b::row_count.eq(backup.row_count),
            b::document_count.eq(backup.document_count),
            b::document_bytes.eq(backup.document_bytes),
            b::left_in_bucket.eq(backup.left_in_bucket),
        ))
        .execute(conn)
        .map(drop)
}

/// The latest backup.
///
/// # Errors
/// When the database cannot answer.
pub fn last_backup(conn: &mut PgConnection) -> QueryResult<Option<Backup>> {
    let row: Option<(DateTime<Utc>, i64, i64, i64, i64)> = b::table
        .order(b::id.desc())
        .select((b::ended_at, b::row_count, b::document_count, b::document_bytes, b::left_in_bucket))
        .first(conn)
        .optional()?;
    Ok(row.map(|(ended_at, row_count, document_count, document_bytes, left_in_bucket)| Backup {
        ended_at,
        row_count,
        document_count,
        document_bytes,
        left_in_bucket,
    }))
}
