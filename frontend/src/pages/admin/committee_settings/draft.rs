//! The rules of committees as they are typed.

use crate::components::Ordered;
use crate::hooks::FieldProblem;
use crate::i18n::Texts;
use crate::validation::Check;
use chrono::NaiveTime;
use gestfg_types::committee_settings::{CommitteeRules, TimetableMode, TimetableObjective};
use gestfg_types::errors::FieldCode;

/// What matters when nobody says otherwise, most important first, as the planner
/// takes it. Changing little always comes before: it is not for choosing.
const USUAL: [TimetableObjective; 8] = [
    TimetableObjective::BackToBack,
    TimetableObjective::Days,
    TimetableObjective::RoomChanges,
    TimetableObjective::Balance,
    TimetableObjective::Subjects,
    TimetableObjective::IfNeeded,
    TimetableObjective::Wishes,
    TimetableObjective::EarlyFinish,
];
/// Of no account unless somebody says so.
const UNUSUAL: [TimetableObjective; 1] = [TimetableObjective::Waiting];

/// What is typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) members: String,
    pub(super) substitutes: String,
    pub(super) distinct_areas: bool,
    pub(super) one_seat_per_call: bool,
    pub(super) target_size: String,
    pub(super) slot_minutes: String,
    pub(super) break_minutes: String,
    pub(super) day_starts: String,
    pub(super) day_ends: String,
    pub(super) pause_starts: String,
    pub(super) pause_ends: String,
    pub(super) mode: String,
    /// Each with whether it counts.
    pub(super) objectives: Vec<(TimetableObjective, bool)>,
    pub(super) seniority: String,
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

fn read(typed: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"].iter().find_map(|form| NaiveTime::parse_from_str(typed.trim(), form).ok())
}

fn number(typed: &str) -> Option<i16> {
    typed.trim().parse().ok()
}

/// These first, as they count; then the others.
fn ordered(counting: &[TimetableObjective]) -> Vec<(TimetableObjective, bool)> {
    let counting = if counting.is_empty() { USUAL.as_slice() } else { counting };
    let known = |objective: &&TimetableObjective| **objective != TimetableObjective::Changes;
    let rest = USUAL.iter().chain(&UNUSUAL).filter(|objective| !counting.contains(objective));
    let first = counting.iter().filter(known).map(|objective| (*objective, true));
    first.chain(rest.map(|objective| (*objective, false))).collect()
}

impl Draft {
    /// As the rules stand.
    pub(super) fn of(rules: &CommitteeRules) -> Self {
        Self {
            members: rules.members.to_string(),
            substitutes: rules.substitutes.to_string(),
            distinct_areas: rules.distinct_areas,
            one_seat_per_call: rules.one_seat_per_call,
            target_size: rules.target_size.to_string(),
            slot_minutes: rules.slot_minutes.to_string(),
            break_minutes: rules.break_minutes.to_string(),
            day_starts: clock(rules.day_starts),
            day_ends: clock(rules.day_ends),
            pause_starts: rules.pause_starts.map(clock).unwrap_or_default(),
            pause_ends: rules.pause_ends.map(clock).unwrap_or_default(),
            mode: rules.mode.as_str().to_owned(),
            objectives: ordered(&rules.objectives),
            seniority: rules.presider_min_seniority.map(|years| years.to_string()).unwrap_or_default(),
        }
    }

    /// What to send; nothing while something is no number or no time.
    pub(super) fn rules(&self) -> Option<CommitteeRules> {
        let counting: Vec<TimetableObjective> =
            self.objectives.iter().filter(|(_, on)| *on).map(|(objective, _)| *objective).collect();
        Some(CommitteeRules {
            members: number(&self.members)?,
            substitutes: number(&self.substitutes)?,
            distinct_areas: self.distinct_areas,
            one_seat_per_call: self.one_seat_per_call,
            target_size: number(&self.target_size)?,
            slot_minutes: number(&self.slot_minutes)?,
            break_minutes: number(&self.break_minutes)?,
            day_starts: read(&self.day_starts)?,
            day_ends: read(&self.day_ends)?,
            pause_starts: read(&self.pause_starts),
            pause_ends: read(&self.pause_ends),
            mode: TimetableMode::from_name(&self.mode).unwrap_or(TimetableMode::Standing),
            // In the usual order nothing is written down: it may become a better one.
            objectives: if counting == USUAL { Vec::new() } else { counting },
            presider_min_seniority: number(&self.seniority),
        })
    }

    /// Puts the objectives back as they usually are.
    pub(super) fn reset_objectives(&mut self) {
        self.objectives = ordered(&[]);
    }

