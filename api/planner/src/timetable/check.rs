//! The judge of a timetable: every rule again from the text of the rules, sharing with the solver
//! nothing but the types.

use super::instance::{Answer, Availability, Committee, Defence, Instance, Objective, Placement};
use super::measure::{Measured, measure};
use crate::id::{CommitteeId, DayId, DefenceId, PersonId, RoomId, TeamId};
use crate::status::Status;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The hard rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Names a defence, day, room or person the instance does not have.
    Unknown,
    /// A defence is placed once.
    PlacedTwice,
    /// A defence takes place within its day.
    OutsideDay,
    /// Nothing takes place during a pause.
    Pause,
    /// A defence keeps to its window.
    Window,
    /// A room is open while it is used.
    RoomClosed,
    /// A room holds one defence at a time.
    RoomTaken,
    /// A room is large enough.
    RoomTooSmall,
    /// A defence takes one of its own rooms.
    RoomNotAllowed,
    /// People come only when they said they can.
    PersonAway,
    /// Nobody is in two places at once.
    PersonTwice,
    /// Every seat is taken by one person.
    SeatCount,
    /// Nobody takes two seats of a defence.
    SeatTwice,
    /// Only eligible people take a seat.
    NotEligible,
    /// Nobody judges against a conflict of interest.
    Excluded,
    /// Nobody attends more defences than they may.
    TooMany,
    /// Nobody attends more defences on one day than they may.
    TooManyPerDay,
    /// A team is placed whole, consecutively, in one room, before the same panel.
    Team,
    /// A standing committee's defences of one day are consecutive in one room.
    CommitteeBlock,
    /// What was pinned stays.
    Pin,
    /// The solution says of itself what is not so.
    Claim,
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// One sentence for a person.
    pub text: String,
    /// The defences concerned.
    pub defences: Vec<DefenceId>,
    /// The people concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// The rooms concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomId>,
}

/// What is allowed and not wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// A defence has no place.
    Unplaced,
    /// Somebody comes to a defence though they offered that time only if needed.
    IfNeeded,
    /// A substitute sits for a full seat of the committee.
    Substitute,
}

/// One thing to look at before a plan is accepted; it breaks no rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// What sort of thing.
    pub kind: WarningKind,
    /// One sentence for a person.
    pub text: String,
    /// The defences concerned.
    pub defences: Vec<DefenceId>,
    /// The people concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}

/// What the judge found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Whether every hard rule is kept.
    pub valid: bool,
    /// Every broken rule.
    pub violations: Vec<Violation>,
    /// What is allowed but not wished.
    pub warnings: Vec<Warning>,
    /// Defences placed.
    pub scheduled: usize,
    /// The value of every objective.
    pub objectives: Vec<Measured>,
}

struct Visit<'a> {
    defence: &'a Defence,
    placement: &'a Placement,
    day: usize,
    end: usize,
}

/// Judges `placements` by every rule of `instance`.
pub fn check(instance: &Instance, placements: &[Placement]) -> Report {
    let mut judge = Judge { instance, violations: Vec::new(), warnings: Vec::new() };
    let visits = judge.locate(placements);
    for visit in &visits {
        judge.place(visit);
        judge.panel(visit);
    }
    judge.left_out(&visits);
    judge.collisions(&visits);
    judge.workload(&visits);
    judge.teams(&visits);
    judge.committees(&visits);
    judge.pins(&visits);
    Report {
        valid: judge.violations.is_empty(),
        scheduled: visits.len(),
        objectives: measure(instance, placements),
        violations: judge.violations,
        warnings: judge.warnings,
    }
}

struct Judge<'a> {
    instance: &'a Instance,
    violations: Vec<Violation>,
    warnings: Vec<Warning>,
}

impl<'a> Judge<'a> {
    fn say(
        &mut self,
        rule: Rule,
        text: String,
        defences: &[&DefenceId],
        people: &[&PersonId],
        rooms: &[&RoomId],
    ) {
        self.violations.push(Violation {
            rule,
            text,
            defences: owned(defences),
            people: owned(people),
            rooms: owned(rooms),
        });
    }

    fn warn(&mut self, kind: WarningKind, text: String, defence: &DefenceId, people: &[&PersonId]) {
        let defences = vec![defence.clone()];
        self.warnings.push(Warning { kind, text, defences, people: owned(people) });
    }

