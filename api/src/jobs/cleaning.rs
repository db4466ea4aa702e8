//! Clearing away what nobody will ask for any more.

use crate::models::update;
use crate::schema::{idempotency_keys, one_time_links, outgoing_mails, sessions, throttle_counters};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

/// Expired counters, keys, links and log-ins, and mails sent long ago.
pub(super) fn clean(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
    let days = |days| now - Duration::days(days);
    diesel::delete(throttle_counters::table.filter(throttle_counters::window_start.lt(days(2))))
        .execute(conn)?;
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(days(1)))).execute(conn)?;
    diesel::delete(one_time_links::table.filter(one_time_links::expires_at.lt(days(1)))).execute(conn)?;
    diesel::delete(
        sessions::table
            .filter(sessions::expires_at.lt(days(1)).or(sessions::ended_at.assume_not_null().lt(days(31)))),
    )
    .execute(conn)?;
    // Whoever was away longer reads everything again.
    update::forget_before(conn, days(2))?;
    diesel::delete(outgoing_mails::table.filter(outgoing_mails::sent_at.assume_not_null().lt(days(90))))
        .execute(conn)?;
    Ok(())
}
