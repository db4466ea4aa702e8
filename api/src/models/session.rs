//! Log-ins and the refresh tokens that keep them alive.

use crate::auth::secret_token;
use crate::schema::{refresh_tokens, sessions, users};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::ids::UserId;
use uuid::Uuid;

/// How long a log-in lives without being used.
pub const DAYS: i64 = 30;

/// How long a used refresh token may come again: two tabs of one browser share
/// the cookie and refresh at once, and a page reloaded at that moment never
/// saw the new one. A thief gains nothing by it that the token itself had not
/// given a moment before; later than this, the log-in ends for both.
pub const REUSE_GRACE_SECONDS: i64 = 10;

/// Whether this log-in of this person still lives.
///
/// # Errors
/// When the database cannot answer.
pub fn is_live(conn: &mut PgConnection, id: Uuid, user: i64, now: DateTime<Utc>) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        sessions::table
            .inner_join(users::table)
            .filter(sessions::id.eq(id))
            .filter(sessions::user_id.eq(user))
            .filter(sessions::ended_at.is_null())
            .filter(sessions::expires_at.gt(now))
            .filter(users::is_active),
    ))
    .get_result(conn)
}

/// Which of these log-ins still live.
///
/// # Errors
/// When the database cannot answer.
pub fn live_among(conn: &mut PgConnection, ids: &[Uuid], now: DateTime<Utc>) -> QueryResult<Vec<Uuid>> {
    sessions::table
        .filter(sessions::id.eq_any(ids))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select(sessions::id)
        .load(conn)
}

/// A new log-in.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    user: UserId,
    address: &str,
    user_agent: &str,
    now: DateTime<Utc>,
) -> QueryResult<Uuid> {
    let id = Uuid::new_v4();
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            sessions::user_id.eq(user.0),
            sessions::address.eq(address),
            sessions::user_agent.eq(user_agent),
            sessions::created_at.eq(now),
            sessions::last_used_at.eq(now),
            sessions::expires_at.eq(now + Duration::days(DAYS)),
        ))
        .execute(conn)?;
    Ok(id)
}

/// A new refresh token of a log-in; only its hash is stored.
///
/// # Errors
/// When the database cannot take it.
pub fn issue_refresh_token(
    conn: &mut PgConnection,
    session: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<String> {
    let token = secret_token::generate();
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_hash.eq(secret_token::digest(&token)),
            refresh_tokens::session_id.eq(session),
            refresh_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(token)
}

/// What a refresh token turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// Good, and used up now: whose it is, and under which log-in.
    Renewed(UserId, Uuid),
    /// Used before: its log-in has been ended, for one of the two is a thief.
    Reused(UserId),
    /// Unknown, or its log-in has ended.
    Ended,
}

/// Use a refresh token up, and keep its log-in alive.
///
/// # Errors
/// When the database cannot answer.
pub fn refresh(conn: &mut PgConnection, token: &str, now: DateTime<Utc>) -> QueryResult<Refreshed> {
    let hash = secret_token::digest(token);
    let Some((session, used_at)) = refresh_tokens::table
        .find(&hash)
        .select((refresh_tokens::session_id, refresh_tokens::used_at))
        .for_update()
        .first::<(Uuid, Option<DateTime<Utc>>)>(conn)
        .optional()?
    else {
        return Ok(Refreshed::Ended);
    };
    let user = UserId(sessions::table.find(session).select(sessions::user_id).first(conn)?);
    if !is_live(conn, session, user.0, now)? {
        return Ok(Refreshed::Ended);
    }
    if used_at.is_some_and(|used| now - used > Duration::seconds(REUSE_GRACE_SECONDS)) {
        end(conn, session, now)?;
        return Ok(Refreshed::Reused(user));
    }
    if used_at.is_none() {
        diesel::update(refresh_tokens::table.find(&hash))
            .set(refresh_tokens::used_at.eq(now))
            .execute(conn)?;
    }
    diesel::update(sessions::table.find(session))
        .set((sessions::last_used_at.eq(now), sessions::expires_at.eq(now + Duration::days(DAYS))))
        .execute(conn)?;
    Ok(Refreshed::Renewed(user, session))
}

/// The log-in a refresh token belongs to, whether or not it was used.
///
/// # Errors
/// When the database cannot answer.
pub fn find_by_refresh_token(conn: &mut PgConnection, token: &str) -> QueryResult<Option<(Uuid, UserId)>> {
    refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::token_hash.eq(secret_token::digest(token)))
        .select((sessions::id, sessions::user_id))
        .first::<(Uuid, i64)>(conn)
        .optional()
        .map(|found| found.map(|(id, user)| (id, UserId(user))))
}

/// End a log-in; its access tokens die with it. Says whether it lived.
///
/// # Errors
/// When the database cannot take it.
pub fn end(conn: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> QueryResult<bool> {
    let ended = diesel::update(sessions::table.find(id))
        .filter(sessions::ended_at.is_null())
        .set(sessions::ended_at.eq(now))
        .execute(conn)?;
    Ok(ended == 1)
}

/// End every log-in of a person, but perhaps this one.
///
/// # Errors
/// When the database cannot take it.
pub fn end_all(
    conn: &mut PgConnection,
    user: UserId,
    but: Option<Uuid>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(sessions::table)
        .filter(sessions::user_id.eq(user.0))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::id.ne(but.unwrap_or_else(Uuid::nil)))
        .set(sessions::ended_at.eq(now))
        .execute(conn)
        .map(drop)
}
