//! What is due next for a person.

use crate::domain::calls_ahead::{DatedCall, nearest, of};
use chrono::{DateTime, Utc};
use gestfg_types::calendar::{Duty, DutyKind};
use gestfg_types::calls::{Phase, PhaseDates, PhaseStanding};
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, ProjectId};
use gestfg_types::session::DegreeRef;

/// An assignment that was not cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Which.
    pub assignment: AssignmentId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Of which project.
    pub project: ProjectId,
    /// The project's title.
    pub title: String,
    /// The project's degree.
    pub degree: DegreeId,
    /// Whether it has come to its end.
    pub is_finished: bool,
    /// The call it is entered in, or was last.
    pub entered: Option<Entered>,
}

impl Work {
    /// The call it is entered in, as long as that goes on.
    #[must_use]
    pub fn live(&self) -> Option<&Entered> {
        self.entered.as_ref().filter(|entered| !entered.is_over)
    }

    /// Whether nothing is left to be reached with it.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_finished || self.entered.as_ref().is_some_and(|entered| entered.has_passed)
    }
}

/// An assignment in a call, as one of its people sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Which call.
    pub call: CallId,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Whether the call is done with it, so that it can be entered in another.
    pub is_over: bool,
    /// When everything the student owes was handed in.
    pub documents_at: Option<DateTime<Utc>>,
    /// Until when they may hand it in, where that is later than the phase.
    pub extended_until: Option<DateTime<Utc>>,
    /// When the student defended.
    pub defended_at: Option<DateTime<Utc>>,
    /// Whether they did not come to defend.
    pub is_absent: bool,
    /// When the student's mark was published.
    pub marked_at: Option<DateTime<Utc>>,
    /// Whether the student has passed for good.
    pub has_passed: bool,
    /// Whether its tutor has handed in the report on each of its students.
    pub is_reported: bool,
}

impl Entered {
    /// In this call since then, with nothing done in it yet.
    #[must_use]
    pub const fn new(call: CallId, at: DateTime<Utc>) -> Self {
        Self {
            call,
            at,
            is_over: false,
            documents_at: None,
            extended_until: None,
            defended_at: None,
            is_absent: false,
            marked_at: None,
            has_passed: false,
            is_reported: false,
        }
    }
}

/// A degree somebody studies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studies {
    /// Which.
    pub degree: DegreeRef,
    /// Whether they have a project at its level, in this degree or another, or
    /// have finished one of this degree.
    pub has_project: bool,
    /// Since when they apply for projects of this degree.
    pub applied_at: Option<DateTime<Utc>>,
    /// Their project in this degree, or the last they finished.
    pub work: Option<Work>,
}

/// What a person has in hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workload {
    /// Degrees they study.
    pub studies: Vec<Studies>,
    /// Assignments they tutor.
    pub tutored: Vec<Work>,
    /// Published projects of theirs without students, by degree.
    pub unassigned: Vec<(DegreeId, i64)>,
    /// Requests without a defence in the calls they coordinate.
    pub to_place: Vec<(CallId, i64)>,
    /// Requests in the calls they coordinate or preside over whose minutes are
    /// not closed.
    pub to_close: Vec<(CallId, i64)>,
    /// Defences that wait for their marks, by call.
    pub to_mark: Vec<(CallId, i64)>,
    /// Submitted projects they may decide on.
    pub to_validate: i64,
}

/// What is due, given the opened calls that are not over: what is open by its
/// end, then what is ahead by its beginning.
#[must_use]
pub fn duties(load: &Workload, calls: &[DatedCall], now: DateTime<Utc>) -> Vec<Duty> {
    let mut due = Collector { calls, now, found: Vec::new() };
    for studies in &load.studies {
        due.of_student(studies);
    }
    due.of_tutor(load);
    for (call, count) in &load.to_mark {
        due.of_judge(*call, *count);
    }
    for (call, count) in &load.to_place {
        let path = format!("/admin/calls/{call}/requests");
        due.in_call(DutyKind::FormCommittees, *call, Phase::CommitteeFormation, *count, None, &path);
    }
    for (call, count) in &load.to_close {
        let path = format!("/calls/{call}/grading");
        due.in_call(DutyKind::CloseMarks, *call, Phase::Grading, *count, None, &path);
    }
    if load.to_validate > 0 {
        due.found.push(Duty {
            kind: DutyKind::ValidateProjects,
            call: None,
            phase: None,
            opens_at: None,
            closes_at: None,
            is_open: true,
            count: load.to_validate,
            assignment_id: None,
            path: "/validation".to_owned(),
        });
    }
    let end_of_time = DateTime::<Utc>::MAX_UTC;
    due.found.sort_by_key(|duty| {
        let moment = if duty.is_open { duty.closes_at } else { duty.opens_at };
        (
            !duty.is_open,
            moment.unwrap_or(end_of_time),
            duty.kind as u8,
            duty.call.as_ref().map(|call| call.id),
        )
    });
    due.found
}

