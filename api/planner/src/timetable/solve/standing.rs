//! Standing committees: the defences a committee judges on one day are one run in one room.
//!
//! Runs are built day by day as long as possible; committees are taken out again a few at a time and
//! rebuilt, keeping what is not worse. The bound comes from an integer program over starts.

use super::cost::Pricing;
use super::model::Model;
use super::state::{Place, State};
use crate::control::{Control, Stage};
use crate::id::CommitteeId;
use crate::linear::Program;
use crate::random::Random;
use crate::timetable::instance::Objective;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Starts and rooms tried per second, as a third of what one core does.
const TRIES_PER_SECOND: f64 = 3_000_000.0;

/// Rebuilding more often has gained nothing on any instance tried.
const STEPS_PER_JOB: usize = 1_500;

/// Jobs of one committee that follow each other, with their places.
type Run = Vec<(usize, Place)>;

pub(crate) struct Sessions<'m> {
    pub(crate) model: &'m Model<'m>,
    /// Jobs of each committee.
    pub(crate) jobs: Vec<Vec<usize>>,
}

impl<'m> Sessions<'m> {
    pub(crate) fn of(model: &'m Model<'m>) -> Self {
        let mut groups: BTreeMap<&CommitteeId, Vec<usize>> = BTreeMap::new();
        for (index, job) in model.jobs.iter().enumerate() {
            if let Some(committee) = &model.instance.defences[job.defences[0]].committee {
                groups.entry(committee).or_default().push(index);
            }
        }
        Self { model, jobs: groups.into_values().collect() }
    }

    /// The slot at which the next defence of a run would begin.
    fn next(&self, end: usize) -> Option<usize> {
        let model = self.model;
        let day = &model.days[model.day_of[end - 1]];
        (end + model.gap..day.end).find(|&slot| !model.closed[slot])
    }

    /// The longest run that begins here, most constrained jobs first.
    fn run(
        &self,
        state: &mut State,
        waiting: &[usize],
        slot: usize,
        room: usize,
        random: &mut Random,
    ) -> Vec<usize> {
        let model = self.model;
        let mut left = waiting.to_vec();
        let mut run = Vec::new();
        let mut at = Some(slot);
        while let Some(slot) = at {
            at = None;
            random.shuffle(&mut left);
            left.sort_by_key(|&j| model.jobs[j].starts.len());
            for k in 0..left.len() {
                let job = left[k];
                if let Some(place) = self.place(state, job, slot, room) {
                    state.put(job, place);
                    run.push(job);
                    left.remove(k);
                    at = self.next(slot + model.jobs[job].len);
                    break;
                }
            }
        }
        run
    }

    /// The job at that start and room, its seats given to whoever is free and cheapest.
    fn place(&self, state: &State, job: usize, slot: usize, room: usize) -> Option<Place> {
        let this = &self.model.jobs[job];
        let start = this.starts.binary_search_by_key(&slot, |s| s.slot).ok()?;
        let option = &this.starts[start];
        if !option.rooms.contains(&room) || !state.room_is_free(room, slot, slot + this.len) {
            return None;
        }
        let can = |p: usize, from: usize, to: usize, load: usize| state.person_can(p, from, to, load);
        if !this.fixed.iter().all(|a| can(a.person, slot + a.from, slot + a.to, a.load)) {
            return None;
        }
        let mut panel: Vec<usize> = Vec::new();
        for (seat, free) in option.seats.iter().enumerate() {
            let choice = free.iter().copied().filter(|&i| {
                let person = this.seats[seat][i].0;
                !panel.iter().zip(&this.seats).any(|(&k, s)| s[k].0 == person)
                    && can(person, slot, slot + this.len, this.weight())
            });
            panel.push(choice.min_by_key(|&i| (this.seats[seat][i].1, i))?);
        }
        Some(Place { start, room, panel })
    }

    fn day(&self, state: &State, job: usize) -> Option<usize> {
        state.slot(job).map(|slot| self.model.day_of[slot])
    }

    /// Whether what a committee judges on a day follows each other in one room.
    fn is_one_run(&self, state: &State, committee: usize, day: usize) -> bool {
        let mut list: Vec<(usize, usize)> = self.jobs[committee]
            .iter()
            .filter(|&&j| self.day(state, j) == Some(day))
            .filter_map(|&j| Some((state.slot(j)?, j)))
            .collect();
        list.sort_unstable();
        let room = |job: usize| state.places[job].as_ref().map(|place| place.room);
        list.windows(2).all(|pair| {
            self.next(pair[0].0 + self.model.jobs[pair[0].1].len) == Some(pair[1].0)
                && room(pair[0].1) == room(pair[1].1)
        })
    }

    fn are_runs(&self, state: &State) -> bool {
        (0..self.jobs.len())
            .all(|committee| (0..self.model.days.len()).all(|day| self.is_one_run(state, committee, day)))
    }

