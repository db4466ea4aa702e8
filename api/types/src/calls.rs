//! Calls: one sitting of one degree in one academic year, with its phases.

use crate::ids::{CallId, DegreeId, SittingId};
use crate::session::DegreeRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// A dated part of a call, in the order in which they usually follow.
    Phase {
        /// Projects are given to students.
        ProjectAssignment = "project_assignment",
        /// Assignments are entered in the call.
        EvaluationRequest = "evaluation_request",
        /// Committees are formed.
        CommitteeFormation = "committee_formation",
        /// Students hand in their documents.
        MaterialSubmission = "material_submission",
        /// Tutors write their reports.
        TutorReport = "tutor_report",
        /// Defences are held.
        Defence = "defence",
        /// Marks are closed and sent to the school.
        Grading = "grading",
    }
}

/// When a phase of a call is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseDates {
    /// Which phase.
    pub phase: Phase,
    /// The first moment of it.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it: what arrives at this very moment is late.
    pub ends_at: DateTime<Utc>,
}

impl PhaseDates {
    /// Where it stands at this moment.
    #[must_use]
    pub fn standing(&self, now: DateTime<Utc>) -> PhaseStanding {
        if now < self.starts_at {
            PhaseStanding::Ahead
        } else if now < self.ends_at {
            PhaseStanding::Open
        } else {
            PhaseStanding::Over
        }
    }
}

/// Where a phase stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseStanding {
    /// It has not begun.
    Ahead,
    /// It goes on.
    Open,
    /// It has ended.
    Over,
}

/// Something odd about the dates of a call. Warnings never stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseWarningKind {
    /// The phase has no dates.
    Missing,
    /// Between the phase before and this one lie days that belong to none.
    Hole,
    /// It begins before the phase before it has ended.
    Overlap,
    /// It begins before the phase before it begins.
    OutOfOrder,
}

/// A warning about the dates of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct PhaseWarning {
    /// What is odd.
    pub kind: PhaseWarningKind,
    /// About which phase.
    pub phase: Phase,
    /// The phase it is compared with.
    pub other: Option<Phase>,
}

/// What is odd about these dates, in the order of the phases. Several phases
/// may overlap on purpose, so these are warnings.
///
/// A phase is compared with the nearest one before it that has dates; a hole
/// is a day or more that belongs to neither.
#[must_use]
pub fn warnings(dates: &[PhaseDates]) -> Vec<PhaseWarning> {
    let mut found = Vec::new();
    let mut before: Option<&PhaseDates> = None;
    for &phase in Phase::ALL {
        let Some(this) = dates.iter().find(|dates| dates.phase == phase) else {
            found.push(PhaseWarning { kind: PhaseWarningKind::Missing, phase, other: None });
            continue;
        };
        if let Some(last) = before {
            let kind = if this.starts_at < last.starts_at {
                Some(PhaseWarningKind::OutOfOrder)
            } else if this.starts_at < last.ends_at {
                Some(PhaseWarningKind::Overlap)
            } else if this.starts_at - last.ends_at >= chrono::Duration::days(1) {
                Some(PhaseWarningKind::Hole)
            } else {
                None
            };
            found.extend(kind.map(|kind| PhaseWarning { kind, phase, other: Some(last.phase) }));
        }
        before = Some(this);
    }
    found
}

/// A sitting named in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SittingRef {
    /// Its id.
    pub id: SittingId,
    /// Its code, e.g. `JUN`.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A call named in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallRef {
    /// Its id.
    pub id: CallId,
    /// Whose degree.
    pub degree: DegreeRef,
    /// Year in which its academic year starts: 2026 for 2026/27.
    pub academic_year: i16,
    /// Which sitting.
    pub sitting: SittingRef,
}

/// What the caller may do with a call now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallAction {
    /// Change its sitting, year or dates.
    Edit,
    /// Show it to everybody and let its phases count.
    Open,
    /// Copy it into a later academic year.
    Copy,
    /// Remove it; refused while requests depend on it.
    Delete,
    /// Enter several assignments at once, and act outside the dates with a reason.
    ManageRequests,
}

