//! Dates as people in the institution's time zone say them.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use gestfg_types::session::Language;

const DIAS: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
const MESES: [&str; 12] = [
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

const MONTHS: [&str; 12] = [
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

/// The last minute before an end that is outside: people read a deadline as
/// the last moment that still counts.
#[must_use]
pub fn last_minute(ends_at: DateTime<Utc>) -> DateTime<Utc> {
    let before = ends_at - Duration::seconds(1);
    before - Duration::seconds(i64::from(before.second()))
}

/// Day, month, hour and minute, to be put after `el` or `on`.
#[must_use]
pub fn day_and_time(language: Language, zone: Tz, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&zone);
    let (day, month, time) = (local.day(), local.month0() as usize, local.format("%H:%M"));
    match language {
        Language::Es => format!("{day} de {} a las {time}", MESES[month]),
        Language::En => format!("{day} {} at {time}", MONTHS[month]),
    }
}

/// A day with its weekday and year, as a heading: "miércoles, 9 de diciembre de 2026".
#[must_use]
pub fn long_day(language: Language, day: NaiveDate) -> String {
    let (number, month, year) = (day.day(), day.month0() as usize, day.year());
    match language {
        Language::Es => {
            let weekday = DIAS[day.weekday().num_days_from_monday() as usize];
            format!("{weekday}, {number} de {} de {year}", MESES[month])
        }
        Language::En => day.format("%A %-d %B %Y").to_string(),
    }
}

/// The moment a local time is. One that is skipped when clocks go forward is
/// as long after the change as it would have been; of one that comes twice,
/// it is the first.
#[must_use]
pub fn moment(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let skipped = || {
        let before = zone.from_local_datetime(&(local - Duration::days(1))).earliest();
        before.map_or_else(|| local.and_utc(), |day_before| (day_before + Duration::days(1)).to_utc())
    };
    zone.from_local_datetime(&local).earliest().map_or_else(skipped, |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Tz = chrono_tz::Europe::Madrid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_deadline_is_read_as_its_last_minute_in_the_institutions_zone() {
        for (ends_at, es, en) in [
            ("2027-06-10T22:00:00Z", "10 de junio a las 23:59", "10 June at 23:59"),
            ("2027-01-31T23:00:00Z", "31 de enero a las 23:59", "31 January at 23:59"),
            ("2027-03-28T12:00:00Z", "28 de marzo a las 13:59", "28 March at 13:59"),
            ("2027-03-27T12:00:30Z", "27 de marzo a las 13:00", "27 March at 13:00"),
        ] {
            let last = last_minute(at(ends_at));
            assert_eq!(day_and_time(Language::Es, ZONE, last), es);
            assert_eq!(day_and_time(Language::En, ZONE, last), en);
        }
    }

    #[test]
    fn a_day_is_written_out() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 9).unwrap();
        assert_eq!(long_day(Language::Es, day), "miércoles, 9 de diciembre de 2026");
        assert_eq!(long_day(Language::En, day), "Wednesday 9 December 2026");
    }

    #[test]
    fn local_times_are_moments_even_when_clocks_change() {
        for (local, moment_is) in [
            ("2027-03-27T08:00:00", "2027-03-27T07:00:00Z"),
            ("2027-03-28T08:00:00", "2027-03-28T06:00:00Z"),
            ("2027-03-28T02:30:00", "2027-03-28T01:30:00Z"),
            ("2027-10-31T02:30:00", "2027-10-31T00:30:00Z"),
        ] {
            assert_eq!(moment(ZONE, local.parse().unwrap()), at(moment_is), "{local}");
        }
    }
}
