//! Links that set a password once.

use crate::auth::secret_token;
use crate::schema::{one_time_links, users};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::ids::UserId;

/// How long a link is good.
pub const HOURS: i64 = 24;

/// What a link was given out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The first password of an account.
    SetPassword,
    /// Another password.
    ResetPassword,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SetPassword => "set_password",
            Self::ResetPassword => "reset_password",
        }
    }
}

/// A link that can still be used, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveLink {
    /// Its id.
    pub id: i64,
    /// Whose password it sets.
    pub user: UserId,
}

/// A new link for this person; older ones die. Only its hash is stored, so
/// the token returned is the one time it can be seen.
///
/// # Errors
/// When the database cannot take it.
pub fn issue(
    conn: &mut PgConnection,
    user: UserId,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> QueryResult<String> {
    // Two requests at once must not leave two live links behind.
    users::table.find(user.0).select(users::id).for_no_key_update().first::<i64>(conn)?;
    delete_all(conn, user)?;
    let token = secret_token::generate();
    diesel::insert_into(one_time_links::table)
        .values((
            one_time_links::user_id.eq(user.0),
            one_time_links::purpose.eq(purpose.as_str()),
            one_time_links::token_hash.eq(secret_token::digest(&token)),
            one_time_links::created_at.eq(now),
            one_time_links::expires_at.eq(now + Duration::hours(HOURS)),
        ))
        .execute(conn)?;
    Ok(token)
}

/// The link with this token, if it is unused, not expired, and its owner active.
///
/// # Errors
/// When the database cannot answer.
pub fn find_live(conn: &mut PgConnection, token: &str, now: DateTime<Utc>) -> QueryResult<Option<LiveLink>> {
    one_time_links::table
        .inner_join(users::table)
        .filter(one_time_links::token_hash.eq(secret_token::digest(token)))
        .filter(one_time_links::used_at.is_null())
        .filter(one_time_links::expires_at.gt(now))
        .filter(users::is_active)
        .select((one_time_links::id, one_time_links::user_id))
        .first::<(i64, i64)>(conn)
        .optional()
        .map(|found| found.map(|(id, user)| LiveLink { id, user: UserId(user) }))
}

/// Use a link up. No, if another request was quicker.
///
/// # Errors
/// When the database cannot take it.
pub fn use_up(conn: &mut PgConnection, link: LiveLink, now: DateTime<Utc>) -> QueryResult<bool> {
    let used = diesel::update(one_time_links::table.find(link.id))
        .filter(one_time_links::used_at.is_null())
        .set(one_time_links::used_at.eq(now))
        .execute(conn)?;
    Ok(used == 1)
}

/// End every link of this person.
///
/// # Errors
/// When the database cannot take it.
pub fn delete_all(conn: &mut PgConnection, user: UserId) -> QueryResult<()> {
    diesel::delete(one_time_links::table.filter(one_time_links::user_id.eq(user.0))).execute(conn).map(drop)
}
