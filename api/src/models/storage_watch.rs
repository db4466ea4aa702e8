//! Looking once a day how full the database is.

use crate::schema::storage_watch as w;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg_types::ids::UserId;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Take today's look, so that no other worker does. Says whether it was tight
/// at the last one; none: somebody looks already or has today.
///
/// # Errors
/// When the database cannot take it.
pub fn take(conn: &mut PgConnection, today: NaiveDate) -> QueryResult<Option<bool>> {
    diesel::update(w::table.filter(w::looked_on.is_null().or(w::looked_on.ne(today))))
        .set(w::looked_on.eq(today))
        .returning(w::is_nearly_full)
        .get_result(conn)
        .optional()
}

/// Keep what was found.
///
/// # Errors
/// When the database cannot take it.
pub fn note(conn: &mut PgConnection, is_nearly_full: bool) -> QueryResult<()> {
    diesel::update(w::table).set(w::is_nearly_full.eq(is_nearly_full)).execute(conn).map(drop)
}

/// Bytes of the whole database.
///
/// # Errors
/// When the database cannot answer.
pub fn bytes(conn: &mut PgConnection) -> QueryResult<i64> {
    let sql = "SELECT pg_database_size(current_database()) AS id";
    diesel::sql_query(sql).get_result::<Number>(conn).map(|row| row.id)
}

/// Those who can do something about it.
///
/// # Errors
/// When the database cannot answer.
pub fn admins(conn: &mut PgConnection) -> QueryResult<Vec<UserId>> {
    let sql = "SELECT id FROM users WHERE is_admin AND is_active ORDER BY id";
    let rows: Vec<Number> = diesel::sql_query(sql).load(conn)?;
    Ok(rows.into_iter().map(|row| UserId(row.id)).collect())
}