    /// Whether they are as usual.
    pub(super) fn is_usual(&self) -> bool {
        self.objectives == ordered(&[])
    }

    /// The objectives as lines of a list.
    pub(super) fn lines(&self, t: Texts) -> Vec<Ordered> {
        let line = |(objective, on): &(TimetableObjective, bool)| Ordered {
            value: objective.as_str().into(),
            label: t.timetable_objective(*objective).into(),
            on: *on,
        };
        self.objectives.iter().map(line).collect()
    }

    /// Takes the lines of the list.
    pub(super) fn take_lines(&mut self, lines: &[Ordered]) {
        let read = |line: &Ordered| TimetableObjective::from_name(&line.value).map(|it| (it, line.on));
        self.objectives = lines.iter().filter_map(read).collect();
    }
}

/// What is wrong, by the rules of the server.
pub(super) fn check(draft: &Draft) -> Vec<FieldProblem> {
    let mut found = Check::new();
    let numbers: [(&str, &str, i16, i16); 5] = [
        ("/members", &draft.members, 1, 2),
        ("/substitutes", &draft.substitutes, 0, 2),
        ("/target_size", &draft.target_size, 1, 100),
        ("/slot_minutes", &draft.slot_minutes, 5, 240),
        ("/break_minutes", &draft.break_minutes, 0, 120),
    ];
    for (pointer, typed, least, most) in numbers {
        let read = number(typed);
        found = found.when(read.is_none(), pointer, FieldCode::NotANumber).when(
            read.is_some_and(|value| !(least..=most).contains(&value)),
            pointer,
            FieldCode::OutOfRange,
        );
    }
    let seniority = number(&draft.seniority);
    let (starts, ends) = (read(&draft.day_starts), read(&draft.day_ends));
    let slot = i64::from(number(&draft.slot_minutes).unwrap_or(1));
    let too_short = starts.zip(ends).is_some_and(|(starts, ends)| (ends - starts).num_minutes() < slot);
    let (pause, pause_end) = (read(&draft.pause_starts), read(&draft.pause_ends));
    let odd_pause = pause
        .zip(pause_end)
        .zip(starts.zip(ends))
        .is_some_and(|((from, to), (starts, ends))| from < starts || to <= from || ends < to);
    found
        .when(
            !draft.seniority.trim().is_empty() && seniority.is_none(),
            "/presider_min_seniority",
            FieldCode::NotANumber,
        )
        .when(
            seniority.is_some_and(|years| !(0..=60).contains(&years)),
            "/presider_min_seniority",
            FieldCode::OutOfRange,
        )
        .when(starts.is_none(), "/day_starts", FieldCode::Required)
        .when(ends.is_none(), "/day_ends", FieldCode::Required)
        .when(too_short, "/day_ends", FieldCode::OutOfRange)
        .when(pause.is_some() && pause_end.is_none(), "/pause_ends", FieldCode::Required)
        .when(pause.is_none() && pause_end.is_some(), "/pause_starts", FieldCode::Required)
        .when(odd_pause, "/pause_ends", FieldCode::OutOfRange)
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_typed_and_read_back() {
        let usual = CommitteeRules::default();
        let mut draft = Draft::of(&usual);
        assert_eq!((draft.rules(), check(&draft)), (Some(usual), Vec::new()));
        let first = draft.objectives.remove(0);
        draft.objectives.insert(1, first);
        let rules = draft.rules().unwrap_or_default();
        assert_eq!(rules.objectives[..2], [TimetableObjective::Days, TimetableObjective::BackToBack]);
        assert_eq!(Draft::of(&rules), draft);
        draft.reset_objectives();
        assert!(draft.is_usual());
    }

    #[test]
    fn mistakes_are_found_where_the_server_finds_them() {
        let pointers =
            |draft: &Draft| -> Vec<String> { check(draft).into_iter().map(|found| found.pointer).collect() };
        let usual = Draft::of(&CommitteeRules::default());
        let wrong = Draft { members: "3".into(), slot_minutes: "x".into(), ..usual.clone() };
        assert_eq!(pointers(&wrong), ["/members", "/slot_minutes"]);
        assert_eq!(pointers(&Draft { day_ends: "09:10".into(), ..usual.clone() }), ["/day_ends"]);
        assert_eq!(pointers(&Draft { pause_starts: "14:00".into(), ..usual.clone() }), ["/pause_ends"]);
        let outside = Draft { pause_starts: "07:00".into(), pause_ends: "10:00".into(), ..usual };
        assert_eq!(pointers(&outside), ["/pause_ends"]);
    }
}
