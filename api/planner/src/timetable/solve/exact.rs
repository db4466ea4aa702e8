//! The most of a few jobs that can be placed at once, by integer programming.
//!
//! One variable per job and start, one more per class of equal rooms where rooms differ and could
//! run short, one more per seat and person where a seat is open. Rows: somebody is in one place at
//! a time, rooms of a class are not overrun (which is exact: spans that never exceed `n` at once can be
//! given `n` rooms), workloads. The relaxation of these clique rows is what makes the bound tight.

use super::model::{Job, Model};
use super::state::{Place, State};
use crate::control::Control;
use crate::linear::Program;
use std::collections::BTreeMap;
use std::time::Duration;

/// The answer for some jobs taken alone.
pub(crate) struct Core {
    /// No more defences of these jobs can be placed.
    pub(crate) bound: usize,
    /// Whether `places` reaches `bound`.
    pub(crate) exact: bool,
    /// A best way to place them, by job.
    pub(crate) places: Vec<(usize, Place)>,
}

/// Programs larger than this are not tried: building them takes longer than they could be worth.
const LARGEST: usize = 120_000;

struct Choice {
    job: usize,
    start: usize,
    on: usize,
    /// Class of rooms and its variable.
    rooms: Vec<(usize, usize)>,
    /// By seat: index into the seat's list and its variable.
    seats: Vec<Vec<(usize, usize)>>,
}

/// The most of `jobs` that can be placed; `None` when the program would be too large.
pub(crate) fn most_of(model: &Model, jobs: &[usize], limit: Duration, control: &Control) -> Option<Core> {
    most_beyond(model, jobs, -1.0, limit, control)
}

/// The same, content with a proof that no more than `known` defences fit.
pub(crate) fn most_beyond(
    model: &Model,
    jobs: &[usize],
    known: f64,
    limit: Duration,
    control: &Control,
) -> Option<Core> {
    let classes = RoomClasses::of(model, jobs);
    let scarce = rooms_may_run_short(model, jobs);
    let mut program = Program::new();
    let mut choices: Vec<Choice> = Vec::new();
    let mut people: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut rooms: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut totals: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    let mut of_day: BTreeMap<(usize, usize), Vec<(usize, f64)>> = BTreeMap::new();
    for &index in jobs {
        let job = &model.jobs[index];
        let mut all = Vec::new();
        for (start, option) in job.starts.iter().enumerate() {
            let on = program.choice(job.weight() as f64);
            all.push(on);
            let slot = option.slot;
            let mut attends = |person: usize, from: usize, to: usize, load: usize, variable: usize| {
                for at in model.busy(from, to) {
                    people.entry((person, at)).or_default().push(variable);
                }
                if model.max_total[person] != usize::MAX {
                    totals.entry(person).or_default().push((variable, load as f64));
                }
                if model.max_day[person] != usize::MAX {
                    of_day.entry((person, model.day_of[slot])).or_default().push((variable, load as f64));
                }
            };
            for a in &job.fixed {
                attends(a.person, slot + a.from, slot + a.to, a.load, on);
            }
            let mut seats = Vec::new();
            for (seat, free) in option.seats.iter().enumerate() {
                let row: Vec<(usize, usize)> = match free[..] {
                    [only] => vec![(only, on)],
                    _ => free.iter().map(|&i| (i, program.choice(0.0))).collect(),
                };
                for &(i, variable) in &row {
                    attends(job.seats[seat][i].0, slot, slot + job.len, job.weight(), variable);
                }
                if row.len() > 1 {
                    program.splits(on, &row.iter().map(|r| r.1).collect::<Vec<_>>());
                }
                seats.push(row);
            }
            let mut taken = Vec::new();
            if scarce {
                let of = classes.open(&option.rooms);
                taken = match of[..] {
                    [only] => vec![(only, on)],
                    _ => of.iter().map(|&class| (class, program.choice(0.0))).collect(),
                };
                if taken.len() > 1 {
                    program.splits(on, &taken.iter().map(|r| r.1).collect::<Vec<_>>());
                }
                for &(class, variable) in &taken {
                    for at in model.busy(slot, slot + job.len) {
                        rooms.entry((class, at)).or_default().push(variable);
                    }
                }
            }
            choices.push(Choice { job: index, start, on, rooms: taken, seats });
            if program.size() > LARGEST {
                return None;
            }
        }
        if job.pinned {
            program.weighted_at_least(&all.iter().map(|&v| (v, 1.0)).collect::<Vec<_>>(), 1.0);
        }
        program.at_most(all, 1);
    }
    for list in people.into_values() {
        program.at_most(list, 1);
    }
    for ((class, _), list) in rooms {
        program.at_most(list, classes.sizes[class]);
    }
    for (person, list) in &totals {
        program.weighted_at_most(list, model.max_total[*person] as f64);
    }
    for ((person, _), list) in &of_day {
        program.weighted_at_most(list, model.max_day[*person] as f64);
    }
    let outcome = program.solve(known, limit, control);
    let all: usize = jobs.iter().map(|&j| model.jobs[j].weight()).sum();
    // Pins that exclude each other leave no solution at all.
    if outcome.exact && outcome.values.is_none() {
        return Some(Core { bound: 0, exact: false, places: Vec::new() });
    }
    let bound =
        if outcome.bound.is_finite() { ((outcome.bound + 1e-5).floor() as usize).min(all) } else { all };
    let places = outcome.values.map_or_else(Vec::new, |on| read(model, &choices, &classes, &on));
    let placed: usize = places.iter().map(|&(j, _)| model.jobs[j].weight()).sum();
    Some(Core { bound, exact: outcome.exact && placed == bound, places })
}