    fn locate(&mut self, placements: &'a [Placement]) -> Vec<Visit<'a>> {
        let instance = self.instance;
        let defences: BTreeMap<_, _> = instance.defences.iter().map(|d| (&d.id, d)).collect();
        let mut seen: BTreeMap<&DefenceId, ()> = BTreeMap::new();
        let mut visits = Vec::new();
        for placement in placements {
            let id = &placement.defence;
            let Some(&defence) = defences.get(id) else {
                self.say(Rule::Unknown, format!("there is no defence {id}"), &[id], &[], &[]);
                continue;
            };
            if seen.insert(id, ()).is_some() {
                self.say(Rule::PlacedTwice, format!("{id} is placed twice"), &[id], &[], &[]);
                continue;
            }
            let Some(day) = instance.days.iter().position(|d| d.id == placement.day) else {
                self.say(Rule::Unknown, format!("{id}: there is no day {}", placement.day), &[id], &[], &[]);
                continue;
            };
            if !instance.rooms.iter().any(|r| r.id == placement.room) {
                self.say(
                    Rule::Unknown,
                    format!("{id}: there is no room {}", placement.room),
                    &[id],
                    &[],
                    &[&placement.room],
                );
                continue;
            }
            if placement.slot >= instance.days[day].slots {
                let text = format!("{id} would begin after {} is over", placement.day);
                self.say(Rule::OutsideDay, text, &[id], &[], &[]);
                continue;
            }
            let end = placement.slot.saturating_add(defence.duration.unwrap_or(instance.duration));
            visits.push(Visit { defence, placement, day, end });
        }
        visits
    }

    fn place(&mut self, visit: &Visit) {
        let (instance, id) = (self.instance, &visit.defence.id);
        let day = &instance.days[visit.day];
        let slots = visit.placement.slot..visit.end;
        if visit.end > day.slots {
            self.say(Rule::OutsideDay, format!("{id} would end after {} is over", day.id), &[id], &[], &[]);
            return;
        }
        if day.closed.iter().any(|&(from, to)| from < slots.end && slots.start < to) {
            self.say(Rule::Pause, format!("{id} falls into a pause of {}", day.id), &[id], &[], &[]);
        }
        if !is_free(visit.defence.window.as_ref(), &day.id, slots.clone()) {
            self.say(Rule::Window, format!("{id} is outside its window"), &[id], &[], &[]);
        }
        for room in instance.rooms.iter().filter(|r| r.id == visit.placement.room) {
            if !is_free(room.availability.as_ref(), &day.id, slots.clone()) {
                self.say(
                    Rule::RoomClosed,
                    format!("room {} is closed during {id}", room.id),
                    &[id],
                    &[],
                    &[&room.id],
                );
            }
            if let (Some(size), Some(capacity)) = (visit.defence.size, room.capacity)
                && size > capacity
            {
                let text = format!("room {} holds {capacity}, {id} needs {size}", room.id);
                self.say(Rule::RoomTooSmall, text, &[id], &[], &[&room.id]);
            }
            if !visit.defence.rooms.is_empty() && !visit.defence.rooms.contains(&room.id) {
                self.say(
                    Rule::RoomNotAllowed,
                    format!("{id} may not take room {}", room.id),
                    &[id],
                    &[],
                    &[&room.id],
                );
            }
        }
        for person in attendees(visit) {
            let Some(known) = instance.people.iter().find(|p| p.id == *person) else {
                self.say(Rule::Unknown, format!("{id}: there is no person {person}"), &[id], &[person], &[]);
                continue;
            };
            let asked = known.availability.as_ref();
            if !is_free(asked, &day.id, slots.clone()) {
                self.say(Rule::PersonAway, format!("{person} cannot come to {id}"), &[id], &[person], &[]);
            } else if slots
                .clone()
                .any(|s| asked.is_some_and(|a| matches!(a.answer(&day.id, s), Answer::IfNeeded(_))))
            {
                let text = format!("{person} comes to {id} only because needed");
                self.warn(WarningKind::IfNeeded, text, id, &[person]);
            }
        }
    }

    fn panel(&mut self, visit: &Visit) {
        let (defence, panel) = (visit.defence, &visit.placement.panel);
        let id = &defence.id;
        let committee = self.committee(defence.committee.as_ref());
        let seats = committee.map_or(defence.seats.len(), |c| c.seats.len());
        if panel.len() != seats {
            self.say(
                Rule::SeatCount,
                format!("{id} has {seats} seats, {} taken", panel.len()),
                &[id],
                &[],
                &[],
            );
        }
        for (i, person) in panel.iter().enumerate() {
            if panel[..i].contains(person) || defence.people.contains(person) {
                self.say(Rule::SeatTwice, format!("{person} is in {id} twice"), &[id], &[person], &[]);
            }
            if defence.excluded.contains(person) {
                self.say(Rule::Excluded, format!("{person} may not judge {id}"), &[id], &[person], &[]);
            }
            let eligible = match committee {
                Some(c) => c.seats.get(i) == Some(person) || c.substitutes.contains(person),
                None => defence.seats.get(i).is_some_and(|seat| seat.eligible.contains(person)),
            };
            if !eligible {
                self.say(
                    Rule::NotEligible,
                    format!("{person} may not take seat {} of {id}", i + 1),
                    &[id],
                    &[person],
                    &[],
                );
            }
            if committee.is_some_and(|c| c.substitutes.contains(person)) {
                let text = format!("{person} sits in {id} as a substitute");
                self.warn(WarningKind::Substitute, text, id, &[person]);
            }
        }
    }

    fn committee(&self, id: Option<&CommitteeId>) -> Option<&'a Committee> {
        self.instance.committees.iter().find(|c| Some(&c.id) == id)
    }

