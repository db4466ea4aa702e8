//! Improving the objectives in their order while as many defences stay placed: simulated annealing over
//! moves that keep every hard rule, remembering the best by comparison in order.

use super::cost::{Costs, OBJECTIVES, Pricing};
use super::state::{FREE, Place, State};
use crate::control::{Control, Stage};
use crate::random::Random;
use crate::timetable::instance::Objective;

/// One descent: how each objective counts, from which temperature to which, in how many steps.
pub(crate) struct Descent {
    pub(crate) weights: [f64; OBJECTIVES],
    pub(crate) hot: f64,
    pub(crate) cold: f64,
    pub(crate) steps: usize,
    /// Share of the time limit by which it must have ended.
    pub(crate) until: f64,
}

pub(crate) struct Annealing<'m, 'c> {
    pub(crate) state: State<'m>,
    pricing: &'c Pricing,
    costs: Costs,
    order: Vec<usize>,
    best: Vec<Option<Place>>,
    best_costs: Costs,
    most: usize,
    /// By job and slot: index of the start, or none.
    start_at: Vec<Vec<u32>>,
    /// By person: the jobs they attend or could.
    jobs_of: Vec<Vec<usize>>,
    movable: Vec<usize>,
    has_seats: bool,
    undo: Vec<(usize, Option<Place>)>,
    days: Vec<(usize, usize)>,
}

impl<'m, 'c> Annealing<'m, 'c> {
    pub(crate) fn new(state: State<'m>, pricing: &'c Pricing) -> Self {
        let model = state.model;
        let costs = pricing.total(&state);
        let all = Objective::all();
        let order = model
            .instance
            .objectives
            .iter()
            .filter(|&&o| o != Objective::Changes || !model.instance.present.is_empty())
            .filter_map(|o| all.iter().position(|a| a == o))
            .collect();
        let mut jobs_of = vec![Vec::new(); model.people];
        let mut start_at = Vec::new();
        for (index, job) in model.jobs.iter().enumerate() {
            let mut at = vec![FREE; model.slots];
            for (i, start) in job.starts.iter().enumerate() {
                at[start.slot] = i as u32;
            }
            start_at.push(at);
            if job.starts.is_empty() {
                continue;
            }
            let mut people: Vec<usize> =
                job.fixed.iter().map(|a| a.person).chain(job.seats.iter().flatten().map(|c| c.0)).collect();
            people.sort_unstable();
            people.dedup();
            for person in people {
                jobs_of[person].push(index);
            }
        }
        Self {
            best: state.places.clone(),
            best_costs: costs,
            most: state.placed,
            costs,
            order,
            start_at,
            jobs_of,
            movable: (0..model.jobs.len()).filter(|&j| !model.jobs[j].starts.is_empty()).collect(),
            has_seats: model.jobs.iter().any(|j| j.seats.iter().any(|s| s.len() > 1)),
            undo: Vec::new(),
            days: Vec::new(),
            pricing,
            state,
        }
    }

    /// The objectives that count, as indices of [`Objective::all`].
    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    /// Goes on from the best.
    pub(crate) fn return_to_best(&mut self) {
        self.state = State::of(self.state.model, &self.best);
        self.costs = self.best_costs;
    }

