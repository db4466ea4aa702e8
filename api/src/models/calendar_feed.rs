//! Private addresses of calendars.

use crate::auth::secret_token;
use crate::schema::{calendar_feeds, users};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::ids::UserId;
use gestfg_types::session::Language;
use serde::Serialize;

/// A stored address, without the hash of its secret.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = calendar_feeds, check_for_backend(diesel::pg::Pg))]
pub struct FeedRow {
    /// Whose.
    pub user_id: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last read, to the minute.
    pub last_read_at: Option<DateTime<Utc>>,
}

/// The address of this person, if they have one.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<FeedRow>> {
    calendar_feeds::table.find(user.0).select(FeedRow::as_select()).first(conn).optional()
}

/// A new address in place of any other; only the hash of its secret is stored.
///
/// # Errors
/// When the database cannot take it.
pub fn make(conn: &mut PgConnection, user: UserId, now: DateTime<Utc>) -> QueryResult<(FeedRow, String)> {
    let secret = secret_token::generate();
    let values = (
        calendar_feeds::token_hash.eq(secret_token::digest(&secret)),
        calendar_feeds::created_at.eq(now),
        calendar_feeds::last_read_at.eq(None::<DateTime<Utc>>),
    );
    let row = diesel::insert_into(calendar_feeds::table)
        .values((calendar_feeds::user_id.eq(user.0), values.clone()))
        .on_conflict(calendar_feeds::user_id)
        .do_update()
        .set(values)
        .returning(FeedRow::as_returning())
        .get_result(conn)?;
    Ok((row, secret))
}

/// Let the address of this person die. Says which it was, if there was one.
///
/// # Errors
/// When the database cannot answer.
pub fn revoke(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<FeedRow>> {
    diesel::delete(calendar_feeds::table.find(user.0))
        .returning(FeedRow::as_returning())
        .get_result(conn)
        .optional()
}

/// Whose address this is, if they are active, and the language they read;
/// notes the reading, to the minute.
///
/// # Errors
/// When the database cannot answer.
pub fn find_owner(
    conn: &mut PgConnection,
    secret: &str,
    now: DateTime<Utc>,
) -> QueryResult<Option<(UserId, Language)>> {
    let found = calendar_feeds::table
        .inner_join(users::table)
        .filter(calendar_feeds::token_hash.eq(secret_token::digest(secret)))
        .filter(users::is_active)
        .select((users::id, users::language, calendar_feeds::last_read_at))
        .first::<(i64, String, Option<DateTime<Utc>>)>(conn)
        .optional()?;
    let Some((id, language, last_read)) = found else { return Ok(None) };
    if last_read.is_none_or(|read| now - read >= Duration::minutes(1)) {
        diesel::update(calendar_feeds::table.find(id))
            .set(calendar_feeds::last_read_at.eq(now))
            .execute(conn)?;
    }
    Ok(Some((UserId(id), crate::models::recipient::language(&language))))
}