    fn left_out(&mut self, visits: &[Visit]) {
        let placed: BTreeSet<_> = visits.iter().map(|v| &v.defence.id).collect();
        let instance = self.instance;
        for defence in instance.defences.iter().filter(|d| !placed.contains(&d.id)) {
            let text = format!("{} has no place", defence.id);
            self.warn(WarningKind::Unplaced, text, &defence.id, &[]);
        }
    }

    fn collisions(&mut self, visits: &[Visit]) {
        let mut rooms: BTreeMap<(usize, &RoomId), Vec<&Visit>> = BTreeMap::new();
        let mut people: BTreeMap<(usize, &PersonId), Vec<&Visit>> = BTreeMap::new();
        for visit in visits {
            rooms.entry((visit.day, &visit.placement.room)).or_default().push(visit);
            for person in attendees(visit) {
                people.entry((visit.day, person)).or_default().push(visit);
            }
        }
        for ((_, room), list) in &rooms {
            for (a, b) in clashes(list, self.instance.gap) {
                self.say(Rule::RoomTaken, format!("{a} and {b} meet in room {room}"), &[a, b], &[], &[room]);
            }
        }
        for ((_, person), list) in &people {
            for (a, b) in clashes(list, self.instance.gap) {
                self.say(
                    Rule::PersonTwice,
                    format!("{person} would be in {a} and {b} at once"),
                    &[a, b],
                    &[person],
                    &[],
                );
            }
        }
    }

    fn workload(&mut self, visits: &[Visit]) {
        let mut loads: BTreeMap<(&PersonId, Option<usize>), Vec<&DefenceId>> = BTreeMap::new();
        for visit in visits {
            for person in attendees(visit) {
                loads.entry((person, None)).or_default().push(&visit.defence.id);
                loads.entry((person, Some(visit.day))).or_default().push(&visit.defence.id);
            }
        }
        for person in &self.instance.people {
            if let (Some(most), Some(list)) = (person.max_defences, loads.get(&(&person.id, None)))
                && list.len() > most
            {
                let text = format!("{} attends {} defences, at most {most} allowed", person.id, list.len());
                self.say(Rule::TooMany, text, list, &[&person.id], &[]);
            }
            for (day, of_day) in self.instance.days.iter().enumerate() {
                if let (Some(most), Some(list)) = (person.max_per_day, loads.get(&(&person.id, Some(day))))
                    && list.len() > most
                {
                    let text = format!(
                        "{} attends {} on {}, at most {most} allowed",
                        person.id,
                        list.len(),
                        of_day.id
                    );
                    self.say(Rule::TooManyPerDay, text, list, &[&person.id], &[]);
                }
            }
        }
    }

    fn teams(&mut self, visits: &[Visit]) {
        let mut sizes: BTreeMap<&TeamId, usize> = BTreeMap::new();
        for team in self.instance.defences.iter().filter_map(|d| d.team.as_ref()) {
            *sizes.entry(team).or_default() += 1;
        }
        for (team, size) in sizes {
            let mut list: Vec<_> = visits.iter().filter(|v| v.defence.team.as_ref() == Some(team)).collect();
            list.sort_by_key(|v| (v.day, v.placement.slot));
            let together = list.windows(2).all(|pair| {
                let (a, b) = (pair[0], pair[1]);
                a.day == b.day
                    && a.placement.room == b.placement.room
                    && a.placement.panel == b.placement.panel
                    && b.placement.slot == a.end.saturating_add(self.instance.gap)
            });
            if !list.is_empty() && (list.len() < size || !together) {
                let ids: Vec<_> = list.iter().map(|v| &v.defence.id).collect();
                self.say(Rule::Team, format!("team {team} is torn apart"), &ids, &[], &[]);
            }
        }
    }

