//! Reminding professors of polls they have not answered.

use crate::config::Config;
use crate::domain::reminders::poll_reminder_due;
use crate::mail::Letter;
use crate::models::availability_poll;
use crate::models::call::{self, name_of};
use crate::notices;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::CallId;

/// Tell those who have not answered that a deadline is near: each reminder in a
/// transaction with the note that it was told, so that several workers tell it once.
///
/// # Errors
/// When the database cannot answer.
pub fn remind_of_polls(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    for poll in availability_poll::list_open(conn, now)? {
        let Some(due_at) = poll_reminder_due(poll.asked_at, poll.deadline, config.time_zone, now) else {
            continue;
        };
        conn.transaction(|conn| {
            if !availability_poll::claim_reminder(conn, &poll, due_at)? {
                return Ok(());
            }
            let call = CallId(poll.call_id);
            let name = name_of(&call::find(conn, call)?.reference());
            let letter = Letter::AvailabilityReminder { call, name, deadline: poll.deadline };
            let silent = availability_poll::list_silent(conn, &poll)?;
            notices::tell(conn, config, now, &silent, &letter)
        })?;
    }
    Ok(())
}
