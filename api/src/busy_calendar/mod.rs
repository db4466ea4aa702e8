//! When somebody is busy, by a calendar file (iCalendar, RFC 5545).
//!
//! Nothing but times leaves this module: no titles, no places, no names. What a
//! program wrote oddly is left out rather than refused; only what is no calendar
//! at all is.

use crate::domain::busy::{Time, merged};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use lines::{Component, components};
use recurrence::Effort;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

mod lines;
mod moments;
mod recurrence;

/// Entries a file may have.
const MAX_ENTRIES: usize = 50_000;
/// How long its repetitions may take to be worked out. Years of a full calendar
/// take a tenth of it; a rule made to take hours is not worth more.
const PATIENCE: Duration = Duration::from_secs(6);

/// What a calendar file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Entries of the file.
    pub entries: u32,
    /// Those that leave one free within the window.
    pub ignored: u32,
    /// The times one is busy, in order and apart from each other.
    pub busy: Vec<Time>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It does not begin as a calendar does.
    #[error("This is no calendar file: it does not begin with BEGIN:VCALENDAR.")]
    NoCalendar,
    /// It has more entries than anybody's calendar.
    #[error("The calendar has more than 50000 entries; export only the coming months.")]
    TooMany,
    /// Its repetitions take too long to be followed.
    #[error(
        "Working out the repeated entries of the calendar takes too long; export only the coming months."
    )]
    TooLong,
}

/// The times within a window in which a calendar leaves its owner no time.
/// Times without a zone, or of one nobody knows, are of the institution's. What the owner was invited
/// to and declined leaves them free; they are known by their address, or by the calendar's name
/// when that is one.
///
/// # Errors
/// When it is no calendar.
pub fn read(file: &[u8], owner: Option<&str>, window: Time, zone: Tz) -> Result<Busy, Unreadable> {
    let text = String::from_utf8_lossy(file);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(Unreadable::NoCalendar);
    }
    let entries = components(text, MAX_ENTRIES).ok_or(Unreadable::TooMany)?;
    let named = lines::owner(text);
    let owners: Vec<&str> = owner.into_iter().chain(named.as_deref()).collect();
    let moved = moved_instances(&entries, zone);
    let (mut times, mut ignored) = (Vec::new(), 0);
    let mut effort = Effort::of(PATIENCE);
    for entry in &entries {
        let mut found = Vec::new();
        if entry.name == "VFREEBUSY" {
            for line in entry.all("FREEBUSY").filter(|line| line.is_busy()) {
                found.extend(line.value.split(',').filter_map(|text| moments::period(text, zone)));
            }
        } else if leaves_busy(entry) && !is_declined(entry, &owners) {
            found = recurrence::times(entry, &moved, window, zone, &effort)?;
        }
        found.retain(|(starts_at, ends_at)| *ends_at > window.0 && *starts_at < window.1);
        effort.keep(found.len())?;
        ignored += u32::from(found.is_empty());
        times.extend(found);
    }
    let entries = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    Ok(Busy { entries, ignored, busy: merged(times, window) })
}

/// Repetitions that an entry of their own replaces, by the UID of the series.
fn moved_instances(entries: &[Component], zone: Tz) -> HashMap<&str, HashSet<DateTime<Utc>>> {
    let mut moved: HashMap<&str, HashSet<DateTime<Utc>>> = HashMap::new();
    for entry in entries {
        let instance = entry.first("RECURRENCE-ID").and_then(|line| moments::moment(line, zone));
        if let (Some(uid), Some(instance)) = (entry.first("UID"), instance) {
            moved.entry(uid.value.as_str()).or_default().insert(instance.starts_at);
        }
    }
    moved
}

fn leaves_busy(entry: &Component) -> bool {
    let says = |name: &str, value: &str| {
        entry.first(name).is_some_and(|line| line.value.trim().eq_ignore_ascii_case(value))
    };
    // Outlook says it in its own words, too.
    let is_free = says("TRANSP", "TRANSPARENT") || says("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    entry.name == "VEVENT" && !is_free && !says("STATUS", "CANCELLED")
}

fn is_declined(entry: &Component, owners: &[&str]) -> bool {
    entry.all("ATTENDEE").any(|line| owners.iter().any(|owner| line.is_addressed_to(owner)))
}

#[cfg(test)]
mod tests;
