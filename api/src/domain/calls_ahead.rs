//! Which call matters next.

use chrono::{DateTime, Utc};
use gestfg_types::calls::{CallRef, Phase, PhaseDates, PhaseStanding};
use gestfg_types::ids::{CallId, DegreeId};

/// An opened call with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedCall {
    /// Which.
    pub call: CallRef,
    /// Its phases that have dates, in the order of their kind.
    pub phases: Vec<PhaseDates>,
    /// When it last changed.
    pub revised_at: DateTime<Utc>,
    /// Grows with every change.
    pub version: i32,
}

impl DatedCall {
    /// When this phase is, if it has dates.
    #[must_use]
    pub fn dates(&self, phase: Phase) -> Option<&PhaseDates> {
        self.phases.iter().find(|dates| dates.phase == phase)
    }

    /// When this phase is, unless it has ended.
    #[must_use]
    pub fn still(&self, phase: Phase, now: DateTime<Utc>) -> Option<&PhaseDates> {
        self.dates(phase).filter(|dates| dates.standing(now) != PhaseStanding::Over)
    }
}

/// The call of this id.
#[must_use]
pub fn of(calls: &[DatedCall], id: CallId) -> Option<&DatedCall> {
    calls.iter().find(|call| call.call.id == id)
}

/// The call of a degree in which this phase can be used next: of those open
/// the one that ends first, else the one that begins first.
#[must_use]
pub fn nearest(
    calls: &[DatedCall],
    degree: DegreeId,
    phase: Phase,
    now: DateTime<Utc>,
) -> Option<(&DatedCall, &PhaseDates)> {
    calls
        .iter()
        .filter(|call| call.call.degree.id == degree)
        .filter_map(|call| Some((call, call.still(phase, now)?)))
        .min_by_key(|(call, dates)| {
            let is_open = dates.standing(now) == PhaseStanding::Open;
            (!is_open, if is_open { dates.ends_at } else { dates.starts_at }, call.call.id)
        })
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use gestfg_types::calls::SittingRef;
    use gestfg_types::ids::SittingId;
    use gestfg_types::session::DegreeRef;

    /// Noon of a day.
    pub(in crate::domain) fn noon(day: &str) -> DateTime<Utc> {
        format!("{day}T12:00:00Z").parse().unwrap()
    }

    /// A degree of this id.
    pub(in crate::domain) fn degree(id: i64) -> DegreeRef {
        DegreeRef { id: DegreeId(id), code: format!("D{id}"), name: String::new() }
    }

    /// A call of a degree with its phases from noon to noon.
    pub(in crate::domain) fn call(id: i64, of: i64, phases: &[(Phase, &str, &str)]) -> DatedCall {
        DatedCall {
            call: CallRef {
                id: CallId(id),
                degree: degree(of),
                academic_year: 2026,
                sitting: SittingRef { id: SittingId(id), code: String::new(), name: String::new() },
            },
            phases: phases
                .iter()
                .map(|(phase, from, to)| PhaseDates {
                    phase: *phase,
                    starts_at: noon(from),
                    ends_at: noon(to),
                })
                .collect(),
            revised_at: noon("2026-09-01"),
            version: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{call, noon};
    use super::*;

    #[test]
    fn the_open_one_that_ends_first_is_nearest_then_the_first_to_begin() {
        let phase = Phase::EvaluationRequest;
        let calls = [
            call(1, 5, &[(phase, "2026-10-01", "2026-11-01")]),
            call(2, 5, &[(phase, "2026-10-10", "2026-10-20")]),
            call(3, 5, &[(phase, "2026-12-01", "2026-12-02")]),
            call(4, 6, &[(phase, "2026-10-01", "2026-10-02")]),
        ];
        let second = chrono::Duration::seconds(1);
        for (now, expected) in [
            (noon("2026-09-01"), Some(1)),
            (noon("2026-10-10") - second, Some(1)),
            (noon("2026-10-10"), Some(2)),
            (noon("2026-10-20") - second, Some(2)),
            (noon("2026-10-20"), Some(1)),
            (noon("2026-11-01"), Some(3)),
            (noon("2026-12-02"), None),
        ] {
            let got = nearest(&calls, DegreeId(5), phase, now).map(|(call, _)| call.call.id.0);
            assert_eq!(got, expected, "{now}");
        }
    }
}
