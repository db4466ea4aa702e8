//! The gate of a phase: what arrives before its first moment or from its end
//! on is refused, with the dates. Keepers of the degree may pass all the same
//! if they write down why.

use crate::domain::phases::phase_name;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use gestfg_types::calls::Phase;
use gestfg_types::errors::ClosedPhase;
use gestfg_types::ids::{CallId, DegreeId};
use gestfg_types::session::Language;
use std::collections::HashSet;

/// When a phase of an opened call is: from `starts_at` on, no longer at `ends_at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Of which call.
    pub call: CallId,
    /// The first moment of it.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
}

impl Window {
    /// Whether it is open at this moment.
    #[must_use]
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.starts_at <= now && now < self.ends_at
    }
}

/// How somebody came through a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// It was open.
    Open,
    /// It was closed, and they wrote down why they did it all the same.
    Overridden(String),
}

impl Passage {
    /// The reason to be kept, if there is one.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Open => None,
            Self::Overridden(reason) => Some(reason),
        }
    }
}

/// Pass the gate of a phase that has these windows. The reason counts only
/// for those who may override, and only where the gate is closed.
///
/// # Errors
/// The phase and its nearest dates: those ahead, and those that are over.
pub fn pass(
    phase: Phase,
    windows: &[Window],
    now: DateTime<Utc>,
    may_override: bool,
    reason: Option<&str>,
) -> Result<Passage, ClosedPhase> {
    if windows.iter().any(|window| window.contains(now)) {
        return Ok(Passage::Open);
    }
    if let Some(reason) = reason.filter(|_| may_override) {
        return Ok(Passage::Overridden(reason.to_owned()));
    }
    let ahead = windows.iter().filter(|window| now < window.starts_at).min_by_key(|window| window.starts_at);
    let over = windows.iter().filter(|window| window.ends_at <= now).max_by_key(|window| window.ends_at);
    Err(ClosedPhase {
        phase,
        call_id: ahead.or(over).map(|window| window.call),
        opens_at: ahead.map(|window| window.starts_at),
        closed_at: over.map(|window| window.ends_at),
        may_override,
    })
}

/// What to say of a closed phase, in English and in the institution's time.
#[must_use]
pub fn sentence(closed: &ClosedPhase, zone: Tz) -> String {
    let name = phase_name(Language::En, closed.phase);
    let clock = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z");
    let mut text = match (closed.opens_at, closed.closed_at) {
        (Some(opens), None) => format!("The phase “{name}” opens on {}.", clock(opens)),
        (None, Some(over)) => format!("The phase “{name}” closed on {}.", clock(over)),
        (Some(opens), Some(over)) => {
            format!("The phase “{name}” closed on {} and opens again on {}.", clock(over), clock(opens))
        }
        (None, None) => format!("No call of the degree has dates for the phase “{name}”."),
    };
    if closed.may_override {
        text.push_str(" Give `override_reason` to do it all the same.");
    }
    text
}

/// Which phases are open now, in which calls of which degrees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenPhases {
    of_degrees: HashSet<(DegreeId, Phase)>,
    of_calls: HashSet<(CallId, Phase)>,
}

impl OpenPhases {
    /// Whether a call of this degree is in this phase.
    #[must_use]
    pub fn contains(&self, degree: DegreeId, phase: Phase) -> bool {
        self.of_degrees.contains(&(degree, phase))
    }

    /// Whether this very call is in this phase.
    #[must_use]
    pub fn contains_call(&self, call: CallId, phase: Phase) -> bool {
        self.of_calls.contains(&(call, phase))
    }
}

impl FromIterator<(CallId, DegreeId, Phase)> for OpenPhases {
    fn from_iter<I: IntoIterator<Item = (CallId, DegreeId, Phase)>>(open: I) -> Self {
        let mut phases = Self::default();
        for (call, degree, phase) in open {
            phases.of_degrees.insert((degree, phase));
            phases.of_calls.insert((call, phase));
        }
        phases
    }
}

/// What of the calendar decides on projects and assignments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Today {
    /// The academic year, by the year it starts in.
    pub year: i16,
    /// The phases that are open.
    pub open: OpenPhases,
}

impl Today {
    /// Where the open phases do not matter.
    #[must_use]
    pub fn of_year(year: i16) -> Self {
        Self { year, open: OpenPhases::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn window(call: i64, from: i64, to: i64) -> Window {
        Window { call: CallId(call), starts_at: at(from), ends_at: at(to) }
    }

    #[test]
    fn a_gate_opens_at_its_first_second_and_is_closed_at_its_last() {
        let windows = [window(1, 100, 200)];
        let ask = |now| pass(Phase::EvaluationRequest, &windows, at(now), false, Some("no right to"));
        assert_eq!(ask(99).unwrap_err().opens_at, Some(at(100)));
        assert_eq!(ask(100), Ok(Passage::Open));
        assert_eq!(ask(199), Ok(Passage::Open));
        assert_eq!(ask(200).unwrap_err().closed_at, Some(at(200)));
    }

    #[test]
    fn a_reason_counts_only_for_those_who_may_and_where_it_is_needed() {
        let windows = [window(1, 100, 200)];
        let ask = |now, may, reason| pass(Phase::Defence, &windows, at(now), may, reason);
        assert_eq!(ask(300, true, Some("Baja médica")), Ok(Passage::Overridden("Baja médica".to_owned())));
        assert_eq!(ask(150, true, Some("Baja médica")), Ok(Passage::Open));
        assert!(ask(300, false, Some("Baja médica")).is_err());
        assert!(ask(300, true, None).unwrap_err().may_override);
    }

    proptest! {
        #[test]
        fn the_nearest_dates_are_told(starts in prop::collection::vec(0i64..1000, 0..6), now in 0i64..1200) {
            let windows: Vec<_> = starts.iter().zip(1..).map(|(from, n)| window(n, *from, from + 50)).collect();
            match pass(Phase::Grading, &windows, at(now), false, None) {
                Ok(_) => prop_assert!(windows.iter().any(|window| window.contains(at(now)))),
                Err(closed) => {
                    let ahead = starts.iter().filter(|from| **from > now).min().map(|from| at(*from));
                    let over = starts.iter().map(|from| from + 50).filter(|to| *to <= now).max().map(at);
                    prop_assert_eq!((closed.opens_at, closed.closed_at), (ahead, over));
                    prop_assert_eq!(closed.call_id.is_none(), windows.is_empty());
                }
            }
        }
    }
}
