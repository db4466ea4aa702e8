//! The one clock of the server, so that tests can say what time it is.

use chrono::{DateTime, Datelike, Duration, Offset, TimeZone, Utc};
use gestfg_types::time_zone::{TimeZoneRules, ZoneOffset};
use std::sync::{Arc, RwLock};

/// Decides "now" for the whole server.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<RwLock<DateTime<Utc>>>>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until told otherwise.
    #[must_use]
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(RwLock::new(now))))
    }

    /// The present moment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock the others are sent to")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            None => Utc::now(),
            Some(fixed) => *fixed.read().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Whether it is the machine's, which others can be compared with.
    #[must_use]
    pub const fn is_machine(&self) -> bool {
        self.0.is_none()
    }

    /// Move a fixed clock; the machine's cannot be moved.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Some(fixed) = &self.0 {
            *fixed.write().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
        }
    }
}

/// The offsets of a zone from 2015 to ten years from now, for those who have no
/// database of time zones at hand.
#[must_use]
pub fn zone_rules(now: DateTime<Utc>, zone: chrono_tz::Tz) -> TimeZoneRules {
    let ahead = |at: DateTime<Utc>| {
        i16::try_from(zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc() / 60)
            .unwrap_or_default()
    };
    let mut at = DateTime::<Utc>::UNIX_EPOCH + Duration::days(365 * 45);
    let end = now + Duration::days(3653);
    let mut offsets = vec![ZoneOffset { from: at, minutes: ahead(at) }];
    while at < end {
        let next = at + Duration::days(1);
        if ahead(next) != ahead(at) {
            // Clocks are changed at full minutes.
            let (mut before, mut after) = (0, 24 * 60);
            while after - before > 1 {
                let middle = i64::midpoint(before, after);
                if ahead(at + Duration::minutes(middle)) == ahead(at) {
                    before = middle;
                } else {
                    after = middle;
                }
            }
            let from = at + Duration::minutes(after);
            offsets.push(ZoneOffset { from, minutes: ahead(from) });
        }
        at = next;
    }
    TimeZoneRules { name: zone.name().to_owned(), offsets }
}

/// The academic year a moment falls in, by the year it starts: the year turns
/// on 1 September in the institution's time zone.
#[must_use]
pub fn academic_year(now: DateTime<Utc>, zone: chrono_tz::Tz) -> i16 {
    let local = now.with_timezone(&zone);
    let year = if local.month() >= 9 { local.year() } else { local.year() - 1 };
    i16::try_from(year).unwrap_or(i16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_a_zone_say_what_the_zone_says() {
        let zone = chrono_tz::Europe::Madrid;
        let now = "2026-11-23T09:00:00Z".parse().unwrap();
        let rules = zone_rules(now, zone);
        assert_eq!(rules.name, "Europe/Madrid");
        let mut at: DateTime<Utc> = "2024-01-01T00:30:00Z".parse().unwrap();
        while at < now {
            assert_eq!(rules.local(at), at.with_timezone(&zone).naive_local(), "{at}");
            at += Duration::hours(7);
        }
    }

    #[test]
    fn the_academic_year_turns_at_local_midnight() {
        let zone = chrono_tz::Europe::Madrid;
        for (moment, year) in [
            ("2026-08-31T21:59:59Z", 2025),
            ("2026-08-31T22:00:00Z", 2026),
            ("2027-01-01T00:00:00Z", 2026),
            ("2027-08-01T00:00:00Z", 2026),
        ] {
            assert_eq!(academic_year(moment.parse().unwrap(), zone), year, "{moment}");
        }
    }
}