    pub(crate) fn into_best(self) -> State<'m> {
        State::of(self.state.model, &self.best)
    }

    /// One descent from where things are.
    pub(crate) fn descend(&mut self, descent: &Descent, random: &mut Random, control: &Control) {
        if self.movable.is_empty() {
            return;
        }
        let cooling = (descent.cold / descent.hot).ln();
        let mut heat = descent.hot;
        let begun = control.elapsed();
        for step in 0..descent.steps {
            if step % 128 == 0 {
                let share = control.share_of_search(step, descent.steps, begun, descent.until);
                heat = descent.hot * (cooling * share).exp();
                if control.is_past(descent.until) {
                    return;
                }
                if step % 65_536 == 0 {
                    control.tell(Stage::Improving, self.most, self.most);
                }
            }
            self.step(&descent.weights, heat, random);
        }
    }

    fn step(&mut self, weights: &[f64; OBJECTIVES], heat: f64, random: &mut Random) {
        let Some((job, place)) = self.propose(random) else { return };
        if self.state.places[job].as_ref() == Some(&place) {
            return;
        }
        let placed = self.state.placed;
        let before = self.costs;
        self.undo.clear();
        if !self.attempt(job, place, random) {
            self.revert();
            return;
        }
        // Both sides of the difference are taken over what was touched.
        let after_places: Vec<(usize, Option<Place>)> =
            self.undo.iter().map(|(j, _)| (*j, self.state.places[*j].clone())).collect();
        self.touched_days(&after_places);
        let jobs: Vec<usize> = after_places.iter().map(|a| a.0).collect();
        let mut costs = before;
        self.pricing.touched(&self.state, &self.days, &jobs, &mut costs, 1);
        self.revert();
        self.pricing.touched(&self.state, &self.days, &jobs, &mut costs, -1);
        let worse: f64 = self.order.iter().map(|&o| weights[o] * (costs[o] - before[o]) as f64).sum();
        if worse > 0.0 && random.unit() >= (-worse / heat).exp() {
            return;
        }
        for (job, _) in &after_places {
            self.state.take(*job);
        }
        for (job, place) in after_places {
            if let Some(place) = place {
                self.state.put(job, place);
            }
        }
        self.costs = costs;
        debug_assert!(self.state.placed >= placed);
        if self.is_better() {
            self.most = self.state.placed;
            self.best_costs = self.costs;
            self.best.clone_from(&self.state.places);
        }
    }

    fn is_better(&self) -> bool {
        if self.state.placed != self.most {
            return self.state.placed > self.most;
        }
        self.order
            .iter()
            .map(|&o| self.costs[o].cmp(&self.best_costs[o]))
            .find(|c| c.is_ne())
            .is_some_and(std::cmp::Ordering::is_lt)
    }

    fn revert(&mut self) {
        for (job, _) in &self.undo {
            self.state.take(*job);
        }
        for (job, place) in &self.undo {
            if let Some(place) = place {
                self.state.put(*job, place.clone());
            }
        }
    }

    fn touched_days(&mut self, after: &[(usize, Option<Place>)]) {
        let model = self.state.model;
        self.days.clear();
        for (job, place) in self.undo.iter().chain(after) {
            if let Some(place) = place {
                let day = model.day_of[model.jobs[*job].starts[place.start].slot];
                self.days.extend(State::attendees(model, *job, place).map(|a| (a.0, day)));
            }
        }
        self.days.sort_unstable();
        self.days.dedup();
    }

    fn lift(&mut self, job: usize) -> Option<Place> {
        let was = self.state.take(job);
        if !self.undo.iter().any(|(j, _)| *j == job) {
            self.undo.push((job, was.clone()));
        }
        was
    }

    /// Puts a job at a place, moving the one job that may be in its way.
    fn attempt(&mut self, job: usize, place: Place, random: &mut Random) -> bool {
        let old = self.lift(job);
        if self.state.fits(job, &place) {
            self.state.put(job, place);
            return true;
        }
        let Some(other) = self.only_blocker(job, &place) else { return false };
        let model = self.state.model;
        let Some(theirs) = self.lift(other) else { return false };
        if !self.state.fits(job, &place) {
            return false;
        }
        let slot = old.as_ref().map(|p| model.jobs[job].starts[p.start].slot);
        let room = old.as_ref().map(|p| p.room);
        let is_new = old.is_none();
        self.state.put(job, place);
        if let (Some(slot), Some(room)) = (slot, room)
            && let Some(there) = self.place_at(other, slot, Some(room), Some(&theirs.panel), random)
            && self.state.fits(other, &there)
        {
            self.state.put(other, there);
            return true;
        }
        for _ in 0..3 {
            if let Some(there) = self.anywhere(other, Some(&theirs), random)
                && self.state.fits(other, &there)
            {
                self.state.put(other, there);
                return true;
            }
        }
        is_new && !model.jobs[other].pinned && model.jobs[job].weight() >= model.jobs[other].weight()
    }

    fn only_blocker(&self, job: usize, place: &Place) -> Option<usize> {
        let model = self.state.model;
        let this = &model.jobs[job];
        let slot = this.starts[place.start].slot;
        let mut found = None;
        for at in model.busy(slot, slot + this.len) {
            let cell = self.state.room_at(place.room, at);
            if cell != FREE && *found.get_or_insert(cell) != cell {
                return None;
            }
        }
        for (person, from, to, _) in State::attendees(model, job, place) {
            for at in model.busy(from, to) {
                let cell = self.state.person_at(person, at);
                if cell != FREE && *found.get_or_insert(cell) != cell {
                    return None;
                }
            }
        }
        found.map(|cell| cell as usize)
    }

    fn propose(&self, random: &mut Random) -> Option<(usize, Place)> {
        let job = *random.pick(&self.movable);
        let old = self.state.places[job].as_ref();
        let draw = random.unit();
        if old.is_none() || draw < 0.3 {
            return Some((job, self.anywhere(job, old, random)?));
        }
        if draw < 0.6 {
            return self.beside(job, random);
        }
        let old = old?;
        let this = &self.state.model.jobs[job];
        let option = &this.starts[old.start];
        if self.has_seats && draw < 0.85 {
            let seat = random.below(this.seats.len().max(1));
            let free = option.seats.get(seat)?;
            let mut place = old.clone();
            place.panel[seat] = *random.pick(free);
            return self.is_spread(job, &place.panel).then_some((job, place));
        }
        if draw < 0.9 {
            return Some((job, Place { room: *random.pick(&option.rooms), ..old.clone() }));
        }
        let other = *random.pick(&self.movable);
        let slot = self.state.slot(other)?;
        let room = self.state.places[other].as_ref()?.room;
        Some((job, self.place_at(job, slot, Some(room), Some(&old.panel), random)?))
    }

    /// Right before or after another defence of one of its people, in the same room.
    fn beside(&self, job: usize, random: &mut Random) -> Option<(usize, Place)> {
        let model = self.state.model;
        let place = self.state.places[job].as_ref()?;
        let count = model.jobs[job].fixed.len() + place.panel.len();
        let (person, ..) = State::attendees(model, job, place).nth(random.below(count.max(1)))?;
        let other = *random.pick(&self.jobs_of[person]);
        if other == job {
            return None;
        }
        let slot = model.jobs[job].starts[place.start].slot;
        let after = slot + model.jobs[job].len + model.gap;
        let target =
            if random.chance(0.5) { after } else { slot.checked_sub(model.jobs[other].len + model.gap)? };
        let old = self.state.places[other].as_ref().map(|p| p.panel.as_slice());
        let mut there = self.place_at(other, target, Some(place.room), old, random)?;
        let this = &model.jobs[other];
        for (seat, free) in this.starts[there.start].seats.iter().enumerate() {
            if let Some(&i) = free.iter().find(|&&i| this.seats[seat][i].0 == person)
                && random.chance(0.5)
            {
                let mut panel = there.panel.clone();
                panel[seat] = i;
                if self.is_spread(other, &panel) {
                    there.panel = panel;
                    break;
                }
            }
        }
        Some((other, there))
    }

    fn anywhere(&self, job: usize, old: Option<&Place>, random: &mut Random) -> Option<Place> {
        let start = random.pick(&self.state.model.jobs[job].starts);
        let keep = old.filter(|_| random.chance(0.5)).map(|old| old.room);
        self.place_at(job, start.slot, keep, old.map(|p| p.panel.as_slice()), random)
    }

    /// A place at that slot: that room if it suits, those people where they are free.
    fn place_at(
        &self,
        job: usize,
        slot: usize,
        room: Option<usize>,
        panel: Option<&[usize]>,
        random: &mut Random,
    ) -> Option<Place> {
        let this = &self.state.model.jobs[job];
        let start = *self.start_at[job].get(slot)?;
        if start == FREE {
            return None;
        }
        let option = &this.starts[start as usize];
        let room =
            room.filter(|room| option.rooms.contains(room)).unwrap_or_else(|| *random.pick(&option.rooms));
        let mut seated: Vec<usize> = Vec::with_capacity(this.seats.len());
        for (seat, free) in option.seats.iter().enumerate() {
            let kept = panel.and_then(|p| p.get(seat)).copied().filter(|i| free.contains(i));
            let choice = kept.unwrap_or_else(|| *random.pick(free));
            seated.push(choice);
        }
        self.is_spread(job, &seated).then_some(Place { start: start as usize, room, panel: seated })
    }

    /// Nobody in two seats.
    fn is_spread(&self, job: usize, panel: &[usize]) -> bool {
        let seats = &self.state.model.jobs[job].seats;
        panel.iter().enumerate().all(|(a, &i)| (0..a).all(|b| seats[b][panel[b]].0 != seats[a][i].0))
    }
}

