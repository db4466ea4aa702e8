//! What no timetable of as many defences can beat, objective by objective.
//!
//! Each bound forgets rules until what is left can be counted exactly: a defence keeps the starts, the
//! rooms and the people it could have if it were alone, and of several such counts the best holds.
//! Which defences stay without a place is free, so that those are always taken which help most.

mod balance;
mod finish;
mod forced;
mod pairs;
mod visits;

use super::cost::Pricing;
use super::model::{Job, Model, Start};
use crate::control::Control;
use crate::timetable::instance::Objective;

/// The jobs that have a start, and how many of their defences are placed.
pub(super) struct Ground<'m> {
    pub(super) model: &'m Model<'m>,
    pub(super) jobs: Vec<usize>,
    pub(super) scheduled: usize,
    /// Defences that could have a place and have none.
    pub(super) spare: usize,
}

impl<'m> Ground<'m> {
    /// `None` when more is placed than could be: by hand, against the rules.
    fn of(model: &'m Model<'m>, scheduled: usize) -> Option<Self> {
        let jobs: Vec<usize> = (0..model.jobs.len()).filter(|&j| !model.jobs[j].starts.is_empty()).collect();
        let spare = model.placeable().checked_sub(scheduled)?;
        Some(Self { model, jobs, scheduled, spare })
    }

    pub(super) fn job(&self, index: usize) -> &'m Job {
        &self.model.jobs[index]
    }

    /// The least sum over all jobs with a start, of which exactly so many defences are placed: what each
    /// counts when placed, and when left out.
    pub(super) fn least(&self, count: impl Fn(usize) -> (i64, i64)) -> i64 {
        if self.spare == 0 {
            return self.jobs.iter().map(|&job| count(job).0).sum();
        }
        let mut sums: Vec<Option<i64>> = vec![None; self.scheduled + 1];
        sums[0] = Some(0);
        for &job in &self.jobs {
            let weight = self.job(job).weight();
            let (placed, left) = count(job);
            for at in (0..=self.scheduled).rev() {
                let with = at.checked_sub(weight).and_then(|before| sums[before]).map(|sum| sum + placed);
                let without = sums[at].map(|sum| sum + left);
                sums[at] = with.into_iter().chain(without).min();
            }
        }
        sums[self.scheduled].unwrap_or_default()
    }

    /// The greatest sum, as `least`.
    pub(super) fn most(&self, count: impl Fn(usize) -> (i64, i64)) -> i64 {
        -self.least(|job| {
            let (placed, left) = count(job);
            (-placed, -left)
        })
    }

    /// Defences attended over everybody, for one job.
    pub(super) fn attendances(&self, job: usize) -> i64 {
        let job = self.job(job);
        (job.fixed.iter().map(|a| a.load).sum::<usize>() + job.seats.len() * job.weight()) as i64
    }
}

/// For each objective of the instance a value that no timetable of `scheduled` defences beats.
pub(crate) fn bounds(
    model: &Model,
    pricing: &Pricing,
    scheduled: usize,
    control: &Control,
) -> Vec<(Objective, i64)> {
    let Some(ground) = Ground::of(model, scheduled) else { return Vec::new() };
    let days = visits::fewest_days(&ground);
    let bound = |objective| match objective {
        Objective::Changes => changes(&ground, pricing),
        Objective::BackToBack => pairs::most_pairs(&ground, days, control),
        Objective::Days => days,
        Objective::RoomChanges => forced::room_changes(&ground),
        Objective::Waiting => forced::waiting(&ground),
        Objective::Balance => balance::least_squares(&ground, control),
        Objective::Subjects => ground.least(|job| (subjects(&ground, ground.job(job)), 0)),
        Objective::IfNeeded => if_needed(&ground),
        Objective::Wishes => ground.least(|job| (cheapest(ground.job(job), |_, _, cost| cost), 0)),
        Objective::EarlyFinish => finish::earliest(&ground),
    };
    model.instance.objectives.iter().map(|&objective| (objective, bound(objective))).collect()
}

/// The least of a sum over the seats of a job, at the best of its starts: what each candidate counts, who is
/// told by start, person and the cost of the seat.
fn cheapest(job: &Job, count: impl Fn(&Start, usize, i64) -> i64) -> i64 {
    let at = |start: &Start| -> i64 {
        let seats = start.seats.iter().zip(&job.seats);
        seats
            .map(|(free, seat)| {
                let each = free.iter().map(|&i| {
                    let (person, cost) = seat[i];
                    count(start, person, i64::from(cost) * job.weight() as i64)
                });
                each.min().unwrap_or(0)
            })
            .sum()
    };
    job.starts.iter().map(at).min().unwrap_or(0)
}

/// Everybody asked for, at the start that asks least; or, for people with a place of their own in every
/// defence, each at different times of their own.
fn if_needed(ground: &Ground) -> i64 {
    let each = ground.least(|index| {
        let job = ground.job(index);
        let at = |start: &Start| i64::from(start.cost) + seated_if_needed(ground, job, start);
        (job.starts.iter().map(at).min().unwrap_or(0), 0)
    });
    each.max(forced::if_needed_apart(ground))
}

fn seated_if_needed(ground: &Ground, job: &Job, start: &Start) -> i64 {
    let model = ground.model;
    let asked = |person: usize| i64::from(model.presence(job, person, start.slot).unwrap_or(0));
    let seats = start.seats.iter().zip(&job.seats);
    seats.map(|(free, seat)| free.iter().map(|&i| asked(seat[i].0)).min().unwrap_or(0)).sum()
}

/// The nearest place to the one in force, job by job.
fn changes(ground: &Ground, pricing: &Pricing) -> i64 {
    let lost = |index: usize| 4 * pricing.present(index).iter().flatten().count() as i64;
    let nowhere = (0..ground.model.jobs.len()).filter(|&j| ground.job(j).starts.is_empty()).map(lost);
    let nearest = |index: usize| {
        let job = ground.job(index);
        let here = |start: &Start| pricing.least_changes(ground.model, index, start);
        (job.starts.iter().map(here).min().unwrap_or(0), lost(index))
    };
    nowhere.sum::<i64>() + ground.least(nearest)
}

/// Subjects that nobody who could sit there covers, or more than its seats could.
fn subjects(ground: &Ground, job: &Job) -> i64 {
    let instance = ground.model.instance;
    let covered_by = |person: usize, wanted: &[crate::id::SubjectId]| {
        wanted.iter().filter(|&s| instance.people[person].subjects.contains(s)).count()
    };
    let of_defence = |&d: &usize| {
        let wanted = &instance.defences[d].subjects;
        let open: Vec<_> = wanted
            .iter()
            .filter(|&s| !job.fixed.iter().any(|a| instance.people[a.person].subjects.contains(s)))
            .cloned()
            .collect();
        let known = |s: &&crate::id::SubjectId| {
            job.seats.iter().flatten().any(|c| instance.people[c.0].subjects.contains(s))
        };
        let nobody = open.iter().filter(|s| !known(s)).count();
        let each = |seat: &Vec<(usize, u32)>| seat.iter().map(|c| covered_by(c.0, &open)).max();
        let most: usize = job.seats.iter().filter_map(each).sum();
        nobody.max(open.len().saturating_sub(most)) as i64
    };
    job.defences.iter().map(of_defence).sum()
}
