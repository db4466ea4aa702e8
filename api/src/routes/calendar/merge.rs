//! Everything there is between two moments, merged.

use crate::domain::actor::Actor;
use crate::domain::duties::duties;
use crate::models::defence::{self, DefenceFilter};
use crate::models::{calendar, event, workload};
use crate::views::calendar::{Dated, Reader, sort};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::DegreeId;

/// What is asked for.
pub(super) struct Wanted<'a> {
    /// By whom; none for a visitor.
    pub(super) actor: Option<&'a Actor>,
    /// Calls and events of these degrees only; events for no degree stay.
    pub(super) degrees: Option<Vec<DegreeId>>,
    /// The first moment.
    pub(super) from: DateTime<Utc>,
    /// The first moment after it.
    pub(super) to: DateTime<Utc>,
    /// The present.
    pub(super) now: DateTime<Utc>,
    /// The academic year it is in.
    pub(super) year: i16,
}

/// Phases of opened calls, events the person sees, their defences and their duties.
pub(super) fn merge(conn: &mut PgConnection, wanted: &Wanted<'_>, reader: Reader) -> QueryResult<Vec<Dated>> {
    let Wanted { actor, degrees, from, to, now, year } = wanted;
    let mut entries = Vec::new();
    for call in calendar::list_calls(conn, degrees.as_deref(), *from, Some(*to))? {
        entries.extend(reader.phases(&call, *from, *to));
    }
    let sees = event::Reader { actor: *actor, now: *now, year: *year };
    let events = event::list_dated(conn, sees, degrees.as_deref(), *from, *to)?;
    entries.extend(events.into_iter().filter_map(|event| reader.event(event)));
    if let Some(actor) = actor {
        let own = DefenceFilter {
            person: Some(actor.id),
            from: Some(*from),
            to: Some(*to),
            ..DefenceFilter::default()
        };
        entries.extend(defence::all(conn, &own)?.iter().filter_map(|row| reader.defence(row)));
        let calls = calendar::list_calls(conn, degrees.as_deref(), *now, None)?;
        let load = workload::find(conn, actor, *year)?;
        let due = duties(&load, &calls, *now);
        let due = due.iter().filter_map(|duty| reader.duty(duty, &calls));
        entries.extend(due.filter(|dated| dated.entry.starts_at < *to && *from < dated.entry.ends_at));
    }
    sort(&mut entries);
    Ok(entries)
}
