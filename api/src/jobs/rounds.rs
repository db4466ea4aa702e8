//! Telling students of the rounds in which they can apply, and tutors of those who did.

use crate::config::Config;
use crate::mail::Letter;
use crate::models::allocation_round::{self, RoundRow};
use crate::models::call::{self, name_of};
use crate::models::round_notice::{self, Moment};
use crate::notices::{self, News};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::allocation_rounds::TutorView;
use gestfg_types::ids::CallId;

/// Tell students without a project that a round has opened, and those who have not applied two
/// days before it closes; tell tutors who have not said whom they would rather have when it has
/// closed, and two days before they can no longer: each once, in a transaction with the note that
/// it was.
///
/// # Errors
/// When the database cannot answer.
pub fn tell_rounds(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    for round in round_notice::list_under_way(conn, now)? {
        for (moment, due_at) in due(&round, now) {
            conn.transaction(|conn| {
                if !round_notice::claim(conn, round.round_id(), moment, due_at, now)? {
                    return Ok(());
                }
                let news = news(conn, &round, moment)?;
                notices::tell_all(conn, config, now, &news)
            })?;
        }
    }
    Ok(())
}

fn news(conn: &mut PgConnection, round: &RoundRow, moment: Moment) -> QueryResult<Vec<News>> {
    let call = CallId(round.call_id);
    let name = name_of(&call::find(conn, call)?.reference());
    let closes_at = round.closes_at;
    let letter = match moment {
        Moment::Opens => Letter::RoundOpens { call, name, closes_at },
        Moment::ClosesInTwo => Letter::RoundCloses { call, name, closes_at },
        Moment::TutorsBegin | Moment::TutorsEndInTwo => {
            let closes_at = round.tutors_close_at;
            let to_each = |(tutor, projects)| News {
                people: vec![tutor],
                letter: Letter::ApplicantsWait { call, name: name.clone(), projects, closes_at },
            };
            let tutors = round_notice::list_undecided(conn, round.round_id())?;
            return Ok(tutors.into_iter().map(to_each).collect());
        }
    };
    Ok(vec![News { people: allocation_round::list_without_application(conn, round.round_id())?, letter }])
}

/// What is due now. In a time of less than four days its beginning is notice enough, but who can
/// only order while students apply is told once, before it ends.
fn due(round: &RoundRow, now: DateTime<Utc>) -> Vec<(Moment, DateTime<Utc>)> {
    let is_long = |from: DateTime<Utc>, to: DateTime<Utc>| to - from >= Duration::days(4);
    let two_before = |end: DateTime<Utc>| end - Duration::days(2);
    let (opens, closes, ends) = (round.opens_at, round.closes_at, round.tutors_close_at);
    let mut moments = Vec::new();
    if now < closes {
        moments.push((Moment::Opens, opens));
        if is_long(opens, closes) {
            moments.push((Moment::ClosesInTwo, two_before(closes)));
        }
    }
    if round.facts().tutor_view != TutorView::None {
        if closes < ends {
            moments.push((Moment::TutorsBegin, closes));
        }
        if closes == ends || is_long(closes, ends) {
            moments.push((Moment::TutorsEndInTwo, two_before(ends).max(opens + (ends - opens) / 2)));
        }
    }
    moments.retain(|(_, due_at)| *due_at <= now);
    moments
}
