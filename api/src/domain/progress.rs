//! How far a student has come with a project.

use crate::domain::calls_ahead::{DatedCall, nearest, of};
use crate::domain::duties::{Entered, Studies, Work};
use chrono::{DateTime, Utc};
use gestfg_types::calendar::{Progress, ProgressStep, StepProgress, StepStanding};
use gestfg_types::calls::{Phase, PhaseDates, PhaseStanding};

/// The phase in which a step is taken.
const fn phase_of(step: ProgressStep) -> Phase {
    match step {
        ProgressStep::Applied | ProgressStep::Assigned => Phase::ProjectAssignment,
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
    let entered = entered_of(studies, calls, now);
    let call = match entered {
        Some(entered) => of(calls, entered.call),
        None => call_ahead(studies, calls, now),
    };
    Progress {
        degree: studies.degree.clone(),
        assignment_id: work.map(|work| work.assignment),
        project_id: work.map(|work| work.project),
        project_title: work.map(|work| work.title.clone()),
        call: call.map(|call| call.call.clone()),
        steps: steps(studies, entered, call, now),
    }
}

/// The call they are in, or were last: until another begins for those who have
/// not passed.
fn entered_of<'a>(studies: &'a Studies, calls: &[DatedCall], now: DateTime<Utc>) -> Option<&'a Entered> {
    let work = studies.work.as_ref()?;
    let is_next = || nearest(calls, studies.degree.id, Phase::EvaluationRequest, now).is_some();
    work.entered.as_ref().filter(|entered| !entered.is_over || work.is_settled() || !is_next())
}

/// For whoever is in none: the call whose next step can be taken now or next;
/// else the last that goes on without them.
fn call_ahead<'a>(studies: &Studies, calls: &'a [DatedCall], now: DateTime<Utc>) -> Option<&'a DatedCall> {
    let degree = studies.degree.id;
    let next = |phase| nearest(calls, degree, phase, now).map(|(call, _)| call);
    let missed = || {
        let own = calls.iter().filter(|call| call.call.degree.id == degree);
        let going_on = own.filter(|call| call.phases.iter().any(|dates| now < dates.ends_at));
        going_on.max_by_key(|call| call.dates(Phase::EvaluationRequest).map(|dates| dates.ends_at))
    };
    match &studies.work {
        None => next(Phase::ProjectAssignment).or_else(|| next(Phase::EvaluationRequest)).or_else(missed),
        Some(Work { is_finished: true, .. }) => None,
        Some(_) => next(Phase::EvaluationRequest).or_else(missed),
    }
}

