//! What the checker says of a plan, as it travels.

use super::{Draft, Hours, ids};
use crate::domain::planning::words::Words;
use gestfg_planner::id::{DayId, DefenceId, PersonId, ProjectId, RoomId as Place};
use gestfg_planner::sentence::Sentence;
use gestfg_planner::{committees, timetable};
use gestfg_types::planning::{
    PlanFinding, PlanMeasure, PlanParam, PlanPart, PlanReport, PlanSentence, PlanningReason, UnplacedDefence,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every rule of a plan, by the question it answers.
#[must_use]
pub fn report(draft: &Draft, words: &Words) -> PlanReport {
    let formed = committees::check(&draft.question, &draft.answer.committees);
    let mut report = PlanReport {
        valid: true,
        violations: formed.violations.iter().map(|broken| committee_violation(broken, words)).collect(),
        warnings: formed.warnings.iter().map(|warning| committee_warning(warning, words)).collect(),
        measures: formed
            .objectives
            .iter()
            .map(|measured| {
                let bound = committees_bound(draft, measured.objective, measured.value);
                measure(PlanPart::Committees, &measured.objective, measured.value, bound)
            })
            .collect(),
    };
    if let Some(timetable) = &draft.timetable {
        let timed = timetable::check(&timetable.question, &timetable.answer.placements);
        report.violations.extend(timed.violations.iter().map(|broken| {
            timed_finding(
                &broken.rule,
                &broken.text,
                (&broken.defences, &broken.people, &broken.rooms),
                words,
            )
        }));
        report.warnings.extend(timed.warnings.iter().map(|warning| {
            timed_finding(&warning.kind, &warning.text, (&warning.defences, &warning.people, &[]), words)
        }));
        report.measures.extend(timed.objectives.iter().map(|measured| {
            let said = timetable.answer.objectives.iter();
            let mut said =
                said.filter(|said| (said.objective, said.value) == (measured.objective, measured.value));
            let bound = said.next().and_then(|said| said.bound);
            measure(PlanPart::Timetable, &measured.objective, measured.value, bound)
        }));
    }
    report.valid = report.violations.is_empty();
    report
}

/// What is broken now and was not before; the words of a rule may differ.
#[must_use]
pub fn newly_broken(before: &PlanReport, after: &PlanReport) -> Vec<PlanFinding> {
    let same = |a: &PlanFinding, b: &PlanFinding| {
        (a.part, &a.rule, &a.committees, &a.people) == (b.part, &b.rule, &b.committees, &b.people)
            && (&a.requests, &a.defences, &a.rooms) == (&b.requests, &b.defences, &b.rooms)
    };
    let is_new = |broken: &&PlanFinding| !before.violations.iter().any(|known| same(known, broken));
    after.violations.iter().filter(is_new).cloned().collect()
}

/// The name a value travels under.
pub(super) fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn measure(part: PlanPart, objective: &impl Serialize, value: i64, bound: Option<i64>) -> PlanMeasure {
    PlanMeasure { part, objective: name_of(objective), value, bound }
}

/// What no committees can beat. The bound of an objective speaks of committees as good in those before it:
/// it is told as long as those are proved best, so that a change by hand makes nothing of it untrue.
fn committees_bound(draft: &Draft, wanted: committees::Objective, value: i64) -> Option<i64> {
    let said = &draft.answer.objectives;
    let at = said.iter().position(|known| known.objective == wanted)?;
    let settled = said[..at].iter().all(|known| known.value == known.bound);
    Some(said[at].bound).filter(|bound| settled && *bound <= value && said[at].value == value)
}

fn people(names: &[PersonId]) -> Vec<gestfg_types::ids::UserId> {
    names.iter().filter_map(ids::person_of).collect()
}

fn committee_violation(broken: &committees::Violation, words: &Words) -> PlanFinding {
    let found = (&broken.committees[..], &broken.professors[..], &broken.projects[..]);
    committee_finding(&broken.rule, &broken.text, found, words)
}

fn committee_warning(warning: &committees::Warning, words: &Words) -> PlanFinding {
    let found = (&warning.committees[..], &warning.professors[..], &warning.projects[..]);
    committee_finding(&warning.kind, &warning.text, found, words)
}

fn committee_finding(
    rule: &impl Serialize,
    text: &str,
    (committees, professors, projects): (&[usize], &[PersonId], &[ProjectId]),
    words: &Words,
) -> PlanFinding {
    PlanFinding {
        part: PlanPart::Committees,
        rule: name_of(rule),
        text: words.say(text),
        committees: committees.to_vec(),
        people: people(professors),
        requests: projects.iter().filter_map(ids::request_of).collect(),
        defences: Vec::new(),
        rooms: Vec::new(),
    }
}

fn timed_finding(
    rule: &impl Serialize,
    text: &str,
    (defences, professors, rooms): (&[DefenceId], &[PersonId], &[Place]),
    words: &Words,
) -> PlanFinding {
    let mut requests: Vec<_> =
        defences.iter().filter_map(|name| ids::defence_of(&name.0)).map(|(request, _)| request).collect();
    requests.sort();
    requests.dedup();
    PlanFinding {
        part: PlanPart::Timetable,
        rule: name_of(rule),
        text: words.say(text),
        committees: Vec::new(),
        people: people(professors),
        requests,
        defences: defences.iter().map(|name| name.0.clone()).collect(),
        rooms: rooms.iter().filter_map(ids::room_of).collect(),
    }
}

/// Which sentence it is.
fn code(said: Option<&Sentence>) -> String {
    match said.and_then(|said| serde_json::to_value(said).ok()) {
        Some(Value::Object(said)) => said.get("code").and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// What fills its places, with the names and the times people know.
fn params(said: Option<&Sentence>, words: &Words, hours: Option<&Hours>) -> BTreeMap<String, PlanParam> {
    let said = said.and_then(|said| serde_json::to_value(said).ok());
    let Some(Value::Object(places)) = said.as_ref().and_then(|said| said.get("params")) else {
        return BTreeMap::new();
    };
    let filled = |(place, value): (&String, &Value)| Some((place.clone(), param(value, words, hours)?));
    places.iter().filter_map(filled).collect()
}

fn param(value: &Value, words: &Words, hours: Option<&Hours>) -> Option<PlanParam> {
    match value {
        Value::Number(count) => count.as_i64().map(PlanParam::Count),
        Value::String(name) => Some(PlanParam::Names(vec![words.name(name)])),
        Value::Array(all) if all.first().is_some_and(Value::is_number) => {
            Some(PlanParam::Counts(all.iter().filter_map(Value::as_i64).collect()))
        }
        Value::Array(all) => {
            let names = all.iter().filter_map(Value::as_str);
            Some(PlanParam::Names(names.map(|name| words.name(name)).collect()))
        }
        Value::Object(when) => {
            let day = DayId(when.get("day")?.as_str()?.to_owned());
            let slot = usize::try_from(when.get("slot")?.as_u64()?).ok()?;
            hours?.time(&day, slot).map(|(from, _)| PlanParam::Time(from))
        }
        _ => None,
    }
}

fn repair(repair: &timetable::Repair, words: &Words, hours: &Hours) -> PlanSentence {
    PlanSentence {
        text: words.say(&repair.text),
        code: code(repair.said.as_ref()),
        params: params(repair.said.as_ref(), words, Some(hours)),
    }
}

/// Why there are no committees, or fewer than were aimed at.
#[must_use]
pub fn notes(notes: &[committees::Note], words: &Words) -> Vec<PlanningReason> {
    notes
        .iter()
        .map(|note| PlanningReason {
            kind: name_of(&note.kind),
            text: words.say(&note.text),
            code: code(note.said.as_ref()),
            params: params(note.said.as_ref(), words, None),
            areas: note.areas.iter().filter_map(ids::area_of).collect(),
            people: people(&note.professors),
            requests: note.projects.iter().filter_map(ids::request_of).collect(),
        })
        .collect()
}

/// A reason of the timetable.
#[must_use]
pub fn reason(reason: &timetable::Reason, words: &Words, hours: &Hours) -> PlanningReason {
    let requests = reason.defences.iter().filter_map(|name| ids::defence_of(&name.0));
    PlanningReason {
        kind: name_of(&reason.kind),
        text: words.say(&reason.text),
        code: code(reason.said.as_ref()),
        params: params(reason.said.as_ref(), words, Some(hours)),
        areas: Vec::new(),
        people: people(&reason.people),
        requests: requests.map(|(request, _)| request).collect(),
    }
}

/// The defences of a plan that found no place.
#[must_use]
pub fn unplaced(draft: &Draft, words: &Words) -> Vec<UnplacedDefence> {
    let Some(timetable) = &draft.timetable else { return Vec::new() };
    timetable
        .answer
        .unplaced
        .iter()
        .map(|left| UnplacedDefence {
            defence: left.defence.0.clone(),
            reason: reason(&left.reason, words, &timetable.hours),
            repairs: left
                .repairs
                .iter()
                .map(|repair| self::repair(repair, words, &timetable.hours))
                .collect(),
        })
        .collect()
}
