//! What waits for the mail of the day.

use crate::models::notification::NotificationRow;
use crate::models::recipient::Person;
use crate::schema::{notifications as n, users};
use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;

/// Somebody for whom something waits since before this moment, locked until
/// the transaction ends, so that no other worker writes to them meanwhile.
///
/// # Errors
/// When the database cannot answer.
pub fn lock_next(conn: &mut PgConnection, before: DateTime<Utc>) -> QueryResult<Option<i64>> {
    let waiting = n::table
        .filter(n::user_id.eq(users::id))
        .filter(n::is_for_digest)
        .filter(n::digested_at.is_null())
        .filter(n::created_at.lt(before));
    users::table
        .filter(exists(waiting))
        .order(users::id)
        .select(users::id)
        .for_no_key_update()
        .skip_locked()
        .first(conn)
        .optional()
}

/// Take what waits for somebody since before this moment, so that it is told
/// once. What they have read meanwhile is not told again.
///
/// # Errors
/// When the database cannot take it.
pub fn take(
    conn: &mut PgConnection,
    user: i64,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<NotificationRow>> {
    let mut rows: Vec<NotificationRow> = diesel::update(
        n::table
            .filter(n::user_id.eq(user))
            .filter(n::is_for_digest)
            .filter(n::digested_at.is_null())
            .filter(n::created_at.lt(before)),
    )
    .set(n::digested_at.eq(now))
    .returning(NotificationRow::as_returning())
    .get_results(conn)?;
    rows.retain(|row| row.read_at.is_none());
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

/// Them, if they are active.
///
/// # Errors
/// When the database cannot answer.
pub fn find_reader(conn: &mut PgConnection, user: i64) -> QueryResult<Option<Person>> {
    Ok(crate::models::recipient::load(conn, &[user])?.pop())
}