/// How much more each objective counts than the next while searching; the best is kept by strict order.
const RATIO: f64 = 4.0;
/// The first temperature, in units of the first objective.
const HOT: f64 = 2.0;
/// Descents, each from the best so far.
const ROUNDS: usize = 4;

/// Improves `state` in the order of its objectives, in about `steps` moves.
pub(crate) fn improve<'m>(
    state: State<'m>,
    pricing: &Pricing,
    steps: usize,
    random: &mut Random,
    control: &Control,
) -> State<'m> {
    let mut annealing = Annealing::new(state, pricing);
    let order = annealing.order().to_vec();
    if order.is_empty() {
        return annealing.into_best();
    }
    let begun = control.elapsed().as_secs_f64() / control.time_limit.as_secs_f64().max(1e-9);
    for round in 0..ROUNDS {
        let mut weights = [0.0; OBJECTIVES];
        for (at, &o) in order.iter().enumerate() {
            weights[o] = RATIO.powi(-(at as i32));
        }
        let cold = 0.2 * RATIO.powi(-(order.len().min(6) as i32 - 1));
        let hot = if round == 0 { HOT } else { HOT / 2.0 };
        let part = (round + 1) as f64 / ROUNDS as f64;
        let until = begun + (super::IMPROVE_UNTIL - begun).max(0.0) * part;
        let descent = Descent { weights, hot, cold, steps: steps / ROUNDS, until };
        annealing.descend(&descent, random, control);
        if control.is_past(super::IMPROVE_UNTIL) {
            break;
        }
        annealing.return_to_best();
    }
    annealing.into_best()
}
