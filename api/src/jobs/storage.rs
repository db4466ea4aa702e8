//! Looking how full the database is.

use crate::config::Config;
use crate::domain::room_left::{is_nearly_full, percent};
use crate::mail::Letter;
use crate::models::storage_watch;
use crate::notices;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Look once a day, and tell admins when four fifths of the plan are taken:
/// once, and again only after it was less. In one transaction with the note.
///
/// # Errors
/// When the database cannot answer.
pub fn watch_storage(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    let Some(limit) = config.database_room() else { return Ok(()) };
    let today = now.with_timezone(&config.time_zone).date_naive();
    conn.transaction(|conn| {
        let Some(was) = storage_watch::take(conn, today)? else { return Ok(()) };
        let bytes = storage_watch::bytes(conn)?;
        let is = is_nearly_full(bytes, limit);
        if is != was {
            storage_watch::note(conn, is)?;
        }
        if is && !was {
            let letter = Letter::StorageNearlyFull { percent: percent(bytes, limit) };
            let admins = storage_watch::admins(conn)?;
            notices::tell(conn, config, now, &admins, &letter)?;
        }
        Ok(())
    })
}
