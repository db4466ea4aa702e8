//! An entry of the calendar in words and signs.

use crate::components::IconName;
use crate::format::{Dates, last_inside};
use crate::i18n::Texts;
use chrono::{DateTime, Utc};
use gestfg_types::calendar::{CalendarEntry, CalendarSource};

/// What kind of entry it is, besides its colour.
#[must_use]
pub const fn entry_icon(source: CalendarSource) -> IconName {
    match source {
        CalendarSource::Phase => IconName::Calendar,
        CalendarSource::Event => IconName::Megaphone,
        CalendarSource::Defence => IconName::Clock,
        CalendarSource::Duty => IconName::Tasks,
    }
}

pub(super) const fn source_class(source: CalendarSource) -> &'static str {
    match source {
        CalendarSource::Phase => "gestfg-entry--phase",
        CalendarSource::Event | CalendarSource::Defence => "gestfg-entry--event",
        CalendarSource::Duty => "gestfg-entry--duty",
    }
}

/// At what hours of a day that is said elsewhere; nothing for whole days.
pub(super) fn entry_hours(dates: &Dates, entry: &CalendarEntry) -> Option<String> {
    (!entry.is_all_day).then(|| format!("{}–{}", dates.time(entry.starts_at), dates.time(last_moment(entry))))
}

/// A window ends with its last minute; something that happens ends when it is
/// over.
fn last_moment(entry: &CalendarEntry) -> DateTime<Utc> {
    match entry.source {
        CalendarSource::Event | CalendarSource::Defence => entry.ends_at,
        CalendarSource::Phase | CalendarSource::Duty => last_inside(entry.ends_at),
    }
}

/// From when until when.
#[must_use]
pub fn entry_when(t: Texts, dates: &Dates, entry: &CalendarEntry) -> String {
    let one_day = entry.first_day == entry.last_day;
    if entry.is_all_day {
        let days = dates.window(entry.starts_at, entry.ends_at);
        return if one_day { format!("{days}, {}", t.all_day().to_lowercase()) } else { days };
    }
    let end = last_moment(entry);
    if one_day && entry.starts_at < end {
        format!("{}–{}", dates.date_time(entry.starts_at), dates.time(end))
    } else if entry.starts_at < end {
        format!("{} – {}", dates.date_time(entry.starts_at), dates.date_time(end))
    } else {
        dates.date_time(entry.starts_at)
    }
}
