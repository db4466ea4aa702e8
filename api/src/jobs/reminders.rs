//! Reminding people of the phases of their calls.

use crate::config::Config;
use crate::domain::reminders::{Moment, due};
use crate::mail::Letter;
use crate::models::reminder::{self, CalledPhase};
use crate::notices;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Tell every reminder that is due and was not told: each in a transaction
/// with the note that it was, so that several workers tell it once. A phase
/// whose dates are moved is told of again if the day of the reminder moves.
///
/// # Errors
/// When the database cannot answer.
pub fn tell_reminders(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    for phase in reminder::list_phases(conn, now)? {
        for (moment, due_at) in due(&phase.dates, config.time_zone, now) {
            conn.transaction(|conn| {
                if !reminder::claim(conn, &phase, moment, due_at, now)? {
                    return Ok(());
                }
                let people = reminder::list_concerned(conn, &phase, moment)?;
                notices::tell(conn, config, now, &people, &letter(&phase, moment))
            })?;
        }
    }
    Ok(())
}

fn letter(phase: &CalledPhase, moment: Moment) -> Letter {
    let (call, name, closes_at) = (phase.call, phase.name.clone(), phase.dates.ends_at);
    let phase = phase.dates.phase;
    match moment {
        Moment::Opens => Letter::PhaseOpens { call, name, phase, closes_at },
        Moment::Closes(days) => Letter::PhaseCloses { call, name, phase, closes_at, days },
    }
}
