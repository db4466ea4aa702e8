//! Entries that repeat.

use super::lines::Component;
use super::moments::{Beginning, length, moment, moments};
use crate::domain::busy::Time;
use chrono::{DateTime, Duration, TimeZone, Utc};
use chrono_tz::Tz;
use rrule::{RRule, RRuleSet, Unvalidated};
use std::collections::HashMap;

/// Repetitions followed at most of one entry: one an hour over the horizon.
const MOST: u16 = 10_000;

/// The times of an entry that may lie within the window.
pub(super) fn times(
    entry: &Component,
    moved: &HashMap<&str, Vec<DateTime<Utc>>>,
    (from, until): Time,
    zone: Tz,
) -> Vec<Time> {
    let Some(start) = entry.first("DTSTART").and_then(|line| moment(line, zone)) else { return Vec::new() };
    let lasts = length(&start, entry.first("DTEND"), entry.first("DURATION"), zone);
    if lasts.is_zero() {
        return Vec::new();
    }
    let mut beginnings = match entry.first("RRULE") {
        Some(rule) => repeated(&start, &rule.value, (from - lasts, until)),
        None => vec![start.starts_at],
    };
    beginnings.extend(entry.all("RDATE").flat_map(|line| moments(line, zone)).map(|at| at.starts_at));
    let mut left_out: Vec<_> =
        entry.all("EXDATE").flat_map(|line| moments(line, zone)).map(|at| at.starts_at).collect();
    // The series itself; what replaces one of its repetitions is an entry of its own.
    if entry.first("RECURRENCE-ID").is_none()
        && let Some(others) = entry.first("UID").and_then(|uid| moved.get(uid.value.as_str()))
    {
        left_out.extend(others);
    }
    beginnings.retain(|at| !left_out.contains(at));
    beginnings.into_iter().map(|at| (at, at + lasts)).collect()
}

/// When a rule makes an entry begin within a window. A rule that cannot be
/// understood leaves the first time alone.
fn repeated(start: &Beginning, rule: &str, (from, until): Time) -> Vec<DateTime<Utc>> {
    let once = vec![start.starts_at];
    let zone = rrule::Tz::Tz(start.zone);
    let Some(first) = zone.from_local_datetime(&start.local).earliest() else { return once };
    // The standard wants UNTIL in UTC where a zone is given; many programs write a day or no zone.
    let Ok(rule) = in_utc(rule, start.zone).parse::<RRule<Unvalidated>>() else { return once };
    let Ok(rule) = rule.validate(first) else { return once };
    let set = RRuleSet::new(first).rrule(rule);
    let at = |moment: DateTime<Utc>| moment.with_timezone(&zone);
    let found = set.after(at(from - Duration::seconds(1))).before(at(until)).all(MOST);
    found.dates.into_iter().map(|at| at.with_timezone(&Utc)).collect()
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