/// A phase of a call, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallPhase {
    /// Which phase.
    pub phase: Phase,
    /// The first moment of it.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// Where it stands by the server's clock.
    pub standing: PhaseStanding,
}

/// A call with its phases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Call {
    /// Which degree, year and sitting.
    #[serde(flatten)]
    pub call: CallRef,
    /// Since when everybody sees it and its phases count; null: a draft.
    pub opened_at: Option<DateTime<Utc>>,
    /// Its phases that have dates, in the order of their kind.
    pub phases: Vec<CallPhase>,
    /// What is odd about the dates; empty for those who cannot change them.
    pub warnings: Vec<PhaseWarning>,
    /// Live evaluation requests, for those who manage the call.
    pub request_count: Option<i64>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<CallAction>,
}

/// Make a call, as a draft. By an admin or a coordinator of the degree.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCall {
    /// Whose degree.
    pub degree_id: DegreeId,
    /// Year in which its academic year starts: 2026 for 2026/27.
    #[schema(minimum = 1990, maximum = 2200)]
    pub academic_year: i16,
    /// Which sitting.
    pub sitting_id: SittingId,
    /// Its dates, each phase once at most.
    #[serde(default)]
    #[schema(max_items = 7)]
    pub phases: Vec<PhaseDates>,
}

/// Change a call.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCall {
    /// Which sitting; only of a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sitting_id: Option<SittingId>,
    /// Its academic year; only of a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1990, maximum = 2200)]
    pub academic_year: Option<i16>,
    /// All its dates anew, each phase once at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 7)]
    pub phases: Option<Vec<PhaseDates>>,
}

/// What stays the same when a call is copied into another year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CopyKeeps {
    /// The day of the month: 10 June stays 10 June.
    #[default]
    Date,
    /// The day of the week: the second Thursday of June stays a Thursday.
    Weekday,
}

/// Copy a call into another academic year, as a draft. The clock times stay
/// the same in the institution's time zone, over changes of summer time too.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyCall {
    /// Which year; the one after by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1990, maximum = 2200)]
    pub academic_year: Option<i16>,
    /// What stays the same.
    #[serde(default)]
    pub keeps: CopyKeeps,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(phase: Phase, from: &str, to: &str) -> PhaseDates {
        let moment = |text: &str| format!("2027-{text}T00:00:00Z").parse().unwrap_or_default();
        PhaseDates { phase, starts_at: moment(from), ends_at: moment(to) }
    }

    #[test]
    fn oddities_are_named_with_their_neighbour() {
        use PhaseWarningKind as K;
        let found: Vec<_> = warnings(&[
            dates(Phase::ProjectAssignment, "01-10", "02-10"),
            dates(Phase::EvaluationRequest, "02-10", "03-01"),
            dates(Phase::CommitteeFormation, "03-05", "03-20"),
            dates(Phase::MaterialSubmission, "03-10", "03-25"),
            dates(Phase::Defence, "03-09", "04-01"),
            dates(Phase::Grading, "04-01", "04-10"),
        ])
        .into_iter()
        .map(|warning| (warning.kind, warning.phase, warning.other))
        .collect();
        assert_eq!(
            found,
            [
                (K::Hole, Phase::CommitteeFormation, Some(Phase::EvaluationRequest)),
                (K::Overlap, Phase::MaterialSubmission, Some(Phase::CommitteeFormation)),
                (K::Missing, Phase::TutorReport, None),
                (K::OutOfOrder, Phase::Defence, Some(Phase::MaterialSubmission)),
            ]
        );
    }

    #[test]
    fn the_end_of_a_phase_is_outside_it() {
        let phase = dates(Phase::Defence, "03-01", "03-02");
        let second = chrono::Duration::seconds(1);
        for (at, standing) in [
            (phase.starts_at - second, PhaseStanding::Ahead),
            (phase.starts_at, PhaseStanding::Open),
            (phase.ends_at - second, PhaseStanding::Open),
            (phase.ends_at, PhaseStanding::Over),
        ] {
            assert_eq!(phase.standing(at), standing, "{at}");
        }
    }
}
