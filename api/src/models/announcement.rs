//! Announcements that wait for their publication.

use crate::models::event::EventRow;
use crate::schema::events;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::events::EventKind;

/// The next announcement that is published by now and was not told, locked
/// until the transaction ends, so that no other worker tells it meanwhile.
///
/// # Errors
/// When the database cannot answer.
pub fn lock_next(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Option<EventRow>> {
    events::table
        .filter(events::kind.eq(EventKind::Announcement.as_str()))
        .filter(events::told_at.is_null())
        .filter(events::publish_at.le(now))
        .order((events::publish_at, events::id))
        .select(EventRow::as_select())
        .for_update()
        .skip_locked()
        .first(conn)
        .optional()
}

/// It was told, or is not worth telling any more.
///
/// # Errors
/// When the database cannot take it.
pub fn set_told(conn: &mut PgConnection, id: i64, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(events::table.find(id)).set(events::told_at.eq(now)).execute(conn).map(drop)
}
