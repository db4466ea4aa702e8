//! How far a student has come with a project.

use crate::domain::calls_ahead::{DatedCall, nearest, of};
use crate::domain::duties::{Studies, Work};
use chrono::{DateTime, Utc};
use gestfg_types::calendar::{Progress, ProgressStep, StepProgress, StepStanding};
use gestfg_types::calls::{Phase, PhaseStanding};

/// The phase in which a step is taken.
const fn phase_of(step: ProgressStep) -> Phase {
    match step {
        ProgressStep::Assigned => Phase::ProjectAssignment,
        ProgressStep::Requested => Phase::EvaluationRequest,
        ProgressStep::Documents => Phase::MaterialSubmission,
        ProgressStep::Defence => Phase::Defence,
        ProgressStep::Mark => Phase::Grading,
    }
}

/// How far somebody has come in a degree, given its opened calls, those that
/// are over too.
#[must_use]
pub fn progress(studies: &Studies, calls: &[DatedCall], now: DateTime<Utc>) -> Progress {
    let work = studies.work.as_ref();
    let call = call_of(studies, calls, now);
    Progress {
        degree: studies.degree.clone(),
        assignment_id: work.map(|work| work.assignment),
        project_id: work.map(|work| work.project),
        project_title: work.map(|work| work.title.clone()),
        call: call.map(|call| call.call.clone()),
        steps: steps(work, call, now),
    }
}

/// The call entered; else the one whose next step can be taken now or next;
/// else the last that goes on without them.
fn call_of<'a>(studies: &Studies, calls: &'a [DatedCall], now: DateTime<Utc>) -> Option<&'a DatedCall> {
    let degree = studies.degree.id;
    let next = |phase| nearest(calls, degree, phase, now).map(|(call, _)| call);
    let missed = || {
        let own = calls.iter().filter(|call| call.call.degree.id == degree);
        let going_on = own.filter(|call| call.phases.iter().any(|dates| now < dates.ends_at));
        going_on.max_by_key(|call| call.dates(Phase::EvaluationRequest).map(|dates| dates.ends_at))
    };
    match &studies.work {
        None => next(Phase::ProjectAssignment).or_else(|| next(Phase::EvaluationRequest)).or_else(missed),
        Some(Work { entered: Some((id, _)), .. }) => of(calls, *id),
        Some(_) => next(Phase::EvaluationRequest).or_else(missed),
    }
}

/// Steps are taken one after the other; those nobody can take here yet are
/// known by their dates alone, and are left behind when these are over.
fn steps(work: Option<&Work>, call: Option<&DatedCall>, now: DateTime<Utc>) -> Vec<StepProgress> {
    let mut is_reached = true;
    ProgressStep::ALL
        .iter()
        .map(|&step| {
            let dates = call.and_then(|call| call.dates(phase_of(step)));
            let done_at = match step {
                ProgressStep::Assigned => work.map(|work| work.since),
                ProgressStep::Requested => work.and_then(|work| work.entered).map(|(_, at)| at),
                ProgressStep::Documents | ProgressStep::Defence | ProgressStep::Mark => None,
            };
            let is_known_by_dates = !matches!(step, ProgressStep::Assigned | ProgressStep::Requested);
            let standing = match dates.map(|dates| dates.standing(now)) {
                _ if done_at.is_some() => StepStanding::Done,
                _ if !is_reached => StepStanding::Ahead,
                Some(PhaseStanding::Over) => StepStanding::Missed,
                Some(PhaseStanding::Open) => StepStanding::Current,
                Some(PhaseStanding::Ahead) | None => StepStanding::Waiting,
            };
            let is_behind = match standing {
                StepStanding::Done => true,
                StepStanding::Missed => is_known_by_dates,
                _ => false,
            };
            is_reached = is_reached && is_behind;
            StepProgress {
                step,
                standing,
                done_at,
                opens_at: dates.map(|dates| dates.starts_at),
                closes_at: dates.map(|dates| dates.ends_at),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calls_ahead::samples::{call, degree, noon};
    use gestfg_types::ids::{AssignmentId, CallId, DegreeId, ProjectId};

    fn year() -> Vec<DatedCall> {
        use Phase as P;
        vec![
            call(
                1,
                5,
                &[
                    (P::ProjectAssignment, "2026-10-01", "2027-02-01"),
                    (P::EvaluationRequest, "2027-05-01", "2027-05-10"),
                    (P::MaterialSubmission, "2027-05-20", "2027-06-01"),
                    (P::Defence, "2027-06-10", "2027-06-20"),
                    (P::Grading, "2027-06-20", "2027-06-30"),
                ],
            ),
            call(2, 6, &[(P::EvaluationRequest, "2027-05-01", "2027-09-10")]),
        ]
    }

    fn studies(work: Option<Option<i64>>) -> Studies {
        let work = work.map(|entered| Work {
            assignment: AssignmentId(7),
            since: noon("2026-11-01"),
            project: ProjectId(1),
            title: "Un proyecto".to_owned(),
            degree: DegreeId(5),
            entered: entered.map(|call| (CallId(call), noon("2027-05-02"))),
        });
        Studies { degree: degree(5), has_project: work.is_some(), work }
    }

    #[test]
    fn steps_follow_each_other_and_the_dates() {
        use StepStanding::{Ahead as A, Current as C, Done as D, Missed as M, Waiting as W};
        let (none, assigned, entered) = (studies(None), studies(Some(None)), studies(Some(Some(1))));
        for (studies, day, in_call, expected) in [
            (&none, "2026-09-20", Some(1), [W, A, A, A, A]),
            (&none, "2026-10-01", Some(1), [C, A, A, A, A]),
            // Too late to be assigned for this call, which goes on.
            (&none, "2027-02-01", Some(1), [M, A, A, A, A]),
            (&assigned, "2027-02-01", Some(1), [D, W, A, A, A]),
            (&assigned, "2027-05-01", Some(1), [D, C, A, A, A]),
            (&assigned, "2027-05-10", Some(1), [D, M, A, A, A]),
            (&assigned, "2027-06-30", None, [D, W, A, A, A]),
            (&entered, "2027-05-02", Some(1), [D, D, W, A, A]),
            (&entered, "2027-05-20", Some(1), [D, D, C, A, A]),
            (&entered, "2027-06-01", Some(1), [D, D, M, W, A]),
            (&entered, "2027-06-10", Some(1), [D, D, M, C, A]),
            (&entered, "2027-06-20", Some(1), [D, D, M, M, C]),
            (&entered, "2027-06-30", Some(1), [D, D, M, M, M]),
        ] {
            let got = progress(studies, &year(), noon(day));
            assert_eq!(got.call.map(|call| call.id.0), in_call, "{day}");
            let standings: Vec<_> = got.steps.iter().map(|step| step.standing).collect();
            assert_eq!(standings, expected, "{day}");
        }
    }
}
