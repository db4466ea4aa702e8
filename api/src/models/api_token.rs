//! Personal API tokens.

use crate::auth::secret_token;
use crate::schema::{api_tokens, users};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::accounts::TokenScope;
use gestfg_types::ids::{ApiTokenId, UserId};

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