    fn committees(&mut self, visits: &[Visit]) {
        let mut blocks: BTreeMap<(&CommitteeId, usize), Vec<&Visit>> = BTreeMap::new();
        for visit in visits {
            if let Some(committee) = &visit.defence.committee {
                blocks.entry((committee, visit.day)).or_default().push(visit);
            }
        }
        for ((committee, day), mut list) in blocks {
            list.sort_by_key(|v| v.placement.slot);
            let day = &self.instance.days[day];
            for pair in list.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let between = a.end.saturating_add(self.instance.gap).min(b.placement.slot)..b.placement.slot;
                let only_pause =
                    between.clone().all(|s| day.closed.iter().any(|&(from, to)| from <= s && s < to));
                if a.placement.room != b.placement.room || !only_pause {
                    let text = format!(
                        "committee {committee}: {} does not follow {} on {}",
                        b.defence.id, a.defence.id, day.id
                    );
                    self.say(Rule::CommitteeBlock, text, &[&a.defence.id, &b.defence.id], &[], &[]);
                }
            }
        }
    }

    fn pins(&mut self, visits: &[Visit]) {
        for pin in &self.instance.pins {
            let id = &pin.defence;
            let kept = visits.iter().find(|v| v.defence.id == *id).is_some_and(|v| {
                let placed = v.placement;
                pin.day.as_ref().is_none_or(|day| *day == placed.day)
                    && pin.slot.is_none_or(|slot| slot == placed.slot)
                    && pin.room.as_ref().is_none_or(|room| *room == placed.room)
                    && pin.panel.iter().enumerate().all(|(i, person)| {
                        person.as_ref().is_none_or(|person| placed.panel.get(i) == Some(person))
                    })
            });
            if !kept {
                self.say(Rule::Pin, format!("{id} was pinned and is not where it was put"), &[id], &[], &[]);
            }
        }
    }
}

/// Everybody who is in the room, once each.
fn attendees<'a>(visit: &Visit<'a>) -> Vec<&'a PersonId> {
    let mut all: Vec<_> = visit.defence.people.iter().chain(&visit.placement.panel).collect();
    all.sort();
    all.dedup();
    all
}

fn owned<T: Clone>(list: &[&T]) -> Vec<T> {
    list.iter().map(|&item| item.clone()).collect()
}

fn is_free(asked: Option<&Availability>, day: &DayId, slots: std::ops::Range<usize>) -> bool {
    asked.is_none_or(|asked| slots.into_iter().all(|slot| asked.answer(day, slot) != Answer::No))
}

/// Pairs of one day that overlap, the gap after each counted.
fn clashes<'a>(list: &[&Visit<'a>], gap: usize) -> Vec<(&'a DefenceId, &'a DefenceId)> {
    let mut found = Vec::new();
    for (i, a) in list.iter().enumerate() {
        for b in &list[i + 1..] {
            let ready = |visit: &Visit| visit.end.saturating_add(gap);
            if a.placement.slot < ready(b) && b.placement.slot < ready(a) {
                found.push((&a.defence.id, &b.defence.id));
            }
        }
    }
    found
}

/// Judges a whole solution: its placements, and what it says about itself.
pub fn check_solution(instance: &Instance, solution: &super::Solution) -> Report {
    let mut report = check(instance, &solution.placements);
    let has_answer = !matches!(solution.status, Status::Infeasible | Status::Unknown);
    if !has_answer {
        // Nothing is placed, so that pins are not either: what counts is that it says why.
        report.violations.clear();
    }
    let mut claim = |holds: bool, text: String| {
        if !holds {
            report.violations.push(Violation {
                rule: Rule::Claim,
                text,
                defences: Vec::new(),
                people: Vec::new(),
                rooms: Vec::new(),
            });
        }
    };
    let placed = solution.placements.len();
    claim(has_answer || placed == 0 && !solution.conflicts.is_empty(), "no answer and no reason".to_owned());
    claim(solution.scheduled == placed, format!("{} claimed, {placed} placed", solution.scheduled));
    claim(solution.total == instance.defences.len(), "the total is not that of the instance".to_owned());
    claim(solution.bound >= placed, format!("{placed} placed, over the bound {}", solution.bound));
    let counted: BTreeMap<Objective, i64> =
        report.objectives.iter().map(|m| (m.objective, m.value)).collect();
    for said in &solution.objectives {
        let value = counted.get(&said.objective).copied().unwrap_or_default();
        claim(said.value == value, format!("{:?}: {} claimed, {value} counted", said.objective, said.value));
        let is_beaten = |bound: i64| match said.objective {
            Objective::BackToBack => said.value > bound,
            _ => said.value < bound,
        };
        let beaten = said.bound.filter(|&bound| is_beaten(bound));
        claim(beaten.is_none(), format!("{:?}: {} beats its bound {beaten:?}", said.objective, said.value));
    }
    report.valid = report.violations.is_empty();
    report
}
