//! Standing committees: the defences a committee judges on one day are one run in one room.
//!
//! Runs are built day by day as long as possible; committees are taken out again a few at a time and
//! rebuilt, keeping what is not worse. The bound comes from an integer program over starts.

use super::cost::Pricing;
use super::model::Model;
use super::reasons::{ids, names, open_slots, reason as usual_reason, refuses};
use super::state::{Place, State};
use crate::control::{Control, Stage};
use crate::id::CommitteeId;
use crate::linear::Program;
use crate::random::Random;
use crate::timetable::instance::Objective;
use crate::timetable::solution::{Reason, ReasonKind};
use std::collections::BTreeMap;

struct Sessions<'m> {
    model: &'m Model<'m>,
    /// Jobs of each committee.
    jobs: Vec<Vec<usize>>,
}

impl<'m> Sessions<'m> {
    fn of(model: &'m Model<'m>) -> Self {
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

    /// Places what it can of one committee, run by run.
    fn build(&self, state: &mut State, committee: usize, random: &mut Random) {
        let model = self.model;
        let used = |state: &State, day: usize| {
            self.jobs[committee].iter().any(|&j| state.slot(j).is_some_and(|s| model.day_of[s] == day))
        };
        loop {
            let waiting: Vec<usize> =
                self.jobs[committee].iter().copied().filter(|&j| state.places[j].is_none()).collect();
            let days: Vec<usize> = (0..model.days.len()).filter(|&d| !used(state, d)).collect();
            let mut best: Option<((usize, u64), usize, usize)> = None;
            if waiting.is_empty() {
                return;
            }
            for day in days {
                for slot in model.days[day].clone() {
                    for room in 0..model.rooms {
                        if random.chance(0.5) && best.is_some() {
                            continue;
                        }
                        let run = self.run(state, &waiting, slot, room, random);
                        let placed: usize = run.iter().map(|&j| model.jobs[j].weight()).sum();
                        for job in run {
                            state.take(job);
                        }
                        let score = (placed, random.bits());
                        if placed > 0 && best.as_ref().is_none_or(|b| score > b.0) {
                            best = Some((score, slot, room));
                        }
                    }
                }
            }
            let Some((_, slot, room)) = best else { return };
            if self.run(state, &waiting, slot, room, random).is_empty() {
                return;
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
    let steps = (control.effort.as_secs_f64() * 60.0) as usize + 40;
    let mut bound = goal;
    let mut is_bounded = state.placed == goal;
    for step in 0..steps {
        control.tell(Stage::Placing, state.placed, bound);
        if control.is_past(super::IMPROVE_UNTIL) {
            break;
        }
        if !is_bounded && step == steps / 4 {
            bound = most(&sessions, control).clamp(state.placed, goal);
            is_bounded = true;
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
        let worse = || objectives.iter().map(|&o| after[o].cmp(&costs[o])).find(|c| c.is_ne());
        if next.placed > state.placed
            || next.placed == state.placed && worse().is_none_or(std::cmp::Ordering::is_lt)
        {
            state = next;
            costs = after;
        }
    }
    if !is_bounded {
        bound = most(&sessions, control).clamp(state.placed, goal);
    }
    (state, bound)
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

/// The bound: an integer program in which runs need no room of their own but rooms are counted, and
/// jobs with the same people and starts are one kind.
fn most(sessions: &Sessions, control: &Control) -> usize {
    let model = sessions.model;
    let mut program = Program::new();
    let mut rooms: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut people: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for jobs in &sessions.jobs {
        let mut kinds: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for &job in jobs {
            let this = &model.jobs[job];
            let mut key: Vec<usize> = this.starts.iter().map(|s| s.slot).collect();
            key.push(usize::MAX);
            key.extend(this.fixed.iter().map(|a| a.person));
            key.extend([usize::MAX, this.len, this.weight()]);
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
        return model.placeable();
    }
    let outcome = program.solve(-1.0, control.left().mul_f64(0.5), control);
    if outcome.bound.is_finite() { (outcome.bound + 1e-5).floor() as usize } else { model.placeable() }
}

/// Why a job of a committee has no place.
pub(crate) fn reason(state: &State, job: usize) -> Reason {
    let model = state.model;
    let this = &model.jobs[job];
    if this.starts.is_empty() {
        let control = Control::new(0, std::time::Duration::ZERO);
        return usual_reason(state, job, &control);
    }
    let committee = &model.instance.defences[this.defences[0]].committee;
    let name = committee.as_ref().map_or_else(String::new, ToString::to_string);
    let hours = open_slots(model, this)
        .into_iter()
        .filter(|&s| !(0..this.fixed.len()).any(|p| refuses(model, this, p, s)))
        .count();
    let text = format!(
        "committee {name} has no run of free hours left that {} could join ({hours} starts in all)",
        names(model, &[job])
    );
    Reason {
        kind: ReasonKind::CommitteeFull,
        text,
        people: Vec::new(),
        defences: ids(model, job),
        hours: Vec::new(),
        rooms: Vec::new(),
        nearest: None,
        minimal: false,
    }
}
