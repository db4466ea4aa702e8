//! Placing as many jobs as possible: each job that is left is put where it displaces what is
//! easiest to place again (guided ejection; the more often a job was left, the dearer it is to displace).

use super::model::Model;
use super::state::{FREE, Place, State};
use crate::control::{Control, Stage};
use crate::random::Random;

/// What it costs to displace a pinned job.
const PINNED: u64 = 1 << 40;
/// No displacement makes this possible.
const IMPOSSIBLE: u64 = 1 << 58;

/// Places what it can within a number of steps, beginning with what is placed already.
/// Stops as soon as `goal` defences are placed.
pub(crate) fn place_most<'m>(
    state: &mut State<'m>,
    goal: usize,
    steps: usize,
    random: &mut Random,
    control: &Control,
) {
    let mut search = Search { price: prices(state.model), ejected: Vec::new() };
    let mut left: Vec<usize> = waiting(state);
    let mut best = state.places.clone();
    let mut most = state.placed;
    for step in 0..steps {
        if left.is_empty() || most >= goal {
            break;
        }
        if step % 8 == 0 {
            control.tell(Stage::Placing, most, goal);
            if control.must_stop() {
                break;
            }
        }
        let job = left.swap_remove(random.below(left.len()));
        let Some(place) = search.cheapest(state, job, random) else {
            left.push(job);
            search.price[job] += 1;
            continue;
        };
        let displaced = std::mem::take(&mut search.ejected);
        if !displaced.is_empty() {
            search.price[job] += state.model.jobs[job].weight() as u64;
        }
        for &other in &displaced {
            state.take(other);
            left.push(other);
        }
        state.put(job, place);
        if state.placed > most {
            most = state.placed;
            best.clone_from(&state.places);
        }
    }
    if state.placed < most {
        *state = State::of(state.model, &best);
    }
}

/// Jobs that have a start and no place.
pub(crate) fn waiting(state: &State) -> Vec<usize> {
    (0..state.places.len())
        .filter(|&j| state.places[j].is_none() && !state.model.jobs[j].starts.is_empty())
        .collect()
}

fn prices(model: &Model) -> Vec<u64> {
    model.jobs.iter().map(|job| if job.pinned { PINNED } else { job.weight() as u64 }).collect()
}

struct Search {
    price: Vec<u64>,
    /// What the place found last displaces.
    ejected: Vec<usize>,
}

impl Search {
    /// The place that displaces the least; ties are drawn.
    fn cheapest(&mut self, state: &State, job: usize, random: &mut Random) -> Option<Place> {
        let mut best: Option<(u64, Place, Vec<usize>)> = None;
        let mut ties = 1;
        for start in 0..state.model.jobs[job].starts.len() {
            let limit = best.as_ref().map_or(u64::MAX, |b| b.0);
            let Some((cost, place, ejected)) = self.at(state, job, start, limit, random) else { continue };
            if cost == limit {
                ties += 1;
                if random.below(ties) != 0 {
                    continue;
                }
            } else {
                ties = 1;
            }
            best = Some((cost, place, ejected));
        }
        let (cost, place, ejected) = best?;
        self.ejected = ejected;
        // What is pinned gives way to nothing but what is pinned as well.
        let allowed = if state.model.jobs[job].pinned { IMPOSSIBLE } else { PINNED };
        (cost < allowed).then_some(place)
    }

