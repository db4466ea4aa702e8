//! Removing at night what is past its time.

use crate::auth::current_user::Origin;
use crate::config::Config;
use crate::models::audit::{Author, Entry};
use crate::models::retention::{self, NightRow};
use crate::models::{anonymisation, person_usage};
use chrono::{DateTime, Timelike, Utc};
use diesel::prelude::*;
use gestfg_types::retention::{RetentionKind, RetentionRule};
use serde_json::json;

/// From this hour on, by the clock of the institution.
const FROM_HOUR: u32 = 3;
/// How many go in one transaction.
const AT_ONCE: i64 = 200;
/// How many people are forgotten in one transaction.
const PEOPLE_AT_ONCE: usize = 10;
/// How many transactions before the worker looks after mails again.
const IN_A_ROW: usize = 20;

/// Remove what is past its time, once a night, a little in each transaction together with the note
/// of how much it was: a server that is stopped in the middle goes on where it was.
///
/// # Errors
/// When the database cannot answer.
pub fn retain(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    let local = now.with_timezone(&config.time_zone);
    if local.hour() < FROM_HOUR {
        return Ok(());
    }
    let rules = retention::find(conn)?.rules;
    if rules.iter().all(|rule| rule.months.is_none()) {
        return Ok(());
    }
    for _ in 0..IN_A_ROW {
        let is_over = conn.transaction(|conn| match retention::take_night(conn, local.date_naive())? {
            Some(night) => go_on(conn, &rules, &night, now),
            None => Ok(true),
        })?;
        if is_over {
            break;
        }
    }
    Ok(())
}

/// One step of a night; says whether it was the last.
fn go_on(
    conn: &mut PgConnection,
    rules: &[RetentionRule],
    night: &NightRow,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    for RetentionRule { kind, months } in rules {
        let Some(months) = months else { continue };
        let before = retention::before(now, *months);
        let removed = match kind {
            RetentionKind::Students => forget_students(conn, before, now)?,
            kind => retention::remove_due(conn, *kind, before, AT_ONCE)?,
        };
        if removed > 0 {
            retention::note(conn, night.day, *kind, removed)?;
            return Ok(false);
        }
    }
    retention::end_night(conn, night.day, now)?;
    let done = night.counts();
    if !done.is_empty() {
        let system = Author::system(Origin::default());
        Entry::new("retention_settings.carry_out", 1)
            .after(&json!({"removed": done}))
            .record(conn, &system)?;
    }
    Ok(true)
}

fn forget_students(conn: &mut PgConnection, before: DateTime<Utc>, now: DateTime<Utc>) -> QueryResult<usize> {
    let mut forgotten = 0;
    for student in retention::due_students(conn, before, AT_ONCE)? {
        if forgotten == PEOPLE_AT_ONCE {
            break;
        }
        // What the list of those who are due does not ask for may still hold them here.
        if !person_usage::in_force(conn, student)?.is_empty() {
            continue;
        }
        Entry::new("user.anonymise", student.0)
            .reason("retention")
            .record(conn, &Author::system(Origin::default()))?;
        anonymisation::anonymise(conn, student, now)?;
        forgotten += 1;
    }
    Ok(forgotten)
}
