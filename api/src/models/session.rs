//! Log-ins.

use crate::schema::{sessions, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

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
