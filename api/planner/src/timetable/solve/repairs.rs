//! What would give a defence its place: whom to ask for which hour, which room to open, what to move.
//! Every proposal is carried out on a copy of the instance and judged by the checker before it is made.

use super::model::Model;
use super::reasons::{ids, open_slots, when};
use super::standing;
use super::state::{FREE, Place, State};
use crate::id::{DefenceId, PersonId, RoomId};
use crate::sentence::Sentence;
use crate::timetable::check::check;
use crate::timetable::instance::{Availability, Instance, Placement};
use crate::timetable::solution::Repair;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most repairs offered for one defence.
const OFFERED: usize = 3;

struct Proposal {
    slot: usize,
    room: usize,
    panel: Vec<usize>,
    /// Person and slots asked for.
    asks: Vec<(usize, Range<usize>)>,
    opens: bool,
    moves: Vec<(usize, Place)>,
}

impl Proposal {
    fn rank(&self) -> (usize, usize, usize) {
        (self.asks.len() + usize::from(self.opens), self.moves.len(), self.slot)
    }
}

/// The cheapest changes that place `job`, each tried.
pub(crate) fn repairs(state: &State, job: usize) -> Vec<Repair> {
    let model = state.model;
    let mut proposals: Vec<Proposal> = open_slots(model, &model.jobs[job])
        .into_iter()
        .filter_map(|slot| propose(state, job, slot))
        .collect();
    proposals.sort_by_key(Proposal::rank);
    let mut asked: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut found = Vec::new();
    for proposal in proposals {
        let people: Vec<usize> = proposal.asks.iter().map(|a| a.0).collect();
        // The same people at another hour is the same favour; offer something else first.
        if found.len() >= OFFERED || !asked.insert(people) {
            continue;
        }
        found.extend(tried(state, job, &proposal));
    }
    found
}

fn propose(state: &State, job: usize, slot: usize) -> Option<Proposal> {
    let model = state.model;
    let this = &model.jobs[job];
    let end = slot + this.len;
    let mut asks = Vec::new();
    let mut in_the_way: BTreeSet<usize> = BTreeSet::new();
    let mut note = |person: usize, from: usize, to: usize, blockers: &mut BTreeSet<usize>| {
        blockers.extend(
            model
                .busy(from, to)
                .map(|at| state.person_at(person, at))
                .filter(|&j| j != FREE)
                .map(|j| j as usize),
        );
        if model.presence(this, person, slot).is_none() {
            asks.push((person, from..to));
        }
    };
    for a in &this.fixed {
        if state.over_total(a.person, a.load) || state.over_day(a.person, model.day_of[slot], a.load) {
            return None;
        }
        note(a.person, slot + a.from, slot + a.to, &mut in_the_way);
    }
    let mut panel: Vec<usize> = Vec::new();
    for seat in &this.seats {
        let usable = |&(_, &(person, _)): &(usize, &(usize, u32))| {
            !panel.iter().zip(&this.seats).any(|(&i, s)| s[i].0 == person)
                && !state.over_total(person, this.weight())
                && !state.over_day(person, model.day_of[slot], this.weight())
                && model.busy(slot, end).all(|at| state.person_at(person, at) == FREE)
        };
        let choice = seat
            .iter()
            .enumerate()
            .filter(usable)
            .min_by_key(|(_, (person, cost))| (model.presence(this, *person, slot).is_none(), *cost));
        let (i, &(person, _)) = choice?;
        note(person, slot, end, &mut in_the_way);
        panel.push(i);
    }
    let mut fitting: Vec<usize> = (0..model.rooms).filter(|&r| model.room_fits(this, r)).collect();
    if let Some((room, fits)) = standing::continues(state, job, slot) {
        if !fits {
            return None;
        }
        fitting.retain(|&r| r == room);
    }
    let free = |r: &usize| state.room_is_free(*r, slot, end);
    let open = fitting.iter().copied().find(|r| free(r) && model.room_is_open(this, *r, slot));
    let (room, opens) = match open.or_else(|| fitting.iter().copied().find(free)) {
        Some(room) => (room, !model.room_is_open(this, room, slot)),
        None => {
            // Rooms are taken: somebody has to leave one of those that are open.
            let room = fitting.into_iter().find(|&r| model.room_is_open(this, r, slot))?;
            in_the_way.extend(
                model
                    .busy(slot, end)
                    .map(|at| state.room_at(room, at))
                    .filter(|&j| j != FREE)
                    .map(|j| j as usize),
            );
            (room, false)
        }
    };
    let moves = relocate(state, &in_the_way, job, slot, room, &panel)?;
    Some(Proposal { slot, room, panel, asks, opens, moves })
}

/// Another place for each job in the way, when there are few and they have one.
fn relocate(
    state: &State,
    in_the_way: &BTreeSet<usize>,
    job: usize,
    slot: usize,
    room: usize,
    panel: &[usize],
) -> Option<Vec<(usize, Place)>> {
    if in_the_way.is_empty() {
        return Some(Vec::new());
    }
    let model = state.model;
    if in_the_way.len() > 2 || in_the_way.iter().any(|&j| model.jobs[j].pinned) {
        return None;
    }
    let this = &model.jobs[job];
    let span = model.busy(slot, slot + this.len);
    let seated: Vec<usize> = panel.iter().zip(&this.seats).map(|(&i, seat)| seat[i].0).collect();
    let mut next = state.clone();
    let mut moves = Vec::new();
    for &other in in_the_way {
        next.take(other);
    }
    for &other in in_the_way {
        let theirs = &model.jobs[other];
        let was = state.places[other].as_ref()?;
        let place = theirs.starts.iter().enumerate().find_map(|(start, option)| {
            let their_span = model.busy(option.slot, option.slot + theirs.len);
            let overlaps = their_span.start < span.end && span.start < their_span.end;
            let shares = |p: usize| this.fixed.iter().any(|a| a.person == p) || seated.contains(&p);
            let panel: Option<Vec<usize>> = was
                .panel
                .iter()
                .zip(&option.seats)
                .map(|(i, free)| if free.contains(i) { Some(*i) } else { free.first().copied() })
                .collect();
            let panel = panel?;
            option.rooms.iter().find_map(|&r| {
                let place = Place { start, room: r, panel: panel.clone() };
                let clash = overlaps
                    && (r == room || State::attendees(model, other, &place).any(|(p, ..)| shares(p)));
                (!clash && next.fits(other, &place)).then_some(place)
            })
        })?;
        next.put(other, place.clone());
        moves.push((other, place));
    }
    Some(moves)
}