    /// Places what it can of one committee, run by run.
    fn build(&self, state: &mut State, committee: usize, random: &mut Random) {
        let model = self.model;
        let used = |state: &State, day: usize| {
            let place = |&j: &usize| state.places[j].as_ref().filter(|_| self.day(state, j) == Some(day));
            self.jobs[committee].iter().find_map(place).map(|place| place.room)
        };
        loop {
            let waiting: Vec<usize> =
                self.jobs[committee].iter().copied().filter(|&j| state.places[j].is_none()).collect();
            let mut best: Option<((usize, u64), Run)> = None;
            if waiting.is_empty() {
                return;
            }
            for day in 0..model.days.len() {
                // A run that is there already, because of a pin or of the plan in force, may be continued.
                let rooms = match used(state, day) {
                    Some(room) => room..room + 1,
                    None => 0..model.rooms,
                };
                for slot in model.days[day].clone() {
                    for room in rooms.clone() {
                        if random.chance(0.5) && best.is_some() {
                            continue;
                        }
                        let run = self.run(state, &waiting, slot, room, random);
                        let whole = used(state, day).is_none() || self.is_one_run(state, committee, day);
                        let placed: usize =
                            if whole { run.iter().map(|&j| model.jobs[j].weight()).sum() } else { 0 };
                        let places: Run =
                            run.into_iter().filter_map(|job| Some((job, state.take(job)?))).collect();
                        let score = (placed, random.bits());
                        if placed > 0 && best.as_ref().is_none_or(|b| score > b.0) {
                            best = Some((score, places));
                        }
                    }
                }
            }
            let Some((_, places)) = best else { return };
            for (job, place) in places {
                state.put(job, place);
            }
        }
    }
}

/// A timetable for standing committees and the bound on what any could place.
pub(crate) fn place<'m>(
    model: &'m Model<'m>,
    pricing: &Pricing,
    random: &mut Random,
    control: &Control,
) -> (State<'m>, usize) {
    let sessions = Sessions::of(model);
    let mut state = State::new(model);
    start_from_present(&sessions, pricing, &mut state);
    let goal = model.placeable();
    let mut order: Vec<usize> = (0..sessions.jobs.len()).collect();
    order.sort_by_key(|&c| sessions.jobs[c].iter().map(|&j| model.jobs[j].starts.len()).sum::<usize>());
    for committee in order {
        sessions.build(&mut state, committee, random);
    }
    let mut costs = pricing.total(&state);
    let objectives = order_of(model);
    let has_pins = model.jobs.iter().any(|job| job.pinned);
    let steps = steps(&sessions, control);
    let mut bound = goal;
    let mut is_bounded = state.placed == goal && !state.lacks_a_pin();
    for step in 0..steps {
        control.tell(Stage::Placing, state.placed, bound);
        if control.is_past(super::IMPROVE_UNTIL) {
            break;
        }
        if !is_bounded && step == steps / 4 {
            let before = state.placed;
            bound = bounded(&sessions, &mut state, goal, control);
            is_bounded = true;
            if state.placed != before {
                costs = pricing.total(&state);
            }
        }
        let mut next = state.clone();
        for _ in 0..1 + random.below(3) {
            for &job in random.pick(&sessions.jobs) {
                if !model.jobs[job].pinned {
                    next.take(job);
                }
            }
        }
        let mut order: Vec<usize> = (0..sessions.jobs.len()).collect();
        random.shuffle(&mut order);
        for committee in order {
            rebuild(&sessions, &mut next, committee, random);
        }
        let after = pricing.total(&next);
        // Without what stood between them, two pins may be apart.
        if has_pins && !sessions.are_runs(&next) {
            continue;
        }
        let worse = || objectives.iter().map(|&o| after[o].cmp(&costs[o])).find(|c| c.is_ne());
        if next.placed > state.placed
            || next.placed == state.placed && worse().is_none_or(std::cmp::Ordering::is_lt)
        {
            state = next;
            costs = after;
        }
    }
    if !is_bounded {
        bound = bounded(&sessions, &mut state, goal, control);
    }
    (state, bound)
}

/// Rebuilding costs about as much as there are starts and rooms to try.
fn steps(sessions: &Sessions, control: &Control) -> usize {
    let model = sessions.model;
    let share = model.jobs.len().div_ceil(sessions.jobs.len().max(1));
    let tries = (2 * share * model.slots * model.rooms).max(1);
    let most = STEPS_PER_JOB * model.jobs.len();
    ((TRIES_PER_SECOND * control.effort.as_secs_f64()) as usize / tries).clamp(40, most.max(40))
}

