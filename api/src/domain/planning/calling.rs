//! Who sits in free panels once they are timed: those the timetable chose, somebody for a defence
//! that found no time, and substitutes.

use super::{Draft, ids};
use gestfg_planner::committees::{Instance, Professor};
use gestfg_planner::id::{PersonId, ProjectId};
use gestfg_planner::timetable::{self, Answer, Placement};
use std::collections::{BTreeMap, BTreeSet};

/// Seats everybody the timetable chose, then calls who is missing: whoever had a seat before, then
/// whoever is free at the time, then who has the fewest. A seat nobody may take stays empty.
pub(super) fn take_seats(draft: &mut Draft, base: Option<&Draft>) {
    let Some(timetable) = &draft.timetable else { return };
    let before = seats_before(base);
    let mut calling = Calling::of(&draft.question, &timetable.question, &timetable.answer.placements);
    for (number, committee) in draft.answer.committees.iter_mut().enumerate() {
        let Some(project) = committee.projects.first().cloned() else { continue };
        let placed = timetable.answer.placements.iter().find(|placed| is_of(placed, &project));
        if let Some(placed) = placed {
            committee.seats.clone_from(&placed.panel);
        }
        let old = before.get(&project).map_or(&[][..], Vec::as_slice);
        let pins = draft.question.seat_pins.iter().filter(|pin| pin.committee == number);
        let pins: Vec<_> = pins.map(|pin| (pin.seat, &pin.professor)).collect();
        calling.complete(&project, &mut committee.seats, placed, (old, &pins));
    }
}

fn seats_before(base: Option<&Draft>) -> BTreeMap<ProjectId, Vec<PersonId>> {
    let committees = base.into_iter().flat_map(|base| &base.answer.committees);
    committees.flat_map(|known| known.projects.iter().map(|id| (id.clone(), known.seats.clone()))).collect()
}

fn is_of(placed: &Placement, project: &ProjectId) -> bool {
    ids::defence_of(&placed.defence.0).is_some_and(|(request, _)| ids::project(request) == *project)
}

struct Calling<'a> {
    rules: &'a Instance,
    times: &'a timetable::Instance,
    /// Whose defences take up which slots.
    taken: BTreeMap<PersonId, BTreeSet<(String, usize)>>,
    /// Seats held without a time: as a substitute, or of a defence that found none.
    held: BTreeMap<PersonId, usize>,
}

impl<'a> Calling<'a> {
    fn of(rules: &'a Instance, times: &'a timetable::Instance, placements: &[Placement]) -> Self {
        let mut taken: BTreeMap<PersonId, BTreeSet<(String, usize)>> = BTreeMap::new();
        for placed in placements {
            for person in &placed.panel {
                taken.entry(person.clone()).or_default().insert((placed.day.0.clone(), placed.slot));
            }
        }
        Self { rules, times, taken, held: BTreeMap::new() }
    }

    /// Calls people until every seat is taken or nobody is left.
    fn complete(
        &mut self,
        project: &ProjectId,
        seats: &mut Vec<PersonId>,
        placed: Option<&Placement>,
        (before, pins): (&[PersonId], &[(usize, &PersonId)]),
    ) {
        while seats.len() < self.rules.settings.seats() {
            let at = seats.len();
            let suits = |who: &&Professor| self.suits(project, seats, at, who);
            let choice = self.rules.professors.iter().filter(suits).min_by_key(|who| {
                let held = self.held.get(&who.id).copied().unwrap_or_default();
                let (is_pinned, had_it) = (pins.contains(&(at, &who.id)), before.get(at) == Some(&who.id));
                (!is_pinned, !self.is_free(who, placed), !had_it, held, who.service, &who.id)
            });
            let Some(called) = choice.map(|who| who.id.clone()) else { return };
            *self.held.entry(called.clone()).or_default() += 1;
            seats.push(called);
        }
    }

    /// Whether every rule of committees lets somebody take a seat beside those who sit already.
    fn suits(&self, project: &ProjectId, seats: &[PersonId], at: usize, who: &Professor) -> bool {
        let rules = self.rules;
        let judged = rules.projects.iter().find(|known| known.id == *project);
        let is_barred = judged.is_some_and(|judged| judged.barred().any(|id| *id == who.id));
        let sits = |id: &PersonId| seats.contains(id);
        let is_apart = rules
            .apart
            .iter()
            .any(|(one, other)| (*one == who.id && sits(other)) || (*other == who.id && sits(one)));
        let of_area = || {
            let known = rules.professors.iter().filter(|other| sits(&other.id));
            known.into_iter().any(|other| other.area == who.area)
        };
        let repeats = at < rules.settings.full_seats && rules.settings.spread_areas && of_area();
        who.is_free() && !sits(&who.id) && !is_barred && !is_apart && !repeats && (at > 0 || who.may_preside)
    }

    /// Whether somebody could come to a defence at its time.
    fn is_free(&self, who: &Professor, placed: Option<&Placement>) -> bool {
        let Some(placed) = placed else { return true };
        let busy =
            self.taken.get(&who.id).is_some_and(|at| at.contains(&(placed.day.0.clone(), placed.slot)));
        let known = self.times.people.iter().find(|person| person.id == who.id);
        let answer = known.and_then(|person| person.availability.as_ref());
        !busy && answer.is_none_or(|answer| answer.answer(&placed.day, placed.slot) != Answer::No)
    }
}
