//! Days, weeks and months, and where entries lie in them.

use chrono::{Datelike, Days, Months, NaiveDate};
use gestfg_types::calendar::{CalendarEntry, CalendarSource};

/// How much of the calendar is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarView {
    /// A month as a grid.
    Month,
    /// A week in columns.
    Week,
    /// The month from a day on, as a list.
    Agenda,
}

impl CalendarView {
    /// As the address names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
            Self::Agenda => "agenda",
        }
    }

    /// The one an address names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Month, Self::Week, Self::Agenda].into_iter().find(|view| view.as_str() == name)
    }
}

fn forward(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

fn backward(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = first_of_month(day).checked_add_months(Months::new(1));
    next.map_or(day, |next| backward(next, 1))
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    backward(day, day.weekday().num_days_from_monday().into())
}

/// A week from its Monday on.
pub(super) fn week_from(monday: NaiveDate) -> [NaiveDate; 7] {
    std::array::from_fn(|index| forward(monday, index as u64))
}

/// The weeks a month touches, from Monday to Sunday.
#[must_use]
pub fn month_weeks(day: NaiveDate) -> Vec<[NaiveDate; 7]> {
    let last = last_of_month(day);
    let mut weeks = Vec::with_capacity(6);
    let mut start = monday(first_of_month(day));
    while start <= last {
        weeks.push(week_from(start));
        start = forward(start, 7);
    }
    weeks
}

/// The first and the last day in sight.
#[must_use]
pub fn span(view: CalendarView, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    match view {
        CalendarView::Month => {
            let first = monday(first_of_month(day));
            (first, forward(monday(last_of_month(day)), 6))
        }
        CalendarView::Week => (monday(day), forward(monday(day), 6)),
        CalendarView::Agenda => (day, backward(shift(view, day, true), 1)),
    }
}

/// The day one comes to by leafing on, or back when `on` is false.
#[must_use]
pub fn shift(view: CalendarView, day: NaiveDate, on: bool) -> NaiveDate {
    match (view, on) {
        (CalendarView::Week, true) => forward(day, 7),
        (CalendarView::Week, false) => backward(day, 7),
        (_, true) => day.checked_add_months(Months::new(1)).unwrap_or(day),
        (_, false) => day.checked_sub_months(Months::new(1)).unwrap_or(day),
    }
}

/// The entries that touch a day.
pub fn on_day(entries: &[CalendarEntry], day: NaiveDate) -> impl Iterator<Item = &CalendarEntry> {
    entries.iter().filter(move |entry| entry.first_day <= day && day <= entry.last_day)
}

/// Where an entry lies in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar<'a> {
    /// The entry.
    pub entry: &'a CalendarEntry,
    /// The first day of the week it touches, counted from 0.
    pub column: usize,
    /// How many days of the week it touches.
    pub length: usize,
    /// The line it lies on, counted from 0.
    pub lane: usize,
    /// Whether it goes on before this week.
    pub from_before: bool,
    /// Whether it goes on after this week.
    pub to_after: bool,
}