/// Where a committee sits on the day of a slot, and whether a job there would continue its run.
pub(crate) fn continues(state: &State, job: usize, slot: usize) -> Option<(usize, bool)> {
    let model = state.model;
    let sessions = Sessions::of(model);
    let jobs = sessions.jobs.into_iter().find(|jobs| jobs.contains(&job))?;
    let day = &model.days[model.day_of[slot]];
    let mut run: Vec<(usize, usize, usize)> = jobs
        .into_iter()
        .filter_map(|j| Some((state.slot(j)?, j, state.places[j].as_ref()?.room)))
        .filter(|(at, ..)| day.contains(at))
        .collect();
    run.sort_unstable();
    let (&(first, _, room), &(last, of, _)) = (run.first()?, run.last()?);
    let next = |end: usize| (end + model.gap..day.end).find(|&slot| !model.closed[slot]);
    let fits =
        next(last + model.jobs[of].len) == Some(slot) || next(slot + model.jobs[job].len) == Some(first);
    Some((room, fits))
}

/// The bound of the integer program, whose answer is taken over when it places more or keeps a pin.
fn bounded<'m>(sessions: &Sessions<'m>, state: &mut State<'m>, goal: usize, control: &Control) -> usize {
    let all: Vec<usize> = (0..sessions.model.jobs.len()).collect();
    let Some(answer) = most(sessions, &all, control.left().mul_f64(0.5), control) else { return goal };
    let next = carried_out(sessions, &answer.runs);
    let keeps = state.lacks_a_pin() && !next.lacks_a_pin();
    if keeps || next.placed > state.placed && !next.lacks_a_pin() {
        *state = next;
    }
    answer.bound.clamp(state.placed, goal.max(state.placed))
}

/// The answer of the program with rooms and people given to its runs, as far as there are any.
fn carried_out<'m>(sessions: &Sessions<'m>, runs: &[Vec<(usize, usize)>]) -> State<'m> {
    let model = sessions.model;
    let mut state = State::new(model);
    for run in runs {
        let fits = |room: usize| {
            let mut next = state.clone();
            for &(job, slot) in run {
                next.put(job, sessions.place(&next, job, slot, room)?);
            }
            Some(next)
        };
        if let Some(next) = (0..model.rooms).find_map(fits) {
            state = next;
        }
    }
    state
}

/// Rebuilds a committee that was taken out; one that is partly in place only gains whole days.
fn rebuild(sessions: &Sessions, state: &mut State, committee: usize, random: &mut Random) {
    if sessions.jobs[committee].iter().any(|&j| state.places[j].is_none()) {
        sessions.build(state, committee, random);
    }
}

fn start_from_present(sessions: &Sessions, pricing: &Pricing, state: &mut State) {
    let model = sessions.model;
    let pinned = |j: &usize| model.jobs[*j].pinned;
    for jobs in &sessions.jobs {
        let mut places: Vec<(usize, Place)> = Vec::new();
        for &job in jobs {
            let there = pricing.present_place(model, job).or_else(|| {
                let option = model.jobs[job].starts.first().filter(|_| pinned(&job))?;
                sessions.place(state, job, option.slot, *option.rooms.first()?)
            });
            places.extend(there.map(|place| (job, place)));
        }
        places.sort_by_key(|(job, place)| model.jobs[*job].starts[place.start].slot);
        for (job, place) in places {
            if state.fits(job, &place) && follows(sessions, state, jobs, job, &place) {
                state.put(job, place);
            }
        }
    }
}

/// Whether a job continues the run of its committee on that day, or begins it.
fn follows(sessions: &Sessions, state: &State, jobs: &[usize], job: usize, place: &Place) -> bool {
    let model = sessions.model;
    let slot = model.jobs[job].starts[place.start].slot;
    let day = model.day_of[slot];
    let last =
        jobs.iter().filter_map(|&j| Some((state.slot(j)?, j))).filter(|(s, _)| model.day_of[*s] == day).max();
    last.is_none_or(|(s, j)| {
        sessions.next(s + model.jobs[j].len) == Some(slot)
            && state.places[j].as_ref().is_some_and(|p| p.room == place.room)
    })
}

fn order_of(model: &Model) -> Vec<usize> {
    let all = Objective::all();
    let counts = |o: &&Objective| **o != Objective::Changes || !model.instance.present.is_empty();
    model.instance.objectives.iter().filter(counts).filter_map(|o| all.iter().position(|a| a == o)).collect()
}

/// What the integer program knows.
pub(crate) struct Most {
    /// No more of these defences can be placed.
    pub(crate) bound: usize,
    /// Whether the program was solved to its end, and the runs place as many as the bound.
    pub(crate) exact: bool,
    /// Jobs and their slots, run by run, earlier ones first.
    runs: Vec<Vec<(usize, usize)>>,
}

