//! The dates of a call as they are typed.

use crate::api::ApiError;
use crate::format::{Dates, read_clock};
use crate::hooks::FieldProblem;
use crate::validation::Check;
use gestfg_types::calls::{Call, Phase, PhaseDates};
use gestfg_types::errors::FieldCode;

/// The first academic year there can be.
pub(super) const FIRST_YEAR: i16 = 1990;
/// The last one.
pub(super) const LAST_YEAR: i16 = 2200;

/// The two ends of a phase, as their fields have them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Window {
    /// The first minute.
    pub(super) from: String,
    /// The last minute, included.
    pub(super) until: String,
}

impl Window {
    fn is_empty(&self) -> bool {
        self.from.is_empty() && self.until.is_empty()
    }
}

/// A call as it is typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) sitting_id: String,
    pub(super) academic_year: String,
    /// One for each phase, in their order.
    windows: [Window; Phase::ALL.len()],
}

const fn place(phase: Phase) -> usize {
    phase as usize
}

/// Where a problem with one end of a phase is said.
pub(super) fn pointer(phase: Phase, end: &str) -> String {
    format!("/phases/{}/{end}", phase.as_str())
}

impl Draft {
    /// A call by the institution's clock.
    pub(super) fn of(call: &Call, dates: &Dates) -> Self {
        let mut draft = Self {
            sitting_id: call.call.sitting.id.to_string(),
            academic_year: call.call.academic_year.to_string(),
            ..Self::default()
        };
        for found in &call.phases {
            *draft.window_mut(found.phase) =
                Window { from: dates.typed(found.starts_at), until: dates.typed_deadline(found.ends_at) };
        }
        draft
    }

    pub(super) fn window(&self, phase: Phase) -> &Window {
        &self.windows[place(phase)]
    }

    pub(super) fn window_mut(&mut self, phase: Phase) -> &mut Window {
        &mut self.windows[place(phase)]
    }

    /// The phases whose dates are whole, as they travel.
    pub(super) fn phases(&self, dates: &Dates) -> Vec<PhaseDates> {
        let read = |phase: Phase| {
            let window = self.window(phase);
            let (starts_at, ends_at) = dates.read(&window.from).zip(dates.read_deadline(&window.until))?;
            (starts_at < ends_at).then_some(PhaseDates { phase, starts_at, ends_at })
        };
        Phase::ALL.iter().filter_map(|phase| read(*phase)).collect()
    }

    /// What is typed here where it was changed, theirs elsewhere.
    pub(super) fn merged(base: &Self, mine: &Self, theirs: &Self) -> Self {
        let pick = |base: &String, mine: &String, theirs: &String| {
            if base == mine { theirs.clone() } else { mine.clone() }
        };
        let mut merged = Self {
            sitting_id: pick(&base.sitting_id, &mine.sitting_id, &theirs.sitting_id),
            academic_year: pick(&base.academic_year, &mine.academic_year, &theirs.academic_year),
            ..Self::default()
        };
        for &phase in Phase::ALL {
            let kept = if base.window(phase) == mine.window(phase) { theirs } else { mine };
            *merged.window_mut(phase) = kept.window(phase).clone();
        }
        merged
    }
}

/// What is wrong with what is typed.
pub(super) fn check(draft: &Draft) -> Vec<FieldProblem> {
    let year: Option<i16> = draft.academic_year.trim().parse().ok();
    let mut check = Check::new()
        .when(draft.sitting_id.is_empty(), "/sitting_id", FieldCode::Required)
        .when(year.is_none(), "/academic_year", FieldCode::NotANumber)
        .when(
            year.is_some_and(|year| !(FIRST_YEAR..=LAST_YEAR).contains(&year)),
            "/academic_year",
            FieldCode::OutOfRange,
        );
    for &phase in Phase::ALL {
        let window = draft.window(phase);
        if window.is_empty() {
            continue;
        }
        let (from, until) = (read_clock(&window.from), read_clock(&window.until));
        let backwards = from.zip(until).is_some_and(|(from, until)| until < from);
        check = check
            .when(from.is_none(), &pointer(phase, "starts_at"), FieldCode::Required)
            .when(until.is_none(), &pointer(phase, "ends_at"), FieldCode::Required)
            .when(backwards, &pointer(phase, "ends_at"), FieldCode::OutOfRange);
    }
    check.done()
}

/// A refusal with the places of the list that was sent named by their phases,
/// so that their fields can say it.
pub(super) fn by_phase(error: ApiError, sent: &[PhaseDates]) -> ApiError {
    let ApiError::Problem(mut problem) = error else { return error };
    for found in &mut problem.errors {
        let Some(rest) = found.pointer.strip_prefix("/phases/") else { continue };
        let (index, end) = rest.split_once('/').unwrap_or((rest, "ends_at"));
        if let Some(dates) = index.parse::<usize>().ok().and_then(|index| sent.get(index)) {
            found.pointer = pointer(dates.phase, end);
        }
    }
    ApiError::Problem(problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Texts;
    use crate::zone::Zone;
    use gestfg_types::session::Language;
    use gestfg_types::time_zone::{TimeZoneRules, ZoneOffset};

    fn dates() -> Dates {
        let offsets = vec![ZoneOffset { from: Default::default(), minutes: 120 }];
        Dates::new(Texts::of(Language::Es), Zone::of(TimeZoneRules { name: "Test".into(), offsets }))
    }

    fn typed(windows: &[(Phase, &str, &str)]) -> Draft {
        let mut draft = Draft { sitting_id: "1".into(), academic_year: "2026".into(), ..Draft::default() };
        for (phase, from, until) in windows {
            *draft.window_mut(*phase) = Window { from: (*from).into(), until: (*until).into() };
        }
        draft
    }

    #[test]
    fn the_minute_that_is_typed_still_counts() {
        let draft = typed(&[(Phase::Defence, "2027-06-01T00:00", "2027-06-10T23:59")]);
        let sent = draft.phases(&dates());
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].starts_at.to_rfc3339(), "2027-05-31T22:00:00+00:00");
        assert_eq!(sent[0].ends_at.to_rfc3339(), "2027-06-10T22:00:00+00:00");
    }

    #[test]
    fn a_phase_has_both_ends_or_none_and_does_not_go_backwards() {
        let draft = typed(&[
            (Phase::Defence, "2027-06-10T10:00", "2027-06-10T09:59"),
            (Phase::Grading, "", "2027-07-01T00:00"),
            (Phase::TutorReport, "2027-06-10T10:00", "2027-06-10T10:00"),
        ]);
        let found: Vec<_> =
            check(&draft).into_iter().map(|problem| (problem.pointer, problem.code)).collect();
        assert_eq!(
            found,
            [
                ("/phases/defence/ends_at".to_owned(), FieldCode::OutOfRange),
                ("/phases/grading/starts_at".to_owned(), FieldCode::Required),
            ]
        );
        assert_eq!(draft.phases(&dates()).len(), 1);
    }

    #[test]
    fn what_others_saved_is_kept_where_nothing_was_typed() {
        let base = typed(&[(Phase::Defence, "a", "b"), (Phase::Grading, "c", "d")]);
        let mine = typed(&[(Phase::Defence, "a", "mine"), (Phase::Grading, "c", "d")]);
        let theirs = typed(&[(Phase::Defence, "theirs", "b"), (Phase::Grading, "c", "theirs")]);
        let merged = Draft::merged(&base, &mine, &theirs);
        assert_eq!(merged, typed(&[(Phase::Defence, "a", "mine"), (Phase::Grading, "c", "theirs")]));
    }
}
