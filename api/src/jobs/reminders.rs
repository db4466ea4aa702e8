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
    let phases = reminder::list_phases(conn, now)?;
    let longer = reminder::list_extended(conn, now)?;
    for phase in phases.into_iter().chain(longer) {
        for (moment, due_at) in due(&phase.dates, config.time_zone, now) {
            // Whoever was granted more time heard of the beginning with the others; of each
            // end of theirs there is a note of its own.
            if phase.is_extended && moment == Moment::Opens {
                continue;
            }
            let due_at = if phase.is_extended { phase.dates.ends_at } else { due_at };
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