/// Steps are taken one after the other. What was done is done, whatever came
/// before it; what can be left out is left behind when its dates are over.
fn steps(
    studies: &Studies,
    entered: Option<&Entered>,
    call: Option<&DatedCall>,
    now: DateTime<Utc>,
) -> Vec<StepProgress> {
    let work = studies.work.as_ref();
    let mut is_reached = true;
    ProgressStep::ALL
        .iter()
        .map(|&step| {
            let dates = call.and_then(|call| call.dates(phase_of(step)));
            let longer = entered.and_then(|entered| entered.extended_until);
            let longer = longer.filter(|_| step == ProgressStep::Documents);
            let dates = dates.map(|dates| PhaseDates {
                ends_at: longer.map_or(dates.ends_at, |at| at.max(dates.ends_at)),
                ..*dates
            });
            let done_at = match step {
                ProgressStep::Applied => studies.applied_at.or(work.map(|work| work.since)),
                ProgressStep::Assigned => work.map(|work| work.since),
                ProgressStep::Requested => entered.map(|entered| entered.at),
                ProgressStep::Documents => entered.and_then(|entered| entered.documents_at),
                ProgressStep::Defence => entered.and_then(|entered| entered.defended_at),
                ProgressStep::Mark => entered.and_then(|entered| entered.marked_at),
            };
            let is_absent = step == ProgressStep::Defence && entered.is_some_and(|entered| entered.is_absent);
            let is_finished = work.is_some_and(|work| work.is_finished);
            let can_be_left_out = !matches!(step, ProgressStep::Assigned | ProgressStep::Requested);
            let standing = match dates.as_ref().map(|dates| dates.standing(now)) {
                _ if done_at.is_some() || is_finished => StepStanding::Done,
                _ if is_absent => StepStanding::Missed,
                _ if !is_reached => StepStanding::Ahead,
                Some(PhaseStanding::Over) => StepStanding::Missed,
                Some(PhaseStanding::Open) => StepStanding::Current,
                Some(PhaseStanding::Ahead) | None => StepStanding::Waiting,
            };
            let is_behind = match standing {
                StepStanding::Done => true,
                StepStanding::Missed => can_be_left_out,
                _ => false,
            };
            is_reached = is_reached && is_behind;
            StepProgress {
                step,
                standing,
                done_at,
                opens_at: dates.as_ref().map(|dates| dates.starts_at),
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
            is_finished: false,
            entered: entered.map(|call| Entered::new(CallId(call), noon("2027-05-02"))),
        });
        Studies { degree: degree(5), has_project: work.is_some(), applied_at: None, work }
    }

    #[test]
    fn steps_follow_each_other_and_the_dates() {
        use StepStanding::{Ahead as A, Current as C, Done as D, Missed as M, Waiting as W};
        let (none, assigned, entered) = (studies(None), studies(Some(None)), studies(Some(Some(1))));
        let applied = Studies { applied_at: Some(noon("2026-10-05")), ..none.clone() };
        for (studies, day, in_call, expected) in [
            (&none, "2026-09-20", Some(1), [W, A, A, A, A, A]),
            (&none, "2026-10-01", Some(1), [C, A, A, A, A, A]),
            (&applied, "2026-10-06", Some(1), [D, C, A, A, A, A]),
            // Too late to be assigned for this call, which goes on.
            (&none, "2027-02-01", Some(1), [M, M, A, A, A, A]),
            (&assigned, "2027-02-01", Some(1), [D, D, W, A, A, A]),
            (&assigned, "2027-05-01", Some(1), [D, D, C, A, A, A]),
            (&assigned, "2027-05-10", Some(1), [D, D, M, A, A, A]),
            (&assigned, "2027-06-30", None, [D, D, W, A, A, A]),
            (&entered, "2027-05-02", Some(1), [D, D, D, W, A, A]),
            (&entered, "2027-05-20", Some(1), [D, D, D, C, A, A]),
            (&entered, "2027-06-01", Some(1), [D, D, D, M, W, A]),
            (&entered, "2027-06-10", Some(1), [D, D, D, M, C, A]),
            (&entered, "2027-06-20", Some(1), [D, D, D, M, M, C]),
            (&entered, "2027-06-30", Some(1), [D, D, D, M, M, M]),
        ] {
            let got = progress(studies, &year(), noon(day));
            assert_eq!(got.call.map(|call| call.id.0), in_call, "{day}");
            let standings: Vec<_> = got.steps.iter().map(|step| step.standing).collect();
            assert_eq!(standings, expected, "{day}");
        }
    }

    #[test]
    fn what_was_done_is_done_whatever_the_dates_say() {
        use StepStanding::{Ahead as A, Current as C, Done as D, Missed as M, Waiting as W};
        let done = Some(noon("2027-05-25"));
        let bare = Entered::new(CallId(1), noon("2027-05-02"));
        let complete = Entered { documents_at: done, ..bare.clone() };
        let defended = Entered { defended_at: done, ..complete.clone() };
        let marked = Entered { marked_at: done, ..defended.clone() };
        let closed = Entered { is_over: true, ..marked.clone() };
        let passed = Entered { has_passed: true, ..closed.clone() };
        let absent = Entered { is_absent: true, ..complete.clone() };
        let longer = Entered { extended_until: Some(noon("2027-06-05")), ..bare.clone() };
        for (entered, is_finished, day, in_call, expected) in [
            (&complete, false, "2027-05-26", Some(1), [D, D, D, D, W, A]),
            (&complete, false, "2027-06-12", Some(1), [D, D, D, D, C, A]),
            (&longer, false, "2027-06-04", Some(1), [D, D, D, C, A, A]),
            (&longer, false, "2027-06-05", Some(1), [D, D, D, M, W, A]),
            (&defended, false, "2027-06-19", Some(1), [D, D, D, D, D, W]),
            (&absent, false, "2027-06-19", Some(1), [D, D, D, D, M, W]),
            (&marked, false, "2027-07-10", Some(1), [D, D, D, D, D, D]),
            (&closed, false, "2027-07-10", Some(1), [D, D, D, D, D, D]),
            (&passed, false, "2027-07-10", Some(1), [D, D, D, D, D, D]),
            (&bare, true, "2027-07-10", Some(1), [D, D, D, D, D, D]),
        ] {
            let mut studies = studies(Some(Some(1)));
            let work = studies.work.as_mut().unwrap();
            (work.entered, work.is_finished) = (Some(entered.clone()), is_finished);
            let got = progress(&studies, &year(), noon(day));
            assert_eq!(got.call.map(|call| call.id.0), in_call, "{day}");
            let standings: Vec<_> = got.steps.iter().map(|step| step.standing).collect();
            assert_eq!(standings, expected, "{entered:?} {day}");
        }
        // Who has not passed is led to the next call once there is one.
        let mut year = year();
        year.push(call(3, 5, &[(Phase::EvaluationRequest, "2027-08-20", "2027-08-30")]));
        let mut studies = studies(Some(Some(1)));
        studies.work.as_mut().unwrap().entered = Some(closed);
        let got = progress(&studies, &year, noon("2027-07-10"));
        assert_eq!(got.call.map(|call| call.id.0), Some(3));
        let standings: Vec<_> = got.steps.iter().map(|step| step.standing).collect();
        assert_eq!(standings, [D, D, W, A, A, A]);
    }
}