/// The most of some jobs: an integer program in which runs need no room of their own but rooms are
/// counted, and jobs with the same people and starts are one kind. `None` when it would be too large.
pub(crate) fn most(sessions: &Sessions, jobs: &[usize], limit: Duration, control: &Control) -> Option<Most> {
    let model = sessions.model;
    let all_jobs: BTreeSet<usize> = jobs.iter().copied().collect();
    let mut choices: Vec<Choice> = Vec::new();
    let mut program = Program::new();
    let mut rooms: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut people: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (committee, jobs) in sessions.jobs.iter().enumerate() {
        let mut kinds: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for &job in jobs.iter().filter(|job| all_jobs.contains(job)) {
            let this = &model.jobs[job];
            let mut key: Vec<usize> = this.starts.iter().map(|s| s.slot).collect();
            key.push(usize::MAX);
            key.extend(this.fixed.iter().map(|a| a.person));
            key.extend([usize::MAX, this.len, this.weight(), usize::from(this.pinned)]);
            key.extend(this.seats.iter().flat_map(|seat| seat.iter().map(|c| c.0)));
            kinds.entry(key).or_default().push(job);
        }
        // By slot at which a run could be continued: the variables that end there.
        let mut ends: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut begins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut here: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for alike in kinds.values() {
            let job = &model.jobs[alike[0]];
            let mut all = Vec::new();
            for option in &job.starts {
                let on = program.choice(job.weight() as f64);
                all.push(on);
                choices.push(Choice { on, committee, slot: option.slot, alike: alike.clone() });
                begins.entry(option.slot).or_default().push(on);
                if let Some(next) = sessions.next(option.slot + job.len) {
                    ends.entry(next).or_default().push(on);
                }
                for at in model.busy(option.slot, option.slot + job.len) {
                    here.entry(at).or_default().push(on);
                    rooms.entry(at).or_default().push(on);
                    let only = option.seats.iter().zip(&job.seats).filter(|(free, _)| free.len() == 1);
                    for person in job.fixed.iter().map(|a| a.person).chain(only.map(|(f, s)| s[f[0]].0)) {
                        people.entry((person, at)).or_default().push(on);
                    }
                }
            }
            if job.pinned {
                let row: Vec<(usize, f64)> = all.iter().map(|&v| (v, 1.0)).collect();
                program.weighted_at_least(&row, alike.len() as f64);
            }
            program.at_most(all, alike.len());
        }
        for list in here.into_values() {
            program.at_most(list, 1);
        }
        let mut openings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (slot, variables) in begins {
            let opening = program.choice(0.0);
            openings.entry(model.day_of[slot]).or_default().push(opening);
            let mut row: Vec<(usize, f64)> = variables.iter().map(|&v| (v, 1.0)).collect();
            row.push((opening, -1.0));
            row.extend(ends.get(&slot).into_iter().flatten().map(|&v| (v, -1.0)));
            program.weighted_at_most(&row, 0.0);
        }
        for list in openings.into_values() {
            program.at_most(list, 1);
        }
    }
    for (at, list) in rooms {
        program.at_most(list, (0..model.rooms).filter(|&r| model.room_open[r][at] || model.gap > 0).count());
    }
    for list in people.into_values() {
        program.at_most(list, 1);
    }
    if program.size() > 60_000 {
        return None;
    }
    let outcome = program.solve(-1.0, limit, control);
    let weight: usize = jobs.iter().map(|&j| model.jobs[j].weight()).sum();
    let bound = if outcome.bound.is_finite() { (outcome.bound + 1e-5).floor() as usize } else { weight };
    let runs = outcome.values.map_or_else(Vec::new, |on| read(sessions, &choices, &on));
    let placed: usize = runs.iter().flatten().map(|&(j, _)| model.jobs[j].weight()).sum();
    Some(Most { bound: bound.min(weight), exact: outcome.exact && placed >= bound.min(weight), runs })
}

struct Choice {
    on: usize,
    committee: usize,
    slot: usize,
    alike: Vec<usize>,
}

/// The runs of an answer: which of the jobs that are alike takes which place does not matter.
fn read(sessions: &Sessions, choices: &[Choice], on: &[bool]) -> Vec<Vec<(usize, usize)>> {
    let model = sessions.model;
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut runs: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for choice in choices.iter().filter(|c| on[c.on]) {
        if let Some(&job) = choice.alike.iter().find(|j| !taken.contains(j)) {
            taken.insert(job);
            let day = model.day_of[choice.slot];
            runs.entry((day, choice.committee)).or_default().push((job, choice.slot));
        }
    }
    let mut runs: Vec<_> = runs.into_values().collect();
    for run in &mut runs {
        run.sort_by_key(|&(_, slot)| slot);
    }
    // Spans given rooms in order of their beginning never need more rooms than are in use at once.
    runs.sort_by_key(|run| run.first().map(|&(_, slot)| slot));
    runs
}
