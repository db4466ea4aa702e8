//! The same creation asked for twice is done once and answered twice.

use crate::error::{AppError, AppResult};
use crate::schema::idempotency_keys;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use serde_json::Value;

/// An answer, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The `Location` header.
    pub location: String,
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The body.
    pub body: Value,
}

/// How long a key is remembered.
const HOURS: i64 = 24;

/// The answer kept under this key, after waiting for a twin that is still
/// running; else the key is now ours, until the transaction ends.
///
/// # Errors
/// `idempotency_conflict` when the key came with another request.
pub fn claim(
    conn: &mut PgConnection,
    user: UserId,
    key: &str,
    request_hash: &[u8],
    now: DateTime<Utc>,
) -> AppResult<Option<Answer>> {
    use idempotency_keys as k;
    diesel::delete(
        k::table
            .filter(k::user_id.eq(user.0))
            .filter(k::key.eq(key))
            .filter(k::created_at.lt(now - Duration::hours(HOURS))),
    )
    .execute(conn)?;
    let inserted = diesel::insert_into(k::table)
        .values((
            k::user_id.eq(user.0),
            k::key.eq(key),
            k::request_hash.eq(request_hash),
            k::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    if inserted == 1 {
        return Ok(None);
    }
    let (hash, location, etag, body) = k::table
        .find((user.0, key))
        .select((k::request_hash, k::location, k::etag, k::body))
        .first::<(Vec<u8>, Option<String>, Option<String>, Option<Value>)>(conn)?;
    if hash != request_hash {
        return Err(AppError::refuse(
            ErrorCode::IdempotencyConflict,
            "This Idempotency-Key was used for another request in the last 24 hours.",
        ));
    }
    Ok(Some(Answer { location: location.unwrap_or_default(), etag, body: body.unwrap_or(Value::Null) }))
}

/// Keep the answer under the key claimed before.
///
/// # Errors
/// When the database cannot take it.
pub fn keep(conn: &mut PgConnection, user: UserId, key: &str, answer: &Answer) -> QueryResult<()> {
    use idempotency_keys as k;
    diesel::update(k::table.find((user.0, key)))
        .set((
            k::status.eq(201i16),
            k::location.eq(&answer.location),
            k::etag.eq(&answer.etag),
            k::body.eq(&answer.body),
        ))
        .execute(conn)?;
    Ok(())
}
