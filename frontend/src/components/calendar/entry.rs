//! An entry of the calendar in words and signs.

use crate::components::IconName;
use crate::format::Dates;
use crate::i18n::Texts;
use gestfg_types::calendar::{CalendarEntry, CalendarSource};

/// What kind of entry it is, besides its colour.
#[must_use]
pub const fn entry_icon(source: CalendarSource) -> IconName {
    match source {
        CalendarSource::Phase => IconName::Calendar,
        CalendarSource::Event => IconName::Megaphone,
        CalendarSource::Duty => IconName::Tasks,
    }
}

pub(super) const fn source_class(source: CalendarSource) -> &'static str {
    match source {
        CalendarSource::Phase => "gestfg-entry--phase",
        CalendarSource::Event => "gestfg-entry--event",
        CalendarSource::Duty => "gestfg-entry--duty",
    }
}

/// From when until when. A window ends with its last minute; something that
/// happens ends when it is over.
#[must_use]
pub fn entry_when(t: Texts, dates: &Dates, entry: &CalendarEntry) -> String {
    let one_day = entry.first_day == entry.last_day;
    if entry.is_all_day {
        let days = dates.window(entry.starts_at, entry.ends_at);
        return if one_day { format!("{days}, {}", t.all_day().to_lowercase()) } else { days };
    }
    let window = entry.source != CalendarSource::Event;
    let end = if window { entry.ends_at - chrono::Duration::seconds(1) } else { entry.ends_at };
    if one_day && entry.starts_at < end {
        format!("{}–{}", dates.date_time(entry.starts_at), dates.time(end))
    } else if entry.starts_at < end {
        format!("{} – {}", dates.date_time(entry.starts_at), dates.date_time(end))
    } else {
        dates.date_time(entry.starts_at)
    }
}
