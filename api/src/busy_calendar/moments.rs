//! Moments, days and spans as calendar files write them.

use super::lines::Line;
use crate::domain::busy::Time;
use crate::domain::dates::moment as moment_of;
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

/// A beginning: a moment, or a whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beginning {
    /// The first moment.
    pub(super) starts_at: DateTime<Utc>,
    /// What the clock shows then, in the entry's zone.
    pub(super) local: NaiveDateTime,
    /// The entry's zone.
    pub(super) zone: Tz,
    /// Whether a day was given, not a moment.
    pub(super) is_day: bool,
}

/// The zone of a line: UTC, the one it names, or the institution's.
fn zone_of(line: &Line, text: &str, zone: Tz) -> Tz {
    if text.ends_with('Z') {
        return Tz::UTC;
    }
    let named = line.parameter("TZID").map(|name| name.trim_start_matches('/'));
    // Some programs put their own address before the name.
    let known = |name: &str| {
        name.parse::<Tz>().ok().or_else(|| {
            let mut parts = name.rsplit('/');
            let (city, region) = (parts.next()?, parts.next()?);
            format!("{region}/{city}").parse().ok()
        })
    };
    named.and_then(known).unwrap_or(zone)
}

/// The moment a line gives.
pub(super) fn moment(line: &Line, zone: Tz) -> Option<Beginning> {
    moments(line, zone).into_iter().next()
}

/// The moments a line gives.
pub(super) fn moments(line: &Line, zone: Tz) -> Vec<Beginning> {
    line.value.split(',').filter_map(|text| parse(line, text.trim(), zone)).collect()
}

fn parse(line: &Line, text: &str, zone: Tz) -> Option<Beginning> {
    let zone = zone_of(line, text, zone);
    let text = text.split('/').next()?.trim_end_matches('Z');
    let (local, is_day) = match NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S") {
        Ok(local) => (local, false),
        Err(_) => (NaiveDate::parse_from_str(text, "%Y%m%d").ok()?.and_time(NaiveTime::MIN), true),
    };
    Some(Beginning { starts_at: moment_of(zone, local), local, zone, is_day })
}

/// How long an entry takes from its beginning: to its end, or as it says, or
/// the whole day, or no time at all.
pub(super) fn length(beginning: &Beginning, end: Option<&Line>, span: Option<&Line>, zone: Tz) -> Duration {
    if let Some(end) = end.and_then(|line| moment(line, zone)) {
        return (end.starts_at - beginning.starts_at).max(Duration::zero());
    }
    if let Some(span) = span.and_then(|line| duration(&line.value)) {
        return span.max(Duration::zero());
    }
    if !beginning.is_day {
        return Duration::zero();
    }
    let next = beginning.local.checked_add_days(Days::new(1)).unwrap_or(beginning.local);
    moment_of(beginning.zone, next) - beginning.starts_at
}

/// A period of free and busy times: from a moment to another, or for so long.
pub(super) fn period(text: &str, zone: Tz) -> Option<Time> {
    let (from, to) = text.trim().split_once('/')?;
    let at = |text: &str| {
        let local = NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S").ok()?;
        Some(moment_of(if text.ends_with('Z') { Tz::UTC } else { zone }, local))
    };
    let starts_at = at(from)?;
    let ends_at = if to.starts_with('P') { starts_at + duration(to)? } else { at(to)? };
    (starts_at < ends_at).then_some((starts_at, ends_at))
}

/// `P1D`, `PT1H30M`, `P2W`; not longer than ten years.
fn duration(text: &str) -> Option<Duration> {
    let mut seconds: i64 = 0;
    let mut number = String::new();
    for c in text.trim().trim_start_matches('+').strip_prefix('P')?.chars() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'T' => continue,
            'W' => 7 * 24 * 3600,
            'D' => 24 * 3600,
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let count: i64 = std::mem::take(&mut number).parse().ok()?;
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
    }
    (seconds <= 3653 * 24 * 3600).then(|| Duration::seconds(seconds))
}
