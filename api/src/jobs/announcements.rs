//! Telling announcements to those they are for, once they are published.

use crate::clock::academic_year;
use crate::config::Config;
use crate::domain::markdown;
use crate::mail::Letter;
use crate::models::event::EventRow;
use crate::models::{announcement, event};
use crate::notices;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::ids::EventId;

/// How long after its publication an announcement is still news: one dated
/// back further is for the record.
const NEWS_FOR: Duration = Duration::days(7);
/// How much of its text is told.
const EXCERPT: usize = 500;

/// Tell every announcement whose time has come, each in a transaction with the
/// note that it was; its author knows. One that has expired is only noted.
///
/// # Errors
/// When the database cannot answer.
pub fn tell_announcements(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    while conn.transaction(|conn| tell_next(conn, config, now))? {}
    Ok(())
}

fn tell_next(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<bool> {
    let Some(row) = announcement::lock_next(conn, now)? else { return Ok(false) };
    announcement::set_told(conn, row.id, now)?;
    if is_news(&row, now) {
        let year = academic_year(now, config.time_zone);
        let mut people = event::list_audience(conn, row.audience(), year)?;
        people.retain(|person| Some(person.0) != row.author_id);
        let letter = Letter::Announcement {
            event: EventId(row.id),
            title: row.title.clone(),
            excerpt: markdown::excerpt(&row.body, EXCERPT),
        };
        notices::tell(conn, config, now, &people, &letter)?;
        // Lists show it from now on.
        event::publish_change(conn, EventId(row.id), row.audience(), year)?;
    }
    Ok(true)
}

fn is_news(row: &EventRow, now: DateTime<Utc>) -> bool {
    row.expires_at.is_none_or(|expires| now < expires) && now - row.publish_at < NEWS_FOR
}
