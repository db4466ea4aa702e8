//! The objectives again, kept up to date move by move; `measure` counts the same from scratch.

use super::model::{Model, Start};
use super::state::{FREE, Place, State};
use crate::timetable::instance::{Objective, Placement};

pub(crate) const OBJECTIVES: usize = 10;

/// Every objective so that fewer is better, in the order of [`Objective::all`].
pub(crate) type Costs = [i64; OBJECTIVES];

const CHANGES: usize = 0;
const BACK_TO_BACK: usize = 1;
const DAYS: usize = 2;
const ROOM_CHANGES: usize = 3;
const WAITING: usize = 4;
const BALANCE: usize = 5;
const SUBJECTS: usize = 6;
const IF_NEEDED: usize = 7;
const WISHES: usize = 8;
const EARLY_FINISH: usize = 9;

/// Start, room and panel of a defence in the present plan.
pub(crate) type Was = (usize, usize, Vec<usize>);

/// What does not change while searching.
pub(crate) struct Pricing {
    /// By job, for each of its defences: start, room and panel of the present plan.
    present: Vec<Vec<Option<Was>>>,
    /// Which subjects each person covers, as bits over all subjects of the instance.
    covers: Vec<Vec<u64>>,
    wanted: Vec<Vec<Vec<u64>>>,
    counts_finish: bool,
}

impl Pricing {
    pub(crate) fn new(model: &Model) -> Self {
        let instance = model.instance;
        let mut subjects: Vec<_> = instance.defences.iter().flat_map(|d| &d.subjects).collect();
        subjects.sort();
        subjects.dedup();
        let bits = |list: &[crate::id::SubjectId]| {
            let mut words = vec![0u64; subjects.len().div_ceil(64)];
            for subject in list {
                if let Ok(at) = subjects.binary_search(&subject) {
                    words[at / 64] |= 1 << (at % 64);
                }
            }
            words
        };
        let located = |p: &Placement| {
            let day = instance.days.iter().position(|d| d.id == p.day)?;
            let room = *model.room_index.get(&p.room)?;
            let panel =
                p.panel.iter().map(|id| model.person_index.get(id).copied().unwrap_or(usize::MAX)).collect();
            Some((model.days[day].start + p.slot, room, panel))
        };
        let present = model
            .jobs
            .iter()
            .map(|job| {
                job.defences
                    .iter()
                    .map(|&d| instance.present.iter().find(|p| p.defence == instance.defences[d].id))
                    .map(|was| was.map(|p| located(p).unwrap_or((usize::MAX, usize::MAX, Vec::new()))))
                    .collect()
            })
            .collect();
        Self {
            present,
            covers: instance.people.iter().map(|p| bits(&p.subjects)).collect(),
            wanted: model
                .jobs
                .iter()
                .map(|job| job.defences.iter().map(|&d| bits(&instance.defences[d].subjects)).collect())
                .collect(),
            counts_finish: instance.objectives.contains(&Objective::EarlyFinish),
        }
    }

    /// The place of the present plan, as one of the job's own, if it is one.
    pub(crate) fn present_place(&self, model: &Model, job: usize) -> Option<Place> {
        let (slot, room, people) = self.present[job].first()?.clone()?;
        let this = &model.jobs[job];
        let start = this.starts.iter().position(|s| s.slot == slot)?;
        let option = &this.starts[start];
        if !option.rooms.contains(&room) || people.len() != this.seats.len() {
            return None;
        }
        let panel: Option<Vec<usize>> = people
            .iter()
            .enumerate()
            .map(|(seat, &person)| {
                option.seats[seat].iter().copied().find(|&i| this.seats[seat][i].0 == person)
            })
            .collect();
        Some(Place { start, room, panel: panel? })
    }

    /// Where the defences of a job are in the present plan.
    pub(crate) fn present(&self, job: usize) -> &[Option<Was>] {
        &self.present[job]
    }

    /// The fewest changes of a job that begins here: in the room and with the people that come nearest.
    pub(crate) fn least_changes(&self, model: &Model, job: usize, start: &Start) -> i64 {
        let this = &model.jobs[job];
        let was =
            || self.present[job].iter().zip(&this.offsets).filter_map(|(was, at)| Some((was.as_ref()?, at)));
        let times = was().filter(|((slot, _, _), at)| *slot != start.slot + **at).count();
        let elsewhere = |room: &usize| was().filter(|((_, before, _), _)| before != room).count();
        let rooms = start.rooms.iter().map(elsewhere).min().unwrap_or(0);
        let others = |(at, free): (usize, &Vec<usize>)| {
            let differ = |&i: &usize| {
                let person = this.seats[at][i].0;
                was()
                    .filter(|((_, _, panel), _)| panel.get(at).is_some_and(|&before| before != person))
                    .count()
            };
            free.iter().map(differ).min().unwrap_or(0)
        };
        let people: usize = start.seats.iter().enumerate().map(others).sum();
        (4 * times + 2 * rooms + people) as i64
    }