fn read(model: &Model, choices: &[Choice], classes: &RoomClasses, on: &[bool]) -> Vec<(usize, Place)> {
    let mut chosen: Vec<&Choice> = choices.iter().filter(|c| on[c.on]).collect();
    chosen.sort_by_key(|c| model.jobs[c.job].starts[c.start].slot);
    let mut state = State::new(model);
    let mut list = Vec::new();
    for choice in chosen {
        let job: &Job = &model.jobs[choice.job];
        let option = &job.starts[choice.start];
        let class = choice.rooms.iter().find(|r| on[r.1]).map(|r| r.0);
        let room = option.rooms.iter().copied().find(|&room| {
            class.is_none_or(|class| classes.of[room] == class)
                && state.room_is_free(room, option.slot, option.slot + job.len)
        });
        let panel: Option<Vec<usize>> =
            choice.seats.iter().map(|seat| seat.iter().find(|s| on[s.1]).map(|s| s.0)).collect();
        if let (Some(room), Some(panel)) = (room, panel) {
            let place = Place { start: choice.start, room, panel };
            if state.fits(choice.job, &place) {
                state.put(choice.job, place.clone());
                list.push((choice.job, place));
            }
        }
    }
    list
}

/// Rooms that are the same to all the jobs at hand.
struct RoomClasses {
    of: Vec<usize>,
    sizes: Vec<usize>,
}

impl RoomClasses {
    fn of(model: &Model, jobs: &[usize]) -> Self {
        let mut known: BTreeMap<(Vec<bool>, Vec<bool>), usize> = BTreeMap::new();
        let mut classes = Self { of: Vec::new(), sizes: Vec::new() };
        for room in 0..model.rooms {
            let suits: Vec<bool> =
                jobs.iter().map(|&j| model.jobs[j].starts.iter().any(|s| s.rooms.contains(&room))).collect();
            let next = known.len();
            let class = *known.entry((model.room_open[room].clone(), suits)).or_insert(next);
            if class == next {
                classes.sizes.push(0);
            }
            classes.sizes[class] += 1;
            classes.of.push(class);
        }
        classes
    }

    fn open(&self, rooms: &[usize]) -> Vec<usize> {
        let mut list: Vec<usize> = rooms.iter().map(|&r| self.of[r]).collect();
        list.sort_unstable();
        list.dedup();
        list
    }
}

/// False only when every job keeps a free room whatever the others do.
fn rooms_may_run_short(model: &Model, jobs: &[usize]) -> bool {
    let mut could: Vec<Vec<usize>> = vec![Vec::new(); model.slots];
    for &index in jobs {
        let job = &model.jobs[index];
        for start in &job.starts {
            for at in model.busy(start.slot, start.slot + job.len) {
                if could[at].last() != Some(&index) && !could[at].contains(&index) {
                    could[at].push(index);
                }
            }
        }
    }
    jobs.iter().any(|&index| {
        let job = &model.jobs[index];
        job.starts.iter().any(|start| {
            let mut others: Vec<usize> = model
                .busy(start.slot, start.slot + job.len)
                .flat_map(|at| could[at].iter().copied())
                .collect();
            others.sort_unstable();
            others.dedup();
            others.len() > start.rooms.len()
        })
    })
}
