//! Personal API tokens.

use crate::auth::middleware::API_TOKEN_PREFIX;
use crate::auth::secret_token;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{api_tokens, users};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::accounts::TokenScope;
use gestfg_types::ids::{ApiTokenId, UserId};
use serde::Serialize;

/// Whose token this is, if it is valid; notes its use, to the minute.
///
/// # Errors
/// When the database cannot answer.
pub fn find_live(
    conn: &mut PgConnection,
    secret: &str,
    now: DateTime<Utc>,
) -> QueryResult<Option<(UserId, ApiTokenId, TokenScope)>> {
    let found = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::token_hash.eq(secret_token::digest(secret)))
        .filter(api_tokens::revoked_at.is_null())
        .filter(api_tokens::expires_at.gt(now))
        .filter(users::is_active)
        .select((api_tokens::id, api_tokens::user_id, api_tokens::scope, api_tokens::last_used_at))
        .first::<(i64, i64, String, Option<DateTime<Utc>>)>(conn)
        .optional()?;
    let Some((id, user, scope, last_used)) = found else { return Ok(None) };
    if last_used.is_none_or(|used| now - used > Duration::minutes(1)) {
        diesel::update(api_tokens::table.find(id)).set(api_tokens::last_used_at.eq(now)).execute(conn)?;
    }
    let scope = if scope == "write" { TokenScope::Write } else { TokenScope::Read };
    Ok(Some((UserId(user), ApiTokenId(id), scope)))
}

/// Which of these tokens still work.
///
/// # Errors
/// When the database cannot answer.
pub fn live_among(
    conn: &mut PgConnection,
    ids: &[ApiTokenId],
    now: DateTime<Utc>,
) -> QueryResult<Vec<ApiTokenId>> {
    let live: Vec<i64> = api_tokens::table
        .filter(api_tokens::id.eq_any(ids.iter().map(|id| id.0)))
        .filter(api_tokens::revoked_at.is_null())
        .filter(api_tokens::expires_at.gt(now))
        .select(api_tokens::id)
        .load(conn)?;
    Ok(live.into_iter().map(ApiTokenId).collect())
}

/// A stored token, without its hash.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = api_tokens, check_for_backend(diesel::pg::Pg))]
pub struct ApiTokenRow {
    /// Its id.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// `read` or `write`.
    pub scope: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// When it was last used.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A page of someone's tokens, the latest first; revoked ones are gone.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    user: UserId,
    page: &PageParams<i64>,
) -> QueryResult<Window<ApiTokenRow>> {
    let live = || {
        api_tokens::table
            .filter(api_tokens::user_id.eq(user.0))
            .filter(api_tokens::revoked_at.is_null())
            .into_boxed()
    };
    let total = live().count().get_result(conn)?;
    let mut query = live();
    if let Some(id) = page.after {
        query = query.filter(api_tokens::id.lt(id));
    }
    let rows =
        query.order(api_tokens::id.desc()).limit(page.fetch()).select(ApiTokenRow::as_select()).load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.id)))
}

/// A new token; only its hash is stored.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    user: UserId,
    name: &str,
    scope: &str,
    lives: Duration,
    now: DateTime<Utc>,
) -> QueryResult<(ApiTokenRow, String)> {
    let secret = format!("{API_TOKEN_PREFIX}{}", secret_token::generate());
    let row = diesel::insert_into(api_tokens::table)
        .values((
            api_tokens::user_id.eq(user.0),
            api_tokens::name.eq(name),
            api_tokens::scope.eq(scope),
            api_tokens::token_hash.eq(secret_token::digest(&secret)),
            api_tokens::created_at.eq(now),
            api_tokens::expires_at.eq(now + lives),
        ))
        .returning(ApiTokenRow::as_returning())
        .get_result(conn)?;
    Ok((row, secret))
}

/// Revoke one of someone's tokens.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn revoke(
    conn: &mut PgConnection,
    user: UserId,
    id: ApiTokenId,
    now: DateTime<Utc>,
) -> QueryResult<ApiTokenRow> {
    diesel::update(api_tokens::table.find(id.0))
        .filter(api_tokens::user_id.eq(user.0))
        .filter(api_tokens::revoked_at.is_null())
        .set(api_tokens::revoked_at.eq(now))
        .returning(ApiTokenRow::as_returning())
        .get_result(conn)
}
