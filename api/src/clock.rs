//! The one clock of the server, so that tests can say what time it is.

use chrono::{DateTime, Datelike, Utc};
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

    /// Move a fixed clock; the machine's cannot be moved.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Some(fixed) = &self.0 {
            *fixed.write().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
        }
    }
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
