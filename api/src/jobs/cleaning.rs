//! Clearing away what nobody will ask for any more.

use crate::models::update;
use crate::schema::{
    idempotency_keys, notifications, one_time_links, outgoing_mails, sessions, throttle_counters,
};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

/// Expired counters, keys, links and log-ins, hints, and mails and notifications
/// that were seen long ago.
///
/// # Errors
/// When the database cannot answer.
pub fn clean(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
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
    // Not in the inbox: they were for the mail of the day alone.
    let seen = notifications::read_at
        .is_not_null()
        .or(notifications::is_in_app.eq(false).and(notifications::digested_at.is_not_null()));
    diesel::delete(notifications::table.filter(notifications::created_at.lt(days(180))).filter(seen))
        .execute(conn)?;
    Ok(())
}
