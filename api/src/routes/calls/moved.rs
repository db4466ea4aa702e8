//! Telling those it concerns that the dates of an opened call were changed.

use crate::config::Config;
use crate::domain::reminders::Moment;
use crate::mail::{Letter, PhaseMove};
use crate::models::call::{CallDetail, name_of};
use crate::models::reminder::{self, CalledPhase};
use crate::notices::{self, News};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::calls::{Phase, PhaseDates};
use gestfg_types::ids::{CallId, UserId};
use std::collections::BTreeMap;

/// Tell everybody but who changed them, each once, of the phases that concern
/// them. What was over and stays so concerns nobody.
pub(super) fn tell(
    conn: &mut PgConnection,
    config: &Config,
    now: DateTime<Utc>,
    by: UserId,
    before: &[PhaseDates],
    after: &CallDetail,
) -> QueryResult<()> {
    let (dates, name) = (after.dates(), name_of(&after.reference()));
    let mut by_person: BTreeMap<UserId, Vec<PhaseMove>> = BTreeMap::new();
    for moved in moves(before, &dates, now) {
        let any = [&dates[..], before].concat().into_iter().find(|dates| dates.phase == moved.phase);
        let Some(any) = any else { continue };
        let phase = CalledPhase {
            call: CallId(after.id),
            degree: after.degree_id,
            year: after.academic_year,
            name: name.clone(),
            dates: any,
            is_extended: false,
        };
        for person in reminder::list_concerned(conn, &phase, Moment::Opens)? {
            by_person.entry(person).or_default().push(moved.clone());
        }
    }
    by_person.remove(&by);
    // Whoever hears the same hears it in one piece of news.
    let mut news: Vec<News> = Vec::new();
    for (person, moves) in by_person {
        let letter = Letter::PhaseMoved { call: CallId(after.id), name: name.clone(), moves };
        match news.iter_mut().find(|news| news.letter == letter) {
            Some(news) => news.people.push(person),
            None => news.push(News { people: vec![person], letter }),
        }
    }
    notices::tell_all(conn, config, now, &news)
}

fn moves(before: &[PhaseDates], after: &[PhaseDates], now: DateTime<Utc>) -> Vec<PhaseMove> {
    let span = |dates: &[PhaseDates], phase: Phase| {
        let found = dates.iter().find(|dates| dates.phase == phase)?;
        Some((found.starts_at, found.ends_at))
    };
    let moved = Phase::ALL.iter().map(|&phase| PhaseMove {
        phase,
        before: span(before, phase),
        after: span(after, phase),
    });
    let matters = |moved: &PhaseMove| {
        let mut ends = [moved.before, moved.after].into_iter().flatten();
        moved.before != moved.after && ends.any(|(_, ends_at)| now < ends_at)
    };
    moved.filter(matters).collect()
}
