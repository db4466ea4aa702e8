//! What people were told: their inbox, and what waits for the mail of the day.

use crate::mail::Letter;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::notifications as n;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Timestamptz};
use gestfg_types::ids::{AssignmentId, NotificationId, UserId};
use gestfg_types::notifications::NotificationKind;

/// Rows written with one statement.
const CHUNK: usize = 5_000;

/// Something to tell somebody.
#[derive(Debug, Clone)]
pub struct NewNotification {
    /// Whom.
    pub user: i64,
    /// What it is about.
    pub kind: NotificationKind,
    /// The letter, as JSON.
    pub letter: String,
    /// Whether it shows in the inbox.
    pub is_in_app: bool,
    /// Whether it waits for the mail of the day.
    pub is_for_digest: bool,
}

/// Something somebody was told.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = n, check_for_backend(diesel::pg::Pg))]
pub struct NotificationRow {
    /// Its id.
    pub id: i64,
    /// What it is about.
    pub kind: String,
    /// What happened, as data.
    pub letter: serde_json::Value,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

impl NotificationRow {
    /// What happened; none if an older release wrote it in words we have lost.
    #[must_use]
    pub fn letter(&self) -> Option<Letter> {
        serde_json::from_value(self.letter.clone())
            .inspect_err(|error| tracing::warn!(notification = self.id, %error, "a letter cannot be read"))
            .ok()
    }
}

/// Keep all of these.
///
/// # Errors
/// When the database cannot take them.
pub fn create_all(conn: &mut PgConnection, new: &[NewNotification], now: DateTime<Utc>) -> QueryResult<()> {
    for chunk in new.chunks(CHUNK) {
        diesel::sql_query(
            "INSERT INTO notifications (user_id, kind, letter, is_in_app, is_for_digest, created_at)
             SELECT u, k, l::jsonb, a, d, $6 FROM unnest($1, $2, $3, $4, $5) AS t(u, k, l, a, d)",
        )
        .bind::<Array<BigInt>, _>(chunk.iter().map(|new| new.user).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(chunk.iter().map(|new| new.kind.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(chunk.iter().map(|new| new.letter.as_str()).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(chunk.iter().map(|new| new.is_in_app).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(chunk.iter().map(|new| new.is_for_digest).collect::<Vec<_>>())
        .bind::<Timestamptz, _>(now)
        .execute(conn)?;
    }
    Ok(())
}

/// A page of somebody's inbox, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    user: UserId,
    only_unread: bool,
    page: &PageParams<i64>,
) -> QueryResult<Window<NotificationRow>> {
    let filtered = || {
        let query = n::table.filter(n::user_id.eq(user.0)).filter(n::is_in_app).into_boxed();
        if only_unread { query.filter(n::read_at.is_null()) } else { query }
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some(id) = page.after {
        query = query.filter(n::id.lt(id));
    }
    let rows =
        query.order(n::id.desc()).limit(page.fetch()).select(NotificationRow::as_select()).load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.id)))
}

/// How many wait in somebody's inbox.
///
/// # Errors
/// When the database cannot answer.
pub fn count_unread(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    n::table
        .filter(n::user_id.eq(user.0))
        .filter(n::is_in_app)
        .filter(n::read_at.is_null())
        .count()
        .get_result(conn)
}

/// Whether there is such a thing in this person's inbox.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_own(conn: &mut PgConnection, user: UserId, id: NotificationId) -> QueryResult<i64> {
    n::table.find(id.0).filter(n::user_id.eq(user.0)).filter(n::is_in_app).select(n::id).first(conn)
}

/// Mark one as read. Says whether it was not.
///
/// # Errors
/// When the database cannot take it.
pub fn set_read(
    conn: &mut PgConnection,
    user: UserId,
    id: NotificationId,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(n::table.find(id.0).filter(n::user_id.eq(user.0)).filter(n::read_at.is_null()))
        .set(n::read_at.eq(now))
        .execute(conn)
        .map(|count| count > 0)
}

/// Mark all up to this one as read. Says whether one was not.
///
/// # Errors
/// When the database cannot take it.
pub fn set_read_up_to(
    conn: &mut PgConnection,
    user: UserId,
    id: NotificationId,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(
        n::table
            .filter(n::user_id.eq(user.0))
            .filter(n::id.le(id.0))
            .filter(n::is_in_app)
            .filter(n::read_at.is_null()),
    )
    .set(n::read_at.eq(now))
    .execute(conn)
    .map(|count| count > 0)
}

/// Who reads a thread has read that something was written in it. Says whether
/// that was news.
///
/// # Errors
/// When the database cannot take it.
pub fn set_thread_read(
    conn: &mut PgConnection,
    user: UserId,
    thread: AssignmentId,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::sql_query(
        "UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND is_in_app AND read_at IS NULL
         AND kind = 'message' AND (letter->'message'->>'assignment')::bigint = $2",
    )
    .bind::<BigInt, _>(user.0)
    .bind::<BigInt, _>(thread.0)
    .bind::<Timestamptz, _>(now)
    .execute(conn)
    .map(|count| count > 0)
}
