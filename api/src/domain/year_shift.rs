//! Moving a moment by whole years without moving the hands of the clock.

use chrono::{DateTime, Days, Months, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use gestfg_types::calls::CopyKeeps;

/// The moment so many years later (earlier, when negative) at which the clock
/// of the zone shows the same time: on the same day of the month, or on the
/// same day of the week nearest to it.
///
/// A time the clock leaves out in spring is moved on by the hour that is
/// missing; of a time it shows twice in autumn it is the first. 29 February
/// becomes 28 February where there is none.
#[must_use]
pub fn shift(at: DateTime<Utc>, years: i32, keeps: CopyKeeps, zone: Tz) -> DateTime<Utc> {
    let local = at.with_timezone(&zone).naive_local();
    let same_date = add_years(local, years);
    let moved = match keeps {
        CopyKeeps::Date => same_date,
        CopyKeeps::Weekday => {
            let days = (same_date.date() - local.date()).num_days();
            // The nearest whole number of weeks.
            let weeks = (days + if days < 0 { -3 } else { 3 }) / 7;
            add_days(local, weeks * 7)
        }
    };
    at_clock(moved, zone)
}

fn add_years(local: NaiveDateTime, years: i32) -> NaiveDateTime {
    let months = Months::new(years.unsigned_abs().saturating_mul(12));
    let moved = if years < 0 { local.checked_sub_months(months) } else { local.checked_add_months(months) };
    moved.unwrap_or(local)
}

fn add_days(local: NaiveDateTime, days: i64) -> NaiveDateTime {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { local.checked_sub_days(count) } else { local.checked_add_days(count) };
    moved.unwrap_or(local)
}

fn at_clock(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let found = zone.from_local_datetime(&local).earliest();
    // In the hour that is left out: what the clock would show without the change.
    let found = found.or_else(|| {
        let before = zone.from_local_datetime(&(local - chrono::Duration::hours(3))).earliest()?;
        Some(before + chrono::Duration::hours(3))
    });
    found.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Timelike};
    use proptest::prelude::*;

    const MADRID: Tz = chrono_tz::Europe::Madrid;

    fn moved(at: &str, years: i32, keeps: CopyKeeps) -> String {
        shift(at.parse().unwrap(), years, keeps, MADRID).to_rfc3339()
    }

    #[test]
    fn the_clock_stays_over_changes_of_summer_time() {
        // 27 March 23:59: winter time in 2026, still winter time in 2027.
        assert_eq!(moved("2026-03-27T22:59:00Z", 1, CopyKeeps::Date), "2027-03-27T22:59:00+00:00");
        // 29 March 12:00: summer time since that morning in 2026, the day before 28 March's in 2027.
        assert_eq!(moved("2026-03-28T11:00:00Z", 1, CopyKeeps::Date), "2027-03-28T10:00:00+00:00");
        // 25 October 09:00 local: winter time in 2026, summer time in 2027.
        assert_eq!(moved("2026-10-25T08:00:00Z", 1, CopyKeeps::Date), "2027-10-25T07:00:00+00:00");
        // 02:30 is left out on 28 March 2027.
        assert_eq!(moved("2026-03-28T01:30:00Z", 1, CopyKeeps::Date), "2027-03-28T01:30:00+00:00");
        assert_eq!(moved("2028-02-29T11:00:00Z", 1, CopyKeeps::Date), "2029-02-28T11:00:00+00:00");
    }

    #[test]
    fn a_thursday_stays_a_thursday() {
        // Thursday 10 June 2027 becomes Thursday 8 June 2028.
        assert_eq!(moved("2027-06-10T10:00:00Z", 1, CopyKeeps::Weekday), "2028-06-08T10:00:00+00:00");
    }

    proptest! {
        #[test]
        fn hands_and_days_are_kept(seconds in 1_600_000_000i64..2_000_000_000, years in -5i32..=5) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let local = at.with_timezone(&MADRID);
            for keeps in [CopyKeeps::Date, CopyKeeps::Weekday] {
                let there = shift(at, years, keeps, MADRID).with_timezone(&MADRID);
                // But for the hour that some day leaves out.
                prop_assert!(there.time() == local.time() || there.hour() == local.hour() + 1);
                match keeps {
                    CopyKeeps::Weekday => {
                        prop_assert_eq!(there.weekday(), local.weekday());
                        let exact = add_years(local.naive_local(), years).date();
                        prop_assert!((there.date_naive() - exact).num_days().abs() <= 3);
                    }
                    CopyKeeps::Date => {
                        prop_assert_eq!(there.year(), local.year() + years);
                        prop_assert!(there.day() == local.day() || (local.day(), there.day()) == (29, 28));
                    }
                }
            }
        }
    }
}
