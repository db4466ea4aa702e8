//! Dates and numbers as the reader writes them.

use crate::i18n::Texts;
use chrono::{DateTime, Datelike, Local, Timelike, Utc};
use gestfg_types::session::Language;

const MONTHS_ES: [&str; 12] =
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/// E.g. `12 nov 2026`, by the reader's clock.
#[must_use]
pub fn date(t: Texts, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&Local);
    let months = match t.language() {
        Language::Es => MONTHS_ES,
        Language::En => MONTHS_EN,
    };
    format!("{} {} {}", local.day(), months[local.month0() as usize % 12], local.year())
}

/// E.g. `12 nov 2026, 14:05`, by the reader's clock.
#[must_use]
pub fn date_time(t: Texts, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&Local);
    format!("{}, {:02}:{:02}", date(t, at), local.hour(), local.minute())
}

/// E.g. `2026/27` for 2026.
#[must_use]
pub fn academic_year(year: i16) -> String {
    format!("{year}/{:02}", (year + 1).rem_euclid(100))
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
