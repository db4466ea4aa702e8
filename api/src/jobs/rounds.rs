//! Telling students of the rounds in which they can apply.

use crate::config::Config;
use crate::mail::Letter;
use crate::models::allocation_round::{self, RoundRow};
use crate::models::call::{self, name_of};
use crate::models::round_notice::{self, Moment};
use crate::notices;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::ids::CallId;

/// Tell students without a project that a round has opened, and those who have not applied two
/// days before it closes: each once, in a transaction with the note that it was.
///
/// # Errors
/// When the database cannot answer.
pub fn tell_rounds(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    for round in round_notice::list_open(conn, now)? {
        for (moment, due_at) in due(&round, now) {
            conn.transaction(|conn| {
                if !round_notice::claim(conn, round.round_id(), moment, due_at, now)? {
                    return Ok(());
                }
                let people = allocation_round::list_without_application(conn, round.round_id())?;
                let call = CallId(round.call_id);
                let name = name_of(&call::find(conn, call)?.reference());
                let closes_at = round.closes_at;
                let letter = match moment {
                    Moment::Opens => Letter::RoundOpens { call, name, closes_at },
                    Moment::ClosesInTwo => Letter::RoundCloses { call, name, closes_at },
                };
                notices::tell(conn, config, now, &people, &letter)
            })?;
        }
    }
    Ok(())
}

/// What is due now. In a round of less than four days the opening is notice enough.
fn due(round: &RoundRow, now: DateTime<Utc>) -> Vec<(Moment, DateTime<Utc>)> {
    let two_before = round.closes_at - Duration::days(2);
    let is_long = round.closes_at - round.opens_at >= Duration::days(4);
    let mut due = vec![(Moment::Opens, round.opens_at)];
    if is_long && two_before <= now {
        due.push((Moment::ClosesInTwo, two_before));
    }
    due
}