struct Collector<'a> {
    calls: &'a [DatedCall],
    now: DateTime<Utc>,
    found: Vec<Duty>,
}

impl Collector<'_> {
    fn of_student(&mut self, studies: &Studies) {
        const PAGE: &str = "/my/project";
        let degree = studies.degree.id;
        let Some(work) = &studies.work else {
            if !studies.has_project {
                self.in_nearest(
                    DutyKind::FindProject,
                    degree,
                    Phase::ProjectAssignment,
                    1,
                    None,
                    "/projects",
                );
            }
            return;
        };
        let own = Some(work.assignment);
        if work.is_settled() {
            return;
        }
        let Some(entered) = work.live() else {
            let kind = DutyKind::RequestEvaluation;
            return self.in_nearest(kind, degree, Phase::EvaluationRequest, 1, own, PAGE);
        };
        if entered.marked_at.is_some() {
            return;
        }
        if entered.documents_at.is_none() {
            let until = entered.extended_until;
            self.in_call_until(
                DutyKind::HandInMaterial,
                entered.call,
                Phase::MaterialSubmission,
                1,
                own,
                PAGE,
                until,
            );
        }
        if entered.defended_at.is_none() && !entered.is_absent {
            self.in_call(DutyKind::Defend, entered.call, Phase::Defence, 1, own, PAGE);
        }
    }

    /// Marks are written from the first defence until the marks are closed.
    fn of_judge(&mut self, call: CallId, count: i64) {
        let Some(call) = of(self.calls, call) else { return };
        let still: Vec<&PhaseDates> = [Phase::Defence, Phase::Grading]
            .into_iter()
            .filter_map(|phase| call.still(phase, self.now))
            .collect();
        let Some(last) = still.iter().max_by_key(|dates| dates.ends_at) else { return };
        let opens_at = still.iter().map(|dates| dates.starts_at).min();
        let is_open = still.iter().any(|dates| dates.standing(self.now) == PhaseStanding::Open);
        let duty = self.duty(DutyKind::MarkDefences, call, last, count, None, "/my/marking");
        self.found.push(Duty { opens_at, is_open, ..duty });
    }

    fn of_tutor(&mut self, load: &Workload) {
        for (degree, count) in &load.unassigned {
            let kind = DutyKind::AssignProjects;
            self.in_nearest(kind, *degree, Phase::ProjectAssignment, *count, None, "/my/projects");
        }
        let waiting = load.tutored.iter().filter(|work| work.live().is_none());
        for (degree, works) in grouped(waiting.map(|work| (work.degree, work))) {
            let (count, only, path) = summed(&works);
            self.in_nearest(
                DutyKind::RequestEvaluation,
                degree,
                Phase::EvaluationRequest,
                count,
                only,
                &path,
            );
        }
        let entered = load.tutored.iter().filter_map(|work| {
            let entered = work.live().filter(|entered| !entered.is_reported)?;
            Some((entered.call, work))
        });
        for (call, works) in grouped(entered) {
            let (count, only, _) = summed(&works);
            self.in_call(DutyKind::WriteTutorReports, call, Phase::TutorReport, count, only, "/my/marking");
        }
    }

    fn in_nearest(
        &mut self,
        kind: DutyKind,
        degree: DegreeId,
        phase: Phase,
        count: i64,
        about: Option<AssignmentId>,
        path: &str,
    ) {
        if let Some((call, dates)) = nearest(self.calls, degree, phase, self.now) {
            self.found.push(self.duty(kind, call, dates, count, about, path));
        }
    }

    fn in_call(
        &mut self,
        kind: DutyKind,
        call: CallId,
        phase: Phase,
        count: i64,
        about: Option<AssignmentId>,
        path: &str,
    ) {
        self.in_call_until(kind, call, phase, count, about, path, None);
    }

    /// As [`Self::in_call`], with more time than others have.
    #[expect(clippy::too_many_arguments, reason = "a duty has as many parts")]
    fn in_call_until(
        &mut self,
        kind: DutyKind,
        call: CallId,
        phase: Phase,
        count: i64,
        about: Option<AssignmentId>,
        path: &str,
        until: Option<DateTime<Utc>>,
    ) {
        let Some(call) = of(self.calls, call) else { return };
        let Some(dates) = call.dates(phase) else { return };
        let dates = PhaseDates { ends_at: until.map_or(dates.ends_at, |at| at.max(dates.ends_at)), ..*dates };
        if dates.standing(self.now) != PhaseStanding::Over {
            self.found.push(self.duty(kind, call, &dates, count, about, path));
        }
    }

    fn duty(
        &self,
        kind: DutyKind,
        call: &DatedCall,
        dates: &PhaseDates,
        count: i64,
        assignment_id: Option<AssignmentId>,
        path: &str,
    ) -> Duty {
        Duty {
            kind,
            call: Some(call.call.clone()),
            phase: Some(dates.phase),
            opens_at: Some(dates.starts_at),
            closes_at: Some(dates.ends_at),
            is_open: dates.standing(self.now) == PhaseStanding::Open,
            count,
            assignment_id,
            path: path.to_owned(),
        }
    }
}