/// Carries a proposal out and lets the checker judge it.
fn tried(state: &State, job: usize, proposal: &Proposal) -> Option<Repair> {
    let model = state.model;
    let mut changed = model.instance.clone();
    for (person, slots) in &proposal.asks {
        let day = model.day_of[slots.start];
        let known = &mut changed.people[*person];
        known.availability = Some(with_yes(model, known.availability.as_ref(), day, slots));
    }
    let this = &model.jobs[job];
    let span = proposal.slot..proposal.slot + this.len;
    let day = model.day_of[proposal.slot];
    if proposal.opens {
        let room = &mut changed.rooms[proposal.room];
        room.availability = Some(with_yes(model, room.availability.as_ref(), day, &span));
    }
    let mut next = state.clone();
    let moved: BTreeSet<DefenceId> = proposal.moves.iter().flat_map(|(j, _)| ids(model, *j)).collect();
    for (other, _) in &proposal.moves {
        next.take(*other);
    }
    for (other, place) in &proposal.moves {
        next.put(*other, place.clone());
    }
    let mut plan = next.placements();
    let moves: Vec<Placement> = plan.iter().filter(|p| moved.contains(&p.defence)).cloned().collect();
    let own = placements_of(model, job, proposal);
    plan.extend(own.iter().cloned());
    if !check(&changed, &plan).valid {
        return None;
    }
    let instance = model.instance;
    let ask: Vec<PersonId> = proposal.asks.iter().map(|(p, _)| instance.people[*p].id.clone()).collect();
    let open: Vec<RoomId> =
        if proposal.opens { vec![instance.rooms[proposal.room].id.clone()] } else { Vec::new() };
    let own = own.into_iter().next()?;
    let said = Sentence::Repair {
        at: when(model, proposal.slot),
        room: own.room.clone(),
        ask: ask.clone(),
        open: open.clone(),
        moves: moved.into_iter().collect(),
    };
    let cost =
        proposal.asks.iter().map(|a| a.1.len()).sum::<usize>() + if proposal.opens { this.len } else { 0 };
    let also_places = helped(state, job, proposal, &changed);
    let text = said.to_string();
    Some(Repair { text, said: Some(said), ask, open, placement: own, moves, cost, also_places })
}

fn placements_of(model: &Model, job: usize, proposal: &Proposal) -> Vec<Placement> {
    let this = &model.jobs[job];
    let at = when(model, proposal.slot);
    let panel: Vec<PersonId> = proposal
        .panel
        .iter()
        .zip(&this.seats)
        .map(|(&i, seat)| model.instance.people[seat[i].0].id.clone())
        .collect();
    this.defences
        .iter()
        .zip(&this.offsets)
        .map(|(&d, &offset)| Placement {
            defence: model.instance.defences[d].id.clone(),
            day: at.day.clone(),
            slot: at.slot + offset,
            room: model.instance.rooms[proposal.room].id.clone(),
            panel: panel.clone(),
        })
        .collect()
}

/// The availability with a yes in some slots.
fn with_yes(model: &Model, given: Option<&Availability>, day: usize, slots: &Range<usize>) -> Availability {
    let mut given = given.cloned().unwrap_or_default();
    let known = &model.instance.days[day];
    let otherwise = given.otherwise.unwrap_or('y');
    let row = given.days.entry(known.id.clone()).or_insert_with(|| otherwise.to_string().repeat(known.slots));
    *row = row
        .chars()
        .enumerate()
        .map(|(at, letter)| if slots.contains(&(model.days[day].start + at)) { 'y' } else { letter })
        .collect();
    given
}

/// Other jobs without a place that could take the same opening.
fn helped(state: &State, job: usize, proposal: &Proposal, changed: &Instance) -> Vec<DefenceId> {
    let model = state.model;
    if proposal.asks.is_empty() && !proposal.opens {
        return Vec::new();
    }
    let after = Model::new(changed);
    let mut next = State::new(&after);
    for (other, place) in state.places.iter().enumerate() {
        if let Some(place) = place {
            let slot = model.jobs[other].starts[place.start].slot;
            let start = after.jobs[other].starts.iter().position(|s| s.slot == slot);
            if let Some(start) = start {
                next.put(other, Place { start, ..place.clone() });
            }
        }
    }
    (0..model.jobs.len())
        .filter(|&other| other != job && state.places[other].is_none())
        .filter(|&other| {
            after.jobs[other].starts.iter().enumerate().any(|(start, option)| {
                option.rooms.iter().any(|&room| {
                    let panel: Option<Vec<usize>> = option.seats.iter().map(|s| s.first().copied()).collect();
                    panel.is_some_and(|panel| {
                        let place = Place { start, room, panel };
                        next.fits(other, &place)
                    })
                })
            })
        })
        .flat_map(|other| ids(model, other))
        .collect()
}