/// Lays the entries of a week on lines so that none lies on another. What
/// happens and what one has to do come above the phases, of which there are
/// many at a time; then those that begin first, and of those the longest.
#[must_use]
pub fn lay_out<'a>(week: &[NaiveDate; 7], entries: impl Iterator<Item = &'a CalendarEntry>) -> Vec<Bar<'a>> {
    let (first, last) = (week[0], week[6]);
    let mut within: Vec<&CalendarEntry> =
        entries.filter(|entry| entry.first_day <= last && entry.last_day >= first).collect();
    within.sort_by_key(|entry| {
        let start = entry.first_day.max(first);
        let is_phase = entry.source == CalendarSource::Phase;
        (is_phase, start, std::cmp::Reverse(entry.last_day), entry.starts_at, entry.key.clone())
    });
    // The taken columns of each line, a bit for each.
    let mut lanes: Vec<u8> = Vec::new();
    let mut bars = Vec::with_capacity(within.len());
    for entry in within {
        let day = |at: NaiveDate| (at - first).num_days().clamp(0, 6) as usize;
        let (column, end) = (day(entry.first_day), day(entry.last_day));
        let wanted = (column..=end).fold(0, |columns, column| columns | 1 << column);
        let free = lanes.iter().position(|taken| taken & wanted == 0);
        let lane = free.unwrap_or(lanes.len());
        if free.is_none() {
            lanes.push(0);
        }
        lanes[lane] |= wanted;
        bars.push(Bar {
            entry,
            column,
            length: end - column + 1,
            lane,
            from_before: entry.first_day < first,
            to_after: entry.last_day > last,
        });
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn entry(key: &str, first: &str, last: &str) -> CalendarEntry {
        CalendarEntry {
            key: key.to_owned(),
            source: CalendarSource::Phase,
            title: key.to_owned(),
            starts_at: day(first).and_time(NaiveTime::MIN).and_utc(),
            ends_at: forward(day(last), 1).and_time(NaiveTime::MIN).and_utc(),
            is_all_day: true,
            first_day: day(first),
            last_day: day(last),
            location: String::new(),
            call: None,
            phase: None,
            event_id: None,
            path: "/".to_owned(),
        }
    }

    #[test]
    fn months_are_whole_weeks_from_monday() {
        let count = |text: &str| month_weeks(day(text)).len();
        // February 2027 begins on a Monday and ends on a Sunday.
        assert_eq!((count("2027-02-14"), count("2026-11-23"), count("2026-08-01")), (4, 6, 6));
        assert_eq!(span(CalendarView::Month, day("2026-11-23")), (day("2026-10-26"), day("2026-12-06")));
        assert_eq!(span(CalendarView::Week, day("2027-01-01")), (day("2026-12-28"), day("2027-01-03")));
        assert_eq!(span(CalendarView::Agenda, day("2027-01-31")), (day("2027-01-31"), day("2027-02-27")));
    }

    #[test]
    fn leafing_keeps_within_short_months() {
        assert_eq!(shift(CalendarView::Month, day("2027-01-31"), true), day("2027-02-28"));
        assert_eq!(shift(CalendarView::Agenda, day("2027-03-31"), false), day("2027-02-28"));
        assert_eq!(shift(CalendarView::Week, day("2026-12-30"), true), day("2027-01-06"));
    }

    #[test]
    fn bars_do_not_lie_on_each_other() {
        let entries = [
            entry("long", "2026-11-20", "2026-12-10"),
            entry("one", "2026-11-23", "2026-11-23"),
            entry("two", "2026-11-24", "2026-11-26"),
            entry("three", "2026-11-26", "2026-11-29"),
            entry("elsewhere", "2026-12-01", "2026-12-02"),
        ];
        let week = week_from(day("2026-11-23"));
        let bars = lay_out(&week, entries.iter());
        let found: Vec<_> =
            bars.iter().map(|bar| (bar.entry.key.as_str(), bar.column, bar.length, bar.lane)).collect();
        assert_eq!(found, [("long", 0, 7, 0), ("one", 0, 1, 1), ("two", 1, 3, 1), ("three", 3, 4, 2)]);
        assert!(bars[0].from_before && bars[0].to_after && !bars[3].to_after);
        let on: Vec<_> = on_day(&entries, day("2026-11-26")).map(|entry| entry.key.as_str()).collect();
        assert_eq!(on, ["long", "two", "three"]);
    }

    #[test]
    fn what_happens_comes_above_the_phases() {
        let talk =
            CalendarEntry { source: CalendarSource::Event, ..entry("talk", "2026-11-25", "2026-11-25") };
        let entries =
            [entry("long", "2026-11-20", "2026-12-10"), talk, entry("short", "2026-11-23", "2026-11-24")];
        let bars = lay_out(&week_from(day("2026-11-23")), entries.iter());
        let found: Vec<_> = bars.iter().map(|bar| (bar.entry.key.as_str(), bar.lane)).collect();
        assert_eq!(found, [("talk", 0), ("long", 1), ("short", 0)]);
    }
}