/// Works by what they have in common, in the order of that.
fn grouped<'a, K: Ord>(works: impl Iterator<Item = (K, &'a Work)>) -> Vec<(K, Vec<&'a Work>)> {
    let mut groups = std::collections::BTreeMap::<K, Vec<&Work>>::new();
    for (key, work) in works {
        groups.entry(key).or_default().push(work);
    }
    groups.into_iter().collect()
}

/// How many they are, the only one if there is one, and where to look.
fn summed(works: &[&Work]) -> (i64, Option<AssignmentId>, String) {
    let count = i64::try_from(works.len()).unwrap_or(i64::MAX);
    match works {
        [work] => (count, Some(work.assignment), format!("/assignments/{}", work.assignment)),
        _ => (count, None, "/assignments".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calls_ahead::samples::{call, degree, noon};

    fn work(assignment: i64, entered: Option<i64>) -> Work {
        Work {
            assignment: AssignmentId(assignment),
            since: noon("2026-10-01"),
            project: ProjectId(1),
            title: String::new(),
            degree: DegreeId(5),
            is_finished: false,
            entered: entered.map(|call| Entered::new(CallId(call), noon("2027-05-01"))),
        }
    }

    fn year() -> Vec<DatedCall> {
        use Phase as P;
        vec![
            call(
                1,
                5,
                &[
                    (P::ProjectAssignment, "2026-10-01", "2027-02-01"),
                    (P::EvaluationRequest, "2027-05-01", "2027-05-10"),
                    (P::CommitteeFormation, "2027-05-10", "2027-05-20"),
                    (P::MaterialSubmission, "2027-05-20", "2027-06-01"),
                    (P::TutorReport, "2027-05-25", "2027-06-05"),
                    (P::Defence, "2027-06-10", "2027-06-20"),
                    (P::Grading, "2027-06-20", "2027-06-30"),
                ],
            ),
            call(2, 5, &[(P::EvaluationRequest, "2027-08-20", "2027-08-30")]),
        ]
    }

    /// Kind, call, whether open, how many.
    fn due(load: &Workload, day: &str) -> Vec<(DutyKind, Option<i64>, bool, i64)> {
        let call = |duty: &Duty| duty.call.as_ref().map(|call| call.id.0);
        let found = duties(load, &year(), noon(day));
        found.iter().map(|duty| (duty.kind, call(duty), duty.is_open, duty.count)).collect()
    }

    #[test]
    fn a_student_is_led_from_one_step_to_the_next() {
        use DutyKind as K;
        let of = |has_project, work| Workload {
            studies: vec![Studies { degree: degree(5), has_project, applied_at: None, work }],
            ..Workload::default()
        };
        let (none, elsewhere) = (of(false, None), of(true, None));
        let (assigned, entered) = (of(true, Some(work(7, None))), of(true, Some(work(7, Some(1)))));
        for (load, day, expected) in [
            (&none, "2026-09-20", vec![(K::FindProject, Some(1), false, 1)]),
            (&none, "2026-10-01", vec![(K::FindProject, Some(1), true, 1)]),
            (&none, "2027-02-01", vec![]),
            (&elsewhere, "2026-10-01", vec![]),
            (&assigned, "2026-10-01", vec![(K::RequestEvaluation, Some(1), false, 1)]),
            (&assigned, "2027-05-01", vec![(K::RequestEvaluation, Some(1), true, 1)]),
            (&assigned, "2027-05-10", vec![(K::RequestEvaluation, Some(2), false, 1)]),
            (&assigned, "2027-08-30", vec![]),
            (
                &entered,
                "2027-05-10",
                vec![(K::HandInMaterial, Some(1), false, 1), (K::Defend, Some(1), false, 1)],
            ),
            (
                &entered,
                "2027-05-20",
                vec![(K::HandInMaterial, Some(1), true, 1), (K::Defend, Some(1), false, 1)],
            ),
            (&entered, "2027-06-01", vec![(K::Defend, Some(1), false, 1)]),
            (&entered, "2027-06-20", vec![]),
        ] {
            assert_eq!(due(load, day), expected, "{day}");
        }
    }

    #[test]
    fn what_a_student_has_done_is_not_due_any_more() {
        use DutyKind as K;
        let of = |entered: Entered, is_finished| {
            let work = Work { entered: Some(entered), is_finished, ..work(7, None) };
            let studies =
                Studies { degree: degree(5), has_project: true, applied_at: None, work: Some(work) };
            Workload { studies: vec![studies], ..Workload::default() }
        };
        let done = Some(noon("2027-05-21"));
        let bare = Entered::new(CallId(1), noon("2027-05-01"));
        let longer = Entered { extended_until: Some(noon("2027-06-04")), ..bare.clone() };
        let complete = Entered { documents_at: done, ..bare.clone() };
        let defended = Entered { defended_at: done, ..complete.clone() };
        let failed = Entered { marked_at: done, is_over: true, ..defended.clone() };
        let passed = Entered { has_passed: true, ..failed.clone() };
        for (load, day, expected) in [
            (of(complete, false), "2027-05-22", vec![(K::Defend, Some(1), false, 1)]),
            (
                of(longer.clone(), false),
                "2027-06-03",
                vec![(K::HandInMaterial, Some(1), true, 1), (K::Defend, Some(1), false, 1)],
            ),
            (of(longer, false), "2027-06-04", vec![(K::Defend, Some(1), false, 1)]),
            (of(defended, false), "2027-06-11", vec![]),
            (of(failed.clone(), false), "2027-07-01", vec![(K::RequestEvaluation, Some(2), false, 1)]),
            (of(passed, false), "2027-07-01", vec![]),
            (of(failed, true), "2027-07-01", vec![]),
        ] {
            assert_eq!(due(&load, day), expected, "{day}");
        }
    }

    #[test]
    fn a_tutor_hears_of_all_their_works_at_once() {
        use DutyKind as K;
        let load = Workload {
            tutored: vec![work(7, None), work(8, Some(1)), work(9, Some(1))],
            unassigned: vec![(DegreeId(5), 3)],
            ..Workload::default()
        };
        assert_eq!(
            due(&load, "2027-01-01"),
            [
                (K::AssignProjects, Some(1), true, 3),
                (K::RequestEvaluation, Some(1), false, 1),
                (K::WriteTutorReports, Some(1), false, 2),
            ]
        );
        let found = duties(&load, &year(), noon("2027-05-01"));
        let paths: Vec<_> = found.iter().map(|duty| (duty.path.as_str(), duty.assignment_id)).collect();
        assert_eq!(paths, [("/assignments/7", Some(AssignmentId(7))), ("/my/marking", None)]);
    }

    #[test]
    fn marks_are_due_from_the_first_defence_until_they_are_closed() {
        let load = Workload { to_mark: vec![(CallId(1), 3)], ..Workload::default() };
        for (day, is_open) in [
            ("2027-06-09", Some(false)),
            ("2027-06-10", Some(true)),
            ("2027-06-25", Some(true)),
            ("2027-06-30", None),
        ] {
            let expected: Vec<_> =
                is_open.map(|is_open| (DutyKind::MarkDefences, Some(1), is_open, 3)).into_iter().collect();
            assert_eq!(due(&load, day), expected, "{day}");
        }
        let found = duties(&load, &year(), noon("2027-06-12"));
        assert_eq!(
            (found[0].opens_at, found[0].closes_at),
            (Some(noon("2027-06-10")), Some(noon("2027-06-30")))
        );
        // A report that is handed in is not due any more.
        let mut tutored = work(7, Some(1));
        let entered = tutored.entered.as_mut().unwrap();
        entered.is_reported = true;
        let load = Workload { tutored: vec![tutored], ..Workload::default() };
        assert_eq!(due(&load, "2027-05-26"), []);
    }

    #[test]
    fn what_has_no_end_comes_after_what_has_one() {
        use DutyKind as K;
        let load = Workload {
            to_place: vec![(CallId(1), 12)],
            to_close: vec![(CallId(1), 12)],
            to_validate: 4,
            ..Workload::default()
        };
        assert_eq!(
            due(&load, "2027-05-12"),
            [
                (K::FormCommittees, Some(1), true, 12),
                (K::ValidateProjects, None, true, 4),
                (K::CloseMarks, Some(1), false, 12),
            ]
        );
    }
}