    /// What a job costs by itself, at a place or left out.
    pub(crate) fn job(&self, model: &Model, job: usize, place: Option<&Place>, costs: &mut Costs, sign: i64) {
        let this = &model.jobs[job];
        let Some(place) = place else {
            costs[CHANGES] += sign * 4 * self.present[job].iter().flatten().count() as i64;
            return;
        };
        let option = &this.starts[place.start];
        for (at, was) in self.present[job].iter().enumerate() {
            if let Some((slot, room, panel)) = was {
                let mut sum = 4 * i64::from(*slot != option.slot + this.offsets[at]);
                sum += 2 * i64::from(*room != place.room);
                sum += panel
                    .iter()
                    .zip(&place.panel)
                    .zip(&this.seats)
                    .filter(|((was, now), seat)| **was != seat[**now].0)
                    .count() as i64;
                costs[CHANGES] += sign * sum;
            }
        }
        let mut if_needed = i64::from(option.cost);
        let mut wishes = 0;
        for (&i, seat) in place.panel.iter().zip(&this.seats) {
            let (person, cost) = seat[i];
            wishes += i64::from(cost) * this.weight() as i64;
            for (&offset, &d) in this.offsets.iter().zip(&this.defences) {
                let from = option.slot + offset;
                let duration = model.instance.defences[d].duration.unwrap_or(model.instance.duration);
                if_needed += i64::from(model.attendance_cost(person, from..from + duration).unwrap_or(0));
            }
        }
        costs[IF_NEEDED] += sign * if_needed;
        costs[WISHES] += sign * wishes;
        costs[SUBJECTS] += sign * self.uncovered(this, job, place);
    }

    fn uncovered(&self, this: &super::model::Job, job: usize, place: &Place) -> i64 {
        let mut sum = 0;
        for wanted in &self.wanted[job] {
            for (word, &bits) in wanted.iter().enumerate() {
                if bits == 0 {
                    continue;
                }
                let mut known = 0;
                for a in &this.fixed {
                    known |= self.covers[a.person][word];
                }
                for (&i, seat) in place.panel.iter().zip(&this.seats) {
                    known |= self.covers[seat[i].0][word];
                }
                sum += i64::from((bits & !known).count_ones());
            }
        }
        sum
    }

    /// The whole of a timetable.
    pub(crate) fn total(&self, state: &State) -> Costs {
        let model = state.model;
        let mut costs = [0; OBJECTIVES];
        for person in 0..model.people {
            for day in 0..model.days.len() {
                day_costs(state, person, day, &mut costs, 1);
            }
            costs[BALANCE] += (state.load[person] * state.load[person]) as i64;
        }
        for (job, place) in state.places.iter().enumerate() {
            self.job(model, job, place.as_ref(), &mut costs, 1);
        }
        costs[EARLY_FINISH] = finish(state);
        costs
    }

    /// What moving some jobs changes: call before with sign -1 and after with 1.
    pub(crate) fn touched(
        &self,
        state: &State,
        days: &[(usize, usize)],
        jobs: &[usize],
        costs: &mut Costs,
        sign: i64,
    ) {
        for (at, &(person, day)) in days.iter().enumerate() {
            day_costs(state, person, day, costs, sign);
            if at == 0 || days[at - 1].0 != person {
                costs[BALANCE] += sign * (state.load[person] * state.load[person]) as i64;
            }
        }
        for &job in jobs {
            self.job(state.model, job, state.places[job].as_ref(), costs, sign);
        }
        if self.counts_finish {
            costs[EARLY_FINISH] += sign * finish(state);
        }
    }
}

fn finish(state: &State) -> i64 {
    let model = state.model;
    for at in (0..model.slots).rev() {
        let mut last = 0;
        for room in 0..model.rooms {
            let job = state.room_at(room, at);
            if job != FREE {
                let slot = state.slot(job as usize).unwrap_or(0);
                last = last.max(slot + model.jobs[job as usize].len);
            }
        }
        // A gap may keep a room busy after the end of one that ended before another.
        if last > 0 {
            let earlier = (at.saturating_sub(model.gap)..at)
                .flat_map(|at| (0..model.rooms).map(move |room| (room, at)))
                .map(|(room, at)| state.room_at(room, at))
                .filter(|&job| job != FREE)
                .map(|job| state.slot(job as usize).unwrap_or(0) + model.jobs[job as usize].len)
                .max();
            return last.max(earlier.unwrap_or(0)) as i64;
        }
    }
    0
}

/// One day of one person.
fn day_costs(state: &State, person: usize, day: usize, costs: &mut Costs, sign: i64) {
    let row = state.day_row(person, day);
    let mut before = FREE;
    let mut free_since = 0;
    let mut at = 0;
    while at < row.len() {
        let job = row[at];
        if job == FREE {
            at += 1;
            continue;
        }
        let begins = at;
        while at < row.len() && row[at] == job {
            at += 1;
        }
        let this = &state.model.jobs[job as usize];
        if this.weight() > 1 {
            let load = this.fixed.iter().find(|a| a.person == person).map_or(this.weight(), |a| a.load);
            costs[BACK_TO_BACK] -= sign * (load as i64 - 1);
        }
        if before == FREE {
            costs[DAYS] += sign;
        } else {
            let same = room(state, before) == room(state, job);
            costs[BACK_TO_BACK] -= sign * i64::from(same && begins == free_since);
            costs[ROOM_CHANGES] += sign * i64::from(!same);
            costs[WAITING] += sign * (begins - free_since) as i64;
        }
        before = job;
        free_since = at;
    }
}

fn room(state: &State, job: u32) -> usize {
    state.places[job as usize].as_ref().map_or(usize::MAX, |place| place.room)
}
