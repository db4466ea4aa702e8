//! The calendar for calendar programs: iCalendar (RFC 5545, RFC 7986).

use crate::views::calendar::Dated;
use chrono::{DateTime, Duration, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};
use gestfg_types::time_zone::TimeZoneRules;
use icalendar::{Calendar, Component, Event, EventLike, Property};
use std::fmt::Write;

/// How often a calendar program may ask again.
const REFRESH: Duration = Duration::hours(6);

/// What a calendar says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Heading<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where the server is reached: its host makes identifiers unique, and
    /// pages are under it.
    pub public_url: &'a str,
    /// The institution's zone.
    pub zone: Tz,
    /// The offsets of that zone.
    pub rules: &'a TimeZoneRules,
}

/// The calendar as text. The same entries make the same text.
#[must_use]
pub fn render(heading: Heading<'_>, entries: &[Dated]) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//GesTFG//GesTFG//ES"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .name(heading.name)
        .ttl(&REFRESH)
        .timezone(heading.zone.name());
    for dated in entries {
        calendar.push(event(heading, dated));
    }
    let mut text = calendar.to_string();
    // The crate writes no time zones. A line never begins so by folding.
    let place = text.find("\r\nBEGIN:VEVENT\r\n").or_else(|| text.find("\r\nEND:VCALENDAR\r\n"));
    if let (Some(place), Some(zone)) = (place, time_zone(heading, entries)) {
        text.insert_str(place + 2, &zone);
    }
    text
}

fn event(heading: Heading<'_>, dated: &Dated) -> Event {
    let Heading { public_url, zone, .. } = heading;
    let entry = &dated.entry;
    let host = url::Url::parse(public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let mut event = Event::new();
    event
        .uid(&format!("{}@{}", entry.key, host.as_deref().unwrap_or("localhost")))
        // When the entry was last revised, so that reading it again changes nothing.
        .timestamp(dated.revised_at)
        .last_modified(dated.revised_at)
        .sequence(u32::try_from(dated.version).unwrap_or_default())
        .summary(&entry.title)
        .url(&format!("{public_url}{}", entry.path))
        .add_property("TRANSP", if dated.is_busy { "OPAQUE" } else { "TRANSPARENT" });
    if !entry.location.is_empty() {
        event.location(&entry.location);
    }
    if !dated.text.is_empty() {
        event.description(&dated.text);
    }
    if entry.is_all_day {
        event.starts(entry.first_day).ends(entry.last_day + Duration::days(1));
    } else {
        event.append_property(local("DTSTART", entry.starts_at, zone));
        event.append_property(local("DTEND", entry.ends_at, zone));
    }
    event.done()
}

/// A time on the clock of the institution; in UTC where that clock shows it
/// for the second time, as programs take it for the first.
fn local(name: &str, at: DateTime<Utc>, zone: Tz) -> Property {
    let clock = at.with_timezone(&zone).naive_local();
    if zone.from_local_datetime(&clock).earliest().is_none_or(|first| first.to_utc() != at) {
        return Property::new(name, at.format("%Y%m%dT%H%M%SZ").to_string());
    }
    Property::new(name, clock.format("%Y%m%dT%H%M%S").to_string()).add_parameter("TZID", zone.name()).done()
}

/// The zone, as far as the entries reach: each change of its clocks by itself,
/// which needs no rule to be guessed.
fn time_zone(heading: Heading<'_>, entries: &[Dated]) -> Option<String> {
    let Heading { zone, rules, .. } = heading;
    let first = entries.iter().map(|dated| dated.entry.starts_at).min()?;
    let last = entries.iter().map(|dated| dated.entry.ends_at).max()?;
    let begins = rules.offsets.partition_point(|offset| offset.from <= first).saturating_sub(1);
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", zone.name());
    let mut before = None;
    let ends = rules.offsets.partition_point(|offset| offset.from <= last).max(begins + 1);
    for offset in rules.offsets.get(begins..ends).unwrap_or_default() {
        let change = zone.offset_from_utc_datetime(&offset.from.naive_utc());
        let kind = if change.dst_offset() > Duration::zero() { "DAYLIGHT" } else { "STANDARD" };
        let ahead = before.unwrap_or(offset.minutes);
        // On the clock as it was before; what is earlier than all is as the first.
        let since = match before {
            Some(minutes) => offset.from.naive_utc() + Duration::minutes(i64::from(minutes)),
            None => DateTime::UNIX_EPOCH.naive_utc(),
        };
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\nTZNAME:{}\r\nEND:{kind}\r\n",
            since.format("%Y%m%dT%H%M%S"),
            utc_offset(ahead),
            utc_offset(offset.minutes),
            change.abbreviation().unwrap_or(kind),
        );
        before = Some(offset.minutes);
    }
    text.push_str("END:VTIMEZONE\r\n");
    Some(text)
}

fn utc_offset(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
}
