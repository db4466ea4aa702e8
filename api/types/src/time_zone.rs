//! The institution's time zone, as far as a browser needs it: deadlines are
//! shown and typed in it wherever the reader is.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From when the zone is so many minutes ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ZoneOffset {
    /// The first moment.
    pub from: DateTime<Utc>,
    /// Minutes ahead of UTC; negative west of Greenwich.
    pub minutes: i16,
}

/// A time zone as a list of offsets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeZoneRules {
    /// Its IANA name, e.g. `Europe/Madrid`.
    pub name: String,
    /// Its offsets in the order of time; the first one holds before it too.
    pub offsets: Vec<ZoneOffset>,
}

impl TimeZoneRules {
    /// The clock of the institution at this moment.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc() + self.ahead(at)
    }

    /// The moment at which the clock of the institution shows this. What it
    /// shows twice (the end of summer time) is the first of the two; what it
    /// never shows (its beginning) is moved on by the hour that is missing.
    #[must_use]
    pub fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let candidates = self.offsets.iter().map(|offset| Duration::minutes(offset.minutes.into()));
        candidates
            .map(|ahead| (local - ahead).and_utc())
            .filter(|at| self.local(*at) == local)
            .min()
            .unwrap_or_else(|| {
                let guess = (local - self.ahead(local.and_utc())).and_utc();
                (local - self.ahead(guess - Duration::hours(3))).and_utc()
            })
    }

    fn ahead(&self, at: DateTime<Utc>) -> Duration {
        let place = self.offsets.partition_point(|offset| offset.from <= at);
        let offset = self.offsets.get(place.saturating_sub(1));
        Duration::minutes(offset.map_or(0, |offset| offset.minutes.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn madrid() -> TimeZoneRules {
        let offset = |from: &str, minutes| ZoneOffset { from: from.parse().unwrap_or_default(), minutes };
        TimeZoneRules {
            name: "Europe/Madrid".to_owned(),
            offsets: vec![
                offset("2025-10-26T01:00:00Z", 60),
                offset("2026-03-29T01:00:00Z", 120),
                offset("2026-10-25T01:00:00Z", 60),
                offset("2027-03-28T01:00:00Z", 120),
            ],
        }
    }

    #[test]
    fn clocks_and_moments_agree_over_summer_time() -> chrono::ParseResult<()> {
        for (local, moment) in [
            ("2026-06-10T23:59:00", "2026-06-10T21:59:00Z"),
            ("2026-12-10T23:59:00", "2026-12-10T22:59:00Z"),
            // Shown twice: the first.
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
            ("2026-10-25T03:00:00", "2026-10-25T02:00:00Z"),
            ("2026-03-29T03:00:00", "2026-03-29T01:00:00Z"),
        ] {
            let (local, moment): (NaiveDateTime, DateTime<Utc>) = (local.parse()?, moment.parse()?);
            assert_eq!(madrid().moment(local), moment, "{local}");
            assert_eq!(madrid().local(moment), local, "{moment}");
        }
        // Never shown: moved on by an hour.
        let missing = madrid().moment("2026-03-29T02:30:00".parse()?);
        assert_eq!(missing, "2026-03-29T01:30:00Z".parse::<DateTime<Utc>>()?);
        Ok(())
    }
}
