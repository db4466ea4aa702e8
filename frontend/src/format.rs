//! Dates and numbers as the reader writes them.

use crate::i18n::{Texts, use_texts};
use crate::zone::{Zone, use_zone};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Timelike, Utc};
use gestfg_types::session::Language;
use yew::prelude::*;

const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, counted from 0.
#[must_use]
pub fn month(t: Texts, month0: u32) -> &'static str {
    let months = match t.language() {
        Language::Es => MONTHS_ES,
        Language::En => MONTHS_EN,
    };
    months[month0 as usize % 12]
}

/// The name of a month in three letters, September in four.
#[must_use]
pub fn short_month(t: Texts, month0: u32) -> &'static str {
    let name = month(t, month0);
    &name[..if month0 % 12 == 8 { 4 } else { 3 }]
}

/// Writes moments by the clock of the institution. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Dates {
    t: Texts,
    zone: Zone,
}

impl Dates {
    /// In this language and by this clock.
    #[must_use]
    pub const fn new(t: Texts, zone: Zone) -> Self {
        Self { t, zone }
    }

    /// The texts of its language.
    #[must_use]
    pub const fn texts(&self) -> Texts {
        self.t
    }

    /// The clock it writes by.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// E.g. `12 nov 2026`.
    #[must_use]
    pub fn date(&self, at: DateTime<Utc>) -> String {
        self.day(self.zone.day(at))
    }

    /// E.g. `12 nov 2026`, of a day.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), short_month(self.t, day.month0()), day.year())
    }

    /// E.g. `12 nov`, where the year is plain to see.
    #[must_use]
    pub fn short_day(&self, day: NaiveDate) -> String {
        format!("{} {}", day.day(), short_month(self.t, day.month0()))
    }

    /// E.g. `14:05`.
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        clock(self.zone.local(at))
    }

    /// E.g. `12 nov 2026, 14:05`.
    #[must_use]
    pub fn date_time(&self, at: DateTime<Utc>) -> String {
        let local = self.zone.local(at);
        format!("{}, {}", self.day(local.date()), clock(local))
    }

    /// The last minute before `end`, e.g. `10 jun 2027, 23:59` for the first
    /// moment of the 11th: what people call a deadline is still in time.
    #[must_use]
    pub fn deadline(&self, end: DateTime<Utc>) -> String {
        self.date_time(last_inside(end))
    }

    /// E.g. `10 de junio de 2027 a las 14:05`, within a sentence.
    #[must_use]
    pub fn long_date_time(&self, at: DateTime<Utc>) -> String {
        let local = self.zone.local(at);
        let (day, month, year) = (local.day(), month(self.t, local.month0()), local.year());
        match self.t.language() {
            Language::Es if local.hour() == 1 => format!("{day} de {month} de {year} a la {}", clock(local)),
            Language::Es => format!("{day} de {month} de {year} a las {}", clock(local)),
            Language::En => format!("{day} {month} {year} at {}", clock(local)),
        }
    }

    /// [`Self::deadline`] within a sentence.
    #[must_use]
    pub fn long_deadline(&self, end: DateTime<Utc>) -> String {
        self.long_date_time(last_inside(end))
    }

    /// As a `datetime-local` field shows a moment.
    #[must_use]
    pub fn typed(&self, at: DateTime<Utc>) -> String {
        typed_clock(self.zone.local(at))
    }

    /// As a `datetime-local` field shows a deadline: its last minute.
    #[must_use]
    pub fn typed_deadline(&self, end: DateTime<Utc>) -> String {
        self.typed(last_inside(end))
    }

    /// The moment somebody typed into a `datetime-local` field.
    #[must_use]
    pub fn read(&self, typed: &str) -> Option<DateTime<Utc>> {
        read_clock(typed).map(|local| self.zone.moment(local))
    }

    /// The end of a window whose last minute somebody typed.
    #[must_use]
    pub fn read_deadline(&self, typed: &str) -> Option<DateTime<Utc>> {
        read_clock(typed).map(|local| self.zone.moment(local + Duration::minutes(1)))
    }

    /// A window by its days, e.g. `1–10 jun 2027`; its end is exclusive.
    #[must_use]
    pub fn window(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> String {
        let (first, last) = (self.zone.day(start), self.zone.day(last_inside(end)));
        if first == last {
            self.day(first)
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            format!("{}–{}", first.day(), self.day(last))
        } else if first.year() == last.year() {
            format!("{} – {}", self.short_day(first), self.day(last))
        } else {
            format!("{} – {}", self.day(first), self.day(last))
        }
    }
}

/// A clock as a `datetime-local` field writes it; its seconds are left out.
#[must_use]
pub fn typed_clock(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M").to_string()
}

/// What a `datetime-local` field says, if it is a date and a time.
#[must_use]
pub fn read_clock(typed: &str) -> Option<NaiveDateTime> {
    let typed = typed.trim();
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok())
}

/// The last moment before `end`.
#[must_use]
pub fn last_inside(end: DateTime<Utc>) -> DateTime<Utc> {
    end - Duration::seconds(1)
}

fn clock(local: NaiveDateTime) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// Writes dates in the language in use, by the clock of the institution.
#[hook]
pub fn use_dates() -> Dates {
    Dates::new(use_texts(), use_zone())
}

/// E.g. `2026/27` for 2026.
#[must_use]
pub fn academic_year(year: i16) -> String {
    format!("{year}/{:02}", (year + 1).rem_euclid(100))
}

/// Bytes as people say them, e.g. `1,4 MB`.
#[must_use]
pub fn size(t: Texts, bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let (mut tenths, mut unit) = (bytes * 10 / 1024, 0);
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    let comma = match t.language() {
        Language::Es => ',',
        Language::En => '.',
    };
    if tenths % 10 == 0 || tenths >= 1000 {
        format!("{} {}", tenths / 10, UNITS[unit])
    } else {
        format!("{}{comma}{} {}", tenths / 10, tenths % 10, UNITS[unit])
    }
}

/// E.g. `12.345`, grouped as the language does.
#[must_use]
pub fn number(t: Texts, value: u64) -> String {
    let separator = match t.language() {
        Language::Es => '.',
        Language::En => ',',
    };
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}
