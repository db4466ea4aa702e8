//! The slots of a timetable: when each begins by the clock.

use super::{Busy, Settings};
use crate::domain::dates::moment;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use gestfg_planner::id::DayId;
use gestfg_planner::timetable::Availability;
use serde::{Deserialize, Serialize};

/// The days of a defence phase, cut into slots.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// How long a defence takes.
    pub slot_minutes: i64,
    /// The days, in order.
    pub days: Vec<HoursOfDay>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursOfDay {
    /// Its date.
    pub day: NaiveDate,
    /// When each slot begins.
    pub slots: Vec<DateTime<Utc>>,
    /// Slots in which nothing takes place, `[from, to)`.
    pub closed: Vec<(usize, usize)>,
}

/// The longest phase that is cut into days.
const MOST_DAYS: usize = 60;

impl Hours {
    /// The hours between two moments, by the rules of the degree: working days, or all days if
    /// there is no other.
    #[must_use]
    pub fn between(from: DateTime<Utc>, to: DateTime<Utc>, settings: &Settings, zone: Tz) -> Self {
        let (first, last) = (from.with_timezone(&zone).date_naive(), to.with_timezone(&zone).date_naive());
        let all: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).take(MOST_DAYS).collect();
        let is_weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let cut = |days: Vec<NaiveDate>| -> Vec<HoursOfDay> {
            days.into_iter().filter_map(|day| cut(day, (from, to), settings, zone)).collect()
        };
        let working = cut(all.iter().copied().filter(|day| !is_weekend(day)).collect());
        let days = if working.is_empty() { cut(all) } else { working };
        Self { slot_minutes: settings.slot_minutes, days }
    }

    fn end(&self, begin: DateTime<Utc>) -> DateTime<Utc> {
        begin + Duration::minutes(self.slot_minutes)
    }

    /// When a slot is.
    #[must_use]
    pub fn time(&self, day: &DayId, slot: usize) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let day = self.days.iter().find(|hours| hours.day.to_string() == day.0)?;
        day.slots.get(slot).map(|begin| (*begin, self.end(*begin)))
    }

    /// An answer to the poll, slot by slot; none when it is yes to all.
    #[must_use]
    pub fn availability(&self, busy: &[Busy]) -> Option<Availability> {
        let mut given = Availability::default();
        for hours in &self.days {
            let letter = |begin: &DateTime<Utc>| {
                let end = self.end(*begin);
                let mut touching = busy.iter().filter(|busy| busy.from < end && *begin < busy.to).peekable();
                if touching.peek().is_none() {
                    'y'
                } else if touching.all(|busy| busy.if_needed) {
                    '?'
                } else {
                    'n'
                }
            };
            let row: String = hours.slots.iter().map(letter).collect();
            if row.contains(['n', '?']) {
                given.days.insert(DayId(hours.day.to_string()), row);
            }
        }
        (!given.days.is_empty()).then_some(given)
    }

    /// Whether there is a slot at which somebody who is busy then could come.
    #[must_use]
    pub fn leave_time(&self, busy: &[Busy]) -> bool {
        self.days.is_empty()
            || self.days.iter().flat_map(|hours| &hours.slots).any(|begin| {
                let end = self.end(*begin);
                !busy.iter().any(|busy| !busy.if_needed && busy.from < end && *begin < busy.to)
            })
    }
}

/// The slots of a day: from its beginning on, those that lie outside the phase or in the pause closed.
fn cut(
    day: NaiveDate,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    settings: &Settings,
    zone: Tz,
) -> Option<HoursOfDay> {
    let at = |time| moment(zone, day.and_time(time));
    let (opens, closes) = (at(settings.day_starts), at(settings.day_ends));
    let pause = settings.pause.map(|(from, to)| (at(from), at(to)));
    let (long, step) = (
        Duration::minutes(settings.slot_minutes.max(1)),
        Duration::minutes((settings.slot_minutes + settings.break_minutes).max(1)),
    );
    let mut slots = Vec::new();
    let mut begin = opens;
    while begin + long <= closes {
        slots.push(begin);
        begin += step;
    }
    let is_closed = |begin: DateTime<Utc>| {
        let end = begin + long;
        begin < from || end > to || pause.is_some_and(|(from, to)| begin < to && from < end)
    };
    let shut: Vec<bool> = slots.iter().map(|begin| is_closed(*begin)).collect();
    if shut.iter().all(|shut| *shut) {
        return None;
    }
    let mut closed: Vec<(usize, usize)> = Vec::new();
    for slot in shut.iter().enumerate().filter(|(_, shut)| **shut).map(|(slot, _)| slot) {
        match closed.last_mut().filter(|(_, to)| *to == slot) {
            Some((_, to)) => *to += 1,
            None => closed.push((slot, slot + 1)),
        }
    }
    Some(HoursOfDay { day, slots, closed })
}
