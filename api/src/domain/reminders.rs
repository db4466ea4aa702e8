//! When people are reminded of the dates of a phase.

use crate::domain::dates::{last_minute, moment};
use chrono::{DateTime, Days, Duration, NaiveTime, Utc};
use chrono_tz::Tz;
use gestfg_types::calls::PhaseDates;

/// So many days before a phase ends, and on its last day, people hear of it.
const DAYS_BEFORE: [u8; 3] = [7, 2, 0];
/// At this hour, in the institution's time zone.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// What could not be told within this time is not told any more.
pub const TOO_LATE: Duration = Duration::hours(24);

/// What people are reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The phase begins.
    Opens,
    /// It ends in so many days: 7, 2 or 0.
    Closes(u8),
}

impl Moment {
    /// As it is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opens => "opens",
            Self::Closes(7) => "closes_in_7",
            Self::Closes(2) => "closes_in_2",
            Self::Closes(_) => "closes_today",
        }
    }
}

/// The reminders of a phase, and when each is due: of its beginning at its
/// first moment, of its end at eight in the morning. An end is only told of
/// while the phase is open: a phase of three days has no reminder a week ahead.
#[must_use]
pub fn reminders(dates: &PhaseDates, zone: Tz) -> Vec<(Moment, DateTime<Utc>)> {
    let last_day = last_minute(dates.ends_at).with_timezone(&zone).date_naive();
    let closing = DAYS_BEFORE.into_iter().filter_map(|days| {
        let day = last_day.checked_sub_days(Days::new(days.into()))?;
        Some((Moment::Closes(days), moment(zone, day.and_time(HOUR))))
    });
    std::iter::once((Moment::Opens, dates.starts_at))
        .chain(closing.filter(|(_, due_at)| dates.starts_at <= *due_at && *due_at < dates.ends_at))
        .collect()
}

/// When those who have not answered a poll are reminded: at eight in the
/// morning two days before its deadline and on its last day. Of two that are
/// due, the later one; none before anybody was asked.
#[must_use]
pub fn poll_reminder_due(
    asked_at: DateTime<Utc>,
    deadline: DateTime<Utc>,
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let last_day = last_minute(deadline).with_timezone(&zone).date_naive();
    let due = [2, 0].into_iter().filter_map(|days| {
        let day = last_day.checked_sub_days(Days::new(days))?;
        Some(moment(zone, day.and_time(HOUR)))
    });
    due.filter(|due_at| {
        asked_at < *due_at && *due_at < deadline && *due_at <= now && now < *due_at + TOO_LATE
    })
    .max()
    .filter(|_| now < deadline)
}

/// Those of them that are to be told now.
#[must_use]
pub fn due(dates: &PhaseDates, zone: Tz, now: DateTime<Utc>) -> Vec<(Moment, DateTime<Utc>)> {
    if now >= dates.ends_at {
        return Vec::new();
    }
    let mut due = reminders(dates, zone);
    due.retain(|(_, due_at)| *due_at <= now && now < *due_at + TOO_LATE);
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use gestfg_types::calls::Phase;

    const ZONE: Tz = chrono_tz::Europe::Madrid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn phase(starts_at: &str, ends_at: &str) -> PhaseDates {
        PhaseDates { phase: Phase::EvaluationRequest, starts_at: at(starts_at), ends_at: at(ends_at) }
    }

    fn told(dates: &PhaseDates) -> Vec<(&'static str, String)> {
        reminders(dates, ZONE)
            .into_iter()
            .map(|(moment, due)| (moment.as_str(), due.format("%m-%dT%H:%M").to_string()))
            .collect()
    }

    fn expected(rows: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        rows.iter().map(|(moment, due)| (*moment, (*due).to_owned())).collect()
    }

    #[test]
    fn a_phase_is_told_of_at_its_beginning_and_at_eight_on_the_days_before_its_end() {
        // Through the night in which clocks go forward: eight is eight.
        let dates = phase("2027-03-01T23:00:00Z", "2027-03-30T22:00:00Z");
        assert_eq!(
            told(&dates),
            expected(&[
                ("opens", "03-01T23:00"),
                ("closes_in_7", "03-23T07:00"),
                ("closes_in_2", "03-28T06:00"),
                ("closes_today", "03-30T06:00"),
            ])
        );
        // Until noon: the last day is that day.
        let dates = phase("2027-06-01T22:00:00Z", "2027-06-10T10:00:00Z");
        assert_eq!(told(&dates).last(), expected(&[("closes_today", "06-10T06:00")]).last());
    }

    #[test]
    fn an_end_is_not_told_of_before_the_beginning_nor_when_it_is_past() {
        let dates = phase("2027-06-07T22:00:00Z", "2027-06-10T22:00:00Z");
        assert_eq!(
            told(&dates),
            expected(&[
                ("opens", "06-07T22:00"),
                ("closes_in_2", "06-08T06:00"),
                ("closes_today", "06-10T06:00")
            ])
        );
        // It ends at seven in the morning.
        let dates = phase("2027-06-09T22:00:00Z", "2027-06-10T05:00:00Z");
        assert_eq!(told(&dates), expected(&[("opens", "06-09T22:00")]));
    }

    #[test]
    fn polls_are_reminded_of_two_days_before_and_on_the_last_day() {
        let (asked_at, deadline) = (at("2027-06-01T10:00:00Z"), at("2027-06-10T21:59:00Z"));
        let due = |now: &str| {
            poll_reminder_due(asked_at, deadline, ZONE, at(now)).map(|at| at.format("%dT%H").to_string())
        };
        assert_eq!(due("2027-06-08T05:59:00Z"), None);
        assert_eq!(due("2027-06-08T06:00:00Z").as_deref(), Some("08T06"));
        assert_eq!(due("2027-06-09T07:00:00Z"), None);
        assert_eq!(due("2027-06-10T06:00:00Z").as_deref(), Some("10T06"));
        assert_eq!(due("2027-06-10T22:00:00Z"), None);
        // Asked on the last day, after eight: told once is enough.
        assert_eq!(
            poll_reminder_due(at("2027-06-10T07:00:00Z"), deadline, ZONE, at("2027-06-10T08:00:00Z")),
            None
        );
    }

    #[test]
    fn what_is_due_is_told_for_a_day_and_not_after_the_end() {
        let dates = phase("2027-06-01T22:00:00Z", "2027-06-10T10:00:00Z");
        let due_at = |now: &str| -> Vec<_> {
            due(&dates, ZONE, at(now)).into_iter().map(|(moment, _)| moment.as_str()).collect()
        };
        assert_eq!(due_at("2027-06-01T21:59:59Z"), Vec::<&str>::new());
        assert_eq!(due_at("2027-06-01T22:00:00Z"), ["opens"]);
        assert_eq!(due_at("2027-06-02T21:59:59Z"), ["opens"]);
        assert_eq!(due_at("2027-06-02T22:00:00Z"), Vec::<&str>::new());
        assert_eq!(due_at("2027-06-03T06:00:00Z"), ["closes_in_7"]);
        assert_eq!(due_at("2027-06-10T09:59:59Z"), ["closes_today"]);
        assert_eq!(due_at("2027-06-10T10:00:00Z"), Vec::<&str>::new());
    }
}
