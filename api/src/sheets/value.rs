//! Typed cells as the text a person sees.

use calamine::{Data, DataRef, ExcelDateTime};

/// Digits a spreadsheet program shows of a number, at most.
const SHOWN_DIGITS: usize = 15;

/// A number without `.0` and without the noise of binary fractions.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    // Adding zero turns minus zero into zero.
    let rounded = format!("{value:.*e}", SHOWN_DIGITS - 1).parse::<f64>().unwrap_or(value) + 0.0;
    rounded.to_string()
}

/// `31/12/2026`, with `23:59` behind it when there is a time of day.
fn date(at: ExcelDateTime) -> String {
    if at.is_duration() || at.as_f64() < 1.0 {
        let minutes = (at.as_f64() * 24.0 * 60.0).round();
        return format!("{}:{:02}", (minutes / 60.0).floor(), minutes.rem_euclid(60.0));
    }
    let (year, month, day, hour, minute, _, _) = at.to_ymd_hms_milli();
    if (hour, minute) == (0, 0) {
        format!("{day:02}/{month:02}/{year:04}")
    } else {
        format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}")
    }
}

/// An ISO 8601 date, with or without time, in the order people here write it.
pub(crate) fn iso_date(text: &str) -> String {
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let mut parts = day.splitn(3, '-');
    let (Some(y), Some(m), Some(d)) = (parts.next(), parts.next(), parts.next()) else {
        return text.to_owned();
    };
    match time.and_then(|time| time.get(..5)).filter(|time| *time != "00:00") {
        Some(time) => format!("{d}/{m}/{y} {time}"),
        None => format!("{d}/{m}/{y}"),
    }
}

/// Yes or no as the Spanish programs write it.
pub(crate) const fn boolean(value: bool) -> &'static str {
    if value { "VERDADERO" } else { "FALSO" }
}

/// A cell of a streamed XLSX sheet. Errors (`#N/A`) count as blank.
pub(crate) fn of_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(int) => int.to_string(),
        DataRef::Float(float) => number(*float),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => boolean(*flag).to_owned(),
        DataRef::DateTime(at) => date(*at),
        DataRef::DateTimeIso(text) => iso_date(text),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A cell of an XLS sheet.
pub(crate) fn of_data(value: &Data) -> String {
    match value {
        Data::Int(int) => int.to_string(),
        Data::Float(float) => number(*float),
        Data::String(text) => text.clone(),
        Data::Bool(flag) => boolean(*flag).to_owned(),
        Data::DateTime(at) => date(*at),
        Data::DateTimeIso(text) => iso_date(text),
        Data::DurationIso(text) => text.clone(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}
