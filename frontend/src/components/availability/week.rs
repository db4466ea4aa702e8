//! What somebody says of the hours of a week, without drawing it.

use crate::zone::Zone;
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use gestfg_types::availability::{AvailabilityAnswer, SayAvailability, Unavailability, UnavailabilitySource};
use gestfg_types::ids::{UnavailabilityId, UserId};

/// Minutes of a row.
const STEP: u32 = 30;
/// The hour the first row begins at.
const FIRST_HOUR: u32 = 8;
/// Rows of a day, until nine in the evening.
pub const HOUR_ROWS: usize = 26;

/// When a row of the week begins; the one behind the last is its end.
#[must_use]
pub fn row_time(row: usize) -> NaiveTime {
    let minutes = FIRST_HOUR * 60 + STEP * u32::try_from(row).unwrap_or_default();
    NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or_default()
}

/// The working days of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// By which clock.
    pub zone: Zone,
}

impl Week {
    /// Days in sight: no defences are held on weekends.
    pub const DAYS: usize = 5;

    /// One of its days.
    #[must_use]
    pub fn day(&self, index: usize) -> NaiveDate {
        self.monday.checked_add_days(Days::new(index as u64)).unwrap_or(self.monday)
    }

    /// From its first moment to the first after it.
    #[must_use]
    pub fn bounds(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.zone.start_of_day(self.monday), self.zone.start_of_day(self.day(Self::DAYS)))
    }

    /// Rows `[first, last]` of a day.
    #[must_use]
    pub fn span(&self, day: usize, first: usize, last: usize) -> (DateTime<Utc>, DateTime<Utc>) {
        let at = |row: usize| self.zone.moment(self.day(day).and_time(row_time(row)));
        (at(first), at(last + 1))
    }
}

/// Days and rows marked together, first and last, with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Painted {
    /// The first and the last day.
    pub days: (usize, usize),
    /// The first and the last row.
    pub rows: (usize, usize),
    /// What is said of them.
    pub answer: AvailabilityAnswer,
}

impl Painted {
    /// What to tell the server: a time for each day.
    #[must_use]
    pub fn sayings(&self, week: &Week, professor_id: Option<UserId>) -> Vec<SayAvailability> {
        (self.days.0..=self.days.1)
            .map(|day| {
                let (starts_at, ends_at) = week.span(day, self.rows.0, self.rows.1);
                SayAvailability { professor_id, starts_at, ends_at, answer: self.answer, note: String::new() }
            })
            .collect()
    }
}

/// What is said of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The worst of it.
    pub answer: AvailabilityAnswer,
    /// Whether it comes from a calendar file.
    pub from_file: bool,
}

/// What is said of the time between two moments: a part that is a no makes it one.
#[must_use]
pub fn said_of(said: &[Unavailability], (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Said {
    let touching = || said.iter().filter(|one| one.starts_at < to && from < one.ends_at);
    let with = |answer: AvailabilityAnswer| touching().find(move |one| one.answer == answer);
    let found = with(AvailabilityAnswer::No).or_else(|| with(AvailabilityAnswer::IfNeeded));
    Said {
        answer: found.map_or(AvailabilityAnswer::Yes, |one| one.answer),
        from_file: found.is_some_and(|one| one.source == UnavailabilitySource::CalendarFile),
    }
}

/// What will be known once the server has taken a saying, so that it shows
/// before the answer is here.
#[must_use]
pub fn with_said(said: &[Unavailability], saying: &SayAvailability) -> Vec<Unavailability> {
    let (from, to) = (saying.starts_at, saying.ends_at);
    let mut next = Vec::with_capacity(said.len() + 1);
    for one in said {
        let pieces = [(one.starts_at, one.ends_at.min(from)), (one.starts_at.max(to), one.ends_at)];
        if one.ends_at <= from || one.starts_at >= to {
            next.push(one.clone());
            continue;
        }
        for (starts_at, ends_at) in pieces {
            if ends_at - starts_at > Duration::zero() {
                next.push(Unavailability { starts_at, ends_at, ..one.clone() });
            }
        }
    }
    if saying.answer != AvailabilityAnswer::Yes {
        next.push(Unavailability {
            id: UnavailabilityId(0),
            professor_id: saying.professor_id.unwrap_or(UserId(0)),
            starts_at: from,
            ends_at: to,
            answer: saying.answer,
            source: UnavailabilitySource::Poll,
            note: saying.note.clone(),
        });
    }
    next.sort_by_key(|one| one.starts_at);
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use gestfg_types::availability::AvailabilityAnswer::{IfNeeded, No, Yes};

    fn hour(hour: u32) -> DateTime<Utc> {
        NaiveDate::from_ymd_opt(2027, 6, 21)
            .and_then(|day| day.and_hms_opt(hour, 0, 0))
            .unwrap_or_default()
            .and_utc()
    }

    fn say(from: u32, to: u32, answer: AvailabilityAnswer) -> SayAvailability {
        SayAvailability {
            professor_id: None,
            starts_at: hour(from),
            ends_at: hour(to),
            answer,
            note: String::new(),
        }
    }

    fn told(said: &[Unavailability]) -> Vec<String> {
        let one = |it: &Unavailability| {
            format!("{}-{} {}", it.starts_at.format("%H"), it.ends_at.format("%H"), it.answer.as_str())
        };
        said.iter().map(one).collect()
    }

    #[test]
    fn the_latest_word_cuts_what_was_said_before() {
        let said = with_said(&[], &say(9, 13, No));
        let said = with_said(&said, &say(10, 11, Yes));
        assert_eq!(told(&said), ["09-10 no", "11-13 no"]);
        let said = with_said(&said, &say(9, 12, IfNeeded));
        assert_eq!(told(&said), ["09-12 if_needed", "12-13 no"]);
    }

    #[test]
    fn a_part_that_is_a_no_makes_an_hour_one() {
        let said = with_said(&with_said(&[], &say(9, 11, IfNeeded)), &say(10, 11, No));
        assert_eq!(said_of(&said, (hour(9), hour(11))).answer, No);
        assert_eq!(said_of(&said, (hour(9), hour(10))).answer, IfNeeded);
        assert_eq!(said_of(&said, (hour(11), hour(12))).answer, Yes);
    }

    #[test]
    fn rows_are_half_hours_from_eight_to_nine() {
        assert_eq!(row_time(0).to_string(), "08:00:00");
        assert_eq!(row_time(HOUR_ROWS).to_string(), "21:00:00");
    }
}