    /// The cheapest way to begin at one start, if it costs no more than `limit`.
    fn at(
        &self,
        state: &State,
        job: usize,
        start: usize,
        limit: u64,
        random: &mut Random,
    ) -> Option<(u64, Place, Vec<usize>)> {
        let model = state.model;
        let this = &model.jobs[job];
        let option = &this.starts[start];
        let (slot, end) = (option.slot, option.slot + this.len);
        let mut out: Vec<usize> = Vec::new();
        let mut cost = 0;
        for a in &this.fixed {
            cost += self.displace(state, a.person, slot + a.from, slot + a.to, a.load, &mut out);
            if cost > limit {
                return None;
            }
        }
        let mut panel = Vec::with_capacity(option.seats.len());
        for (seat, free) in option.seats.iter().enumerate() {
            let mut choice: Option<(u64, usize, Vec<usize>)> = None;
            let first = if free.is_empty() { 0 } else { random.below(free.len()) };
            for k in 0..free.len() {
                let i = free[(first + k) % free.len()];
                let person = this.seats[seat][i].0;
                if taken(this, &panel, person) {
                    continue;
                }
                let mut more = out.clone();
                let price = self.displace(state, person, slot, end, this.weight(), &mut more);
                if choice.as_ref().is_none_or(|c| price < c.0) {
                    choice = Some((price, i, more));
                    if price == 0 {
                        break;
                    }
                }
            }
            let (price, i, more) = choice?;
            cost += price;
            out = more;
            panel.push(i);
            if cost > limit {
                return None;
            }
        }
        let mut choice: Option<(u64, usize, Vec<usize>)> = None;
        let first = random.below(option.rooms.len());
        for k in 0..option.rooms.len() {
            let room = option.rooms[(first + k) % option.rooms.len()];
            let mut more = Vec::new();
            let mut price = 0;
            for at in model.busy(slot, end) {
                price += self.add(state.room_at(room, at), &out, &mut more);
            }
            if choice.as_ref().is_none_or(|c| price < c.0) {
                choice = Some((price, room, more));
                if price == 0 {
                    break;
                }
            }
        }
        let (price, room, more) = choice?;
        cost += price;
        out.extend(more);
        (cost <= limit).then_some((cost, Place { start, room, panel }, out))
    }

    fn add(&self, other: u32, known: &[usize], out: &mut Vec<usize>) -> u64 {
        let index = other as usize;
        if other == FREE || known.contains(&index) || out.contains(&index) {
            return 0;
        }
        out.push(index);
        self.price[index]
    }

    /// Frees somebody's time, and their hands if they would have too much to do.
    fn displace(
        &self,
        state: &State,
        person: usize,
        from: usize,
        to: usize,
        load: usize,
        out: &mut Vec<usize>,
    ) -> u64 {
        let model = state.model;
        let mut cost = 0;
        for at in model.busy(from, to) {
            cost += self.add(state.person_at(person, at), &[], out);
        }
        let day = model.day_of[from];
        if state.over_total(person, load) {
            cost += self.lighten(
                state,
                person,
                0..model.slots,
                model.max_total[person],
                state.load[person] + load,
                out,
            );
        }
        if state.over_day(person, day, load) {
            let (days, most) = (model.days[day].clone(), model.max_day[person]);
            let now: usize = work(state, person, days.clone()).iter().map(|w| w.1).sum();
            cost += self.lighten(state, person, days, most, now + load, out);
        }
        cost
    }

    fn lighten(
        &self,
        state: &State,
        person: usize,
        slots: std::ops::Range<usize>,
        most: usize,
        mut load: usize,
        out: &mut Vec<usize>,
    ) -> u64 {
        let mut list = work(state, person, slots);
        list.sort_by_key(|&(job, _)| (!out.contains(&job), self.price[job], job));
        let mut cost = 0;
        for (job, share) in list {
            if load <= most {
                return cost;
            }
            load -= share;
            cost += self.add(job as u32, &[], out);
        }
        if load <= most { cost } else { IMPOSSIBLE }
    }
}

fn taken(job: &super::model::Job, panel: &[usize], person: usize) -> bool {
    panel.iter().zip(&job.seats).any(|(&i, seat)| seat[i].0 == person)
}

/// The jobs somebody attends within some slots, with the defences of each.
fn work(state: &State, person: usize, slots: std::ops::Range<usize>) -> Vec<(usize, usize)> {
    let mut list: Vec<(usize, usize)> = Vec::new();
    for at in slots {
        let job = state.person_at(person, at);
        if job != FREE && list.last().is_none_or(|last| last.0 != job as usize) {
            let of = &state.model.jobs[job as usize];
            let share = of.fixed.iter().find(|a| a.person == person).map_or(of.weight(), |a| a.load);
            list.push((job as usize, share));
        }
    }
    list
}
