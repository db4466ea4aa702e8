//! Where moments stand on a timeline.

use crate::format::{Dates, last_inside, short_month};
use crate::i18n::Texts;
use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, Utc};

/// Up to this many days the scale is in weeks.
const IN_WEEKS: i64 = 45;
/// Up to this many days the scale is in months, beyond in quarters.
const IN_MONTHS: i64 = 460;

/// A mark of the scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Where, in percent.
    pub(super) place: f64,
    /// What it says.
    pub(super) label: String,
}

/// From when to when a timeline goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Scale {
    /// As wide as these windows. It is widened to show today as long as the
    /// windows keep most of the room.
    pub(super) fn of(windows: &[(DateTime<Utc>, DateTime<Utc>)], now: DateTime<Utc>) -> Option<Self> {
        let start = windows.iter().map(|window| window.0).min()?;
        let end = windows.iter().map(|window| window.1).max()?;
        if start >= end {
            return None;
        }
        let wide = Self { start: start.min(now), end: end.max(now + Duration::days(1)) };
        let scale = if wide.length() * 3 <= (end - start) * 4 { wide } else { Self { start, end } };
        Some(scale)
    }

    fn length(self) -> Duration {
        self.end - self.start
    }

    /// Where a moment stands, in percent of the width.
    pub(super) fn place(self, at: DateTime<Utc>) -> f64 {
        let share = (at - self.start).num_seconds() as f64 / self.length().num_seconds() as f64;
        (share * 100.0).clamp(0.0, 100.0)
    }

    /// Where today stands, if it is on the timeline.
    pub(super) fn today(self, now: DateTime<Utc>) -> Option<f64> {
        (self.start <= now && now < self.end).then(|| self.place(now))
    }

    /// The marks of the scale: weeks, months or quarters.
    pub(super) fn ticks(self, t: Texts, dates: &Dates) -> Vec<Tick> {
        let (first, last) = (dates.zone().day(self.start), dates.zone().day(last_inside(self.end)));
        let days = (last - first).num_days();
        let mut ticks = Vec::new();
        let mut day = first_tick(first, days);
        while let Some(here) = day.filter(|day| *day <= last) {
            let label = if days <= IN_WEEKS {
                dates.short_day(here)
            } else if here.month0() == 0 || ticks.is_empty() {
                format!("{} {}", short_month(t, here.month0()), here.year())
            } else {
                short_month(t, here.month0()).to_owned()
            };
            ticks.push(Tick { place: self.place(dates.zone().start_of_day(here)), label });
            day = if days <= IN_WEEKS {
                here.checked_add_days(Days::new(7))
            } else {
                here.checked_add_months(Months::new(if days <= IN_MONTHS { 1 } else { 3 }))
            };
        }
        ticks
    }
}

/// The first Monday, or the first of a month or of a quarter, from a day on.
fn first_tick(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    if days <= IN_WEEKS {
        let to_monday = (7 - day.weekday().num_days_from_monday()) % 7;
        return day.checked_add_days(Days::new(to_monday.into()));
    }
    let step = if days <= IN_MONTHS { 1 } else { 3 };
    let mut first = day.with_day(1)?;
    while first < day || !first.month0().is_multiple_of(step) {
        first = first.checked_add_months(Months::new(1))?;
    }
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Zone;
    use gestfg_types::session::Language;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}T00:00:00Z").parse().unwrap()
    }

    fn labels(from: &str, to: &str) -> Vec<String> {
        let t = Texts::of(Language::Es);
        let zone =
            Zone::of(gestfg_types::time_zone::TimeZoneRules { name: "UTC".into(), offsets: Vec::new() });
        let scale = Scale::of(&[(at(from), at(to))], at("2020-01-01")).unwrap();
        scale.ticks(t, &Dates::new(t, zone)).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn the_scale_is_as_fine_as_there_is_room() {
        assert_eq!(labels("2027-06-02", "2027-06-24"), ["7 jun", "14 jun", "21 jun"]);
        assert_eq!(labels("2026-11-15", "2027-03-20"), ["dic 2026", "ene 2027", "feb", "mar"]);
        assert_eq!(labels("2026-02-01", "2027-09-01"), ["abr 2026", "jul", "oct", "ene 2027", "abr", "jul"]);
    }

    #[test]
    fn today_widens_the_scale_but_never_squeezes_it() {
        let windows = [(at("2027-01-01"), at("2027-07-01"))];
        let near = Scale::of(&windows, at("2026-12-10")).unwrap();
        assert_eq!(near.today(at("2026-12-10")), Some(0.0));
        let far = Scale::of(&windows, at("2026-01-01")).unwrap();
        assert_eq!(far.today(at("2026-01-01")), None);
        assert!((far.place(at("2027-07-01")) - 100.0).abs() < f64::EPSILON);
        assert_eq!(Scale::of(&[], at("2026-01-01")), None);
    }
}
