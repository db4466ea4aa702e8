//! Entries that repeat.
//!
//! A rule of thirty bytes can stand for a thousand million seconds, or for more
//! moments in one year than there is memory, and the library follows it there.
//! So only rules a person could keep are followed, and all of a file within a
//! span of time.

use super::Unreadable;
use super::lines::Component;
use super::moments::{Beginning, length, moment, moments};
use crate::domain::busy::Time;
use chrono::{DateTime, Duration, TimeZone, Utc};
use chrono_tz::Tz;
use rrule::{Frequency, RRule, RRuleSet, Unvalidated};
use std::collections::{HashMap, HashSet};
use std::time::Instant;

/// Repetitions followed at most of one entry: one an hour over the horizon.
const MOST: usize = 10_000;
/// Times of the day one rule may give.
const MOST_A_DAY: usize = 48;
/// Times kept of one file: more than anybody could be busy at.
const MOST_TIMES: usize = 50_000;
/// Characters of the longest rule; each of its numbers is looked at for every day.
const MOST_CHARS: usize = 1_000;

/// What reading one file may take.
#[derive(Debug)]
pub(super) struct Effort {
    until: Option<Instant>,
    times: usize,
}

impl Effort {
    /// So long from now.
    pub(super) fn of(patience: std::time::Duration) -> Self {
        Self { until: Instant::now().checked_add(patience), times: 0 }
    }

    fn spend(&self) -> Result<(), Unreadable> {
        if self.until.is_some_and(|until| Instant::now() > until) { Err(Unreadable::TooLong) } else { Ok(()) }
    }

    /// Keep so many times more.
    pub(super) fn keep(&mut self, times: usize) -> Result<(), Unreadable> {
        self.times += times;
        if self.times > MOST_TIMES { Err(Unreadable::TooLong) } else { self.spend() }
    }
}

/// The times of an entry that may lie within the window.
pub(super) fn times(
    entry: &Component,
    moved: &HashMap<&str, HashSet<DateTime<Utc>>>,
    (from, until): Time,
    zone: Tz,
    effort: &Effort,
) -> Result<Vec<Time>, Unreadable> {
    let Some(start) = entry.first("DTSTART").and_then(|line| moment(line, zone)) else {
        return Ok(Vec::new());
    };
    let lasts = length(&start, entry.first("DTEND"), entry.first("DURATION"), zone);
    if lasts.is_zero() {
        return Ok(Vec::new());
    }
    let mut beginnings = match entry.first("RRULE") {
        Some(rule) => repeated(&start, &rule.value, (from - lasts, until), effort)?,
        None => vec![start.starts_at],
    };
    beginnings.extend(entry.all("RDATE").flat_map(|line| moments(line, zone)).map(|at| at.starts_at));
    let left_out: HashSet<_> =
        entry.all("EXDATE").flat_map(|line| moments(line, zone)).map(|at| at.starts_at).collect();
    // The series itself; what replaces one of its repetitions is an entry of its own.
    let elsewhere = match entry.first("RECURRENCE-ID") {
        None => entry.first("UID").and_then(|uid| moved.get(uid.value.as_str())),
        Some(_) => None,
    };
    beginnings.retain(|at| {
        let within = *at < until && *at + lasts > from;
        within && !left_out.contains(at) && !elsewhere.is_some_and(|others| others.contains(at))
    });
    Ok(beginnings.into_iter().map(|at| (at, at + lasts)).collect())
}

/// When a rule makes an entry begin within a window. A rule that cannot be
/// understood, or that nobody could keep, leaves the first time alone.
fn repeated(
    start: &Beginning,
    rule: &str,
    (from, until): Time,
    effort: &Effort,
) -> Result<Vec<DateTime<Utc>>, Unreadable> {
    let once = vec![start.starts_at];
    let zone = rrule::Tz::Tz(start.zone);
    let Some(first) = zone.from_local_datetime(&start.local).earliest() else { return Ok(once) };
    if rule.len() > MOST_CHARS {
        return Ok(once);
    }
    // The standard wants UNTIL in UTC where a zone is given; many programs write a day or no zone.
    let Ok(rule) = in_utc(rule, start.zone).parse::<RRule<Unvalidated>>() else { return Ok(once) };
    if !is_keepable(&rule) {
        return Ok(once);
    }
    let Ok(rule) = rule.validate(first) else { return Ok(once) };
    let from = from - Duration::seconds(1);
    let mut found = Vec::new();
    for (count, at) in RRuleSet::new(first).rrule(rule).limit().into_iter().enumerate() {
        let at = at.with_timezone(&Utc);
        if count.is_multiple_of(64) {
            effort.spend()?;
        }
        if at > until || found.len() == MOST {
            break;
        }
        if at >= from {
            found.push(at);
        }
    }
    // The search for a repetition that never comes takes its time, too.
    effort.spend()?;
    Ok(found)
}

/// Whether somebody could live by a rule: no more often than by the hour, and
/// only so many times a day.
fn is_keepable(rule: &RRule<Unvalidated>) -> bool {
    let times = |list: &[u8]| list.len().max(1);
    let a_day = times(rule.get_by_hour())
        .saturating_mul(times(rule.get_by_minute()))
        .saturating_mul(times(rule.get_by_second()));
    !matches!(rule.get_freq(), Frequency::Minutely | Frequency::Secondly) && a_day <= MOST_A_DAY
}

/// The rule with its `UNTIL` as a moment in UTC, the end of that day if it is a day.
fn in_utc(rule: &str, zone: Tz) -> String {
    use crate::domain::dates::moment;
    let parts = rule.trim().split(';').map(|part| {
        let Some(text) = part.strip_prefix("UNTIL=") else { return part.to_owned() };
        if text.ends_with('Z') {
            return part.to_owned();
        }
        let local = if text.len() == 8 { format!("{text}T235959") } else { text.to_owned() };
        match chrono::NaiveDateTime::parse_from_str(&local, "%Y%m%dT%H%M%S") {
            Ok(local) => format!("UNTIL={}", moment(zone, local).format("%Y%m%dT%H%M%SZ")),
            Err(_) => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join(";")
}
