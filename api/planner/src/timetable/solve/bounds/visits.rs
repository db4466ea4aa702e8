//! On how many days, and in how many stretches, people come at least.
//!
//! For somebody with a place of their own in defences: the fewest days that hold a start of each and
//! room for all. For a committee whose people sit in no other: the same, for each of its seats. For
//! panels to be filled: the fewest days of anybody that have room for everything attended.

use super::Ground;
use crate::id::CommitteeId;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted: days, or parts of a day without a break between one defence and the next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Day,
    Stretch,
}

/// Looks at combinations before it is content with what is refuted so far.
const TRIES: usize = 4_000;

/// Somebody's part of a job: which, and from when to when.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) job: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) load: usize,
}

/// One day or stretch: the parts that could take place in it, and how many of them at once.
struct Group {
    parts: BTreeSet<usize>,
    room: usize,
}

/// What everybody attends whatever happens, by person.
pub(super) fn parts_of_people(ground: &Ground) -> Vec<Vec<Part>> {
    let mut all = vec![Vec::new(); ground.model.people];
    for &job in &ground.jobs {
        for a in &ground.job(job).fixed {
            all[a.person].push(Part { job, from: a.from, to: a.to, load: a.load });
        }
    }
    all
}

/// Days on which somebody comes, over all people.
pub(super) fn fewest_days(ground: &Ground) -> i64 {
    let (of_each, gone) = of_each(ground, Span::Day);
    let lost = ground.most(|job| (0, gone[job]));
    (of_each - lost).max(pooled(ground, Span::Day)).max(0)
}

/// The most pairs that the attendances leave when everybody comes in as few stretches as they can.
pub(super) fn most_pairs(ground: &Ground, days: i64) -> i64 {
    let (of_each, gone) = of_each(ground, Span::Stretch);
    let attended = ground.most(|job| (ground.attendances(job), 0));
    let apart = ground.most(|job| (ground.attendances(job), gone[job])) - of_each;
    apart.min(attended - days.max(pooled(ground, Span::Stretch)))
}

/// The sum over people, and how many fewer it could be without each job: one for each who attends it, since
/// whoever gives it a day of its own again has room for it.
fn of_each(ground: &Ground, span: Span) -> (i64, Vec<i64>) {
    let mut gone = vec![0; ground.model.jobs.len()];
    let mut sum = 0;
    let mut counted = BTreeSet::new();
    for (people, jobs, seats) in committees_apart(ground) {
        let whole =
            |&job: &usize| Part { job, from: 0, to: ground.job(job).len, load: ground.job(job).weight() };
        let parts: Vec<Part> = jobs.iter().map(whole).collect();
        sum += (fewest(ground, &parts, usize::MAX, span) * seats) as i64;
        jobs.iter().for_each(|&job| gone[job] += seats as i64);
        counted.extend(people);
    }
    for (person, parts) in parts_of_people(ground).iter().enumerate() {
        if counted.contains(&person) {
            continue;
        }
        sum += fewest(ground, parts, ground.model.max_day[person], span) as i64;
        parts.iter().for_each(|part| gone[part.job] += 1);
    }
    (sum, gone)
}

/// Committees whose people sit in no other: the people, the jobs, the number of seats.
fn committees_apart(ground: &Ground) -> Vec<(BTreeSet<usize>, Vec<usize>, usize)> {
    let mut jobs_of: BTreeMap<&CommitteeId, Vec<usize>> = BTreeMap::new();
    for &index in &ground.jobs {
        let first = ground.job(index).defences[0];
        if let Some(committee) = &ground.model.instance.defences[first].committee {
            jobs_of.entry(committee).or_default().push(index);
        }
    }
    let pool = |jobs: &Vec<usize>| -> BTreeSet<usize> {
        jobs.iter().flat_map(|&j| ground.job(j).seats.iter().flatten().map(|c| c.0)).collect()
    };
    let pools: Vec<BTreeSet<usize>> = jobs_of.values().map(pool).collect();
    let mut sits_in: BTreeMap<usize, usize> = BTreeMap::new();
    pools.iter().flatten().for_each(|&person| *sits_in.entry(person).or_default() += 1);
    pools
        .into_iter()
        .zip(jobs_of.into_values())
        .filter(|(people, _)| people.iter().all(|person| sits_in[person] == 1))
        .map(|(people, jobs)| {
            let seats = ground.job(jobs[0]).seats.len();
            (people, jobs, seats)
        })
        .collect()
}

/// The fewest days or stretches that hold a start of every part, and room for all.
fn fewest(ground: &Ground, parts: &[Part], max_day: usize, span: Span) -> usize {
    if parts.is_empty() {
        return 0;
    }
    let groups = groups(ground, parts, max_day, span);
    let mut tries = TRIES;
    // All groups together may have too little room: then some part stays out.
    let all = parts.len().min(groups.len());
    (1..all)
        .find(|&number| is_possible(&groups, parts.len(), &mut Vec::new(), number, &mut tries))
        .unwrap_or(all)
}

/// Whether so many more groups, with those chosen, could do. Out of tries it says yes.
fn is_possible(
    groups: &[Group],
    parts: usize,
    chosen: &mut Vec<usize>,
    left: usize,
    tries: &mut usize,
) -> bool {
    if *tries == 0 {
        return true;
    }
    *tries -= 1;
    let uncovered = (0..parts).find(|part| !chosen.iter().any(|&g| groups[g].parts.contains(part)));
    let Some(part) = uncovered else {
        let mut rest: Vec<usize> =
            (0..groups.len()).filter(|g| !chosen.contains(g)).map(|g| groups[g].room).collect();
        rest.sort_unstable_by(|a, b| b.cmp(a));
        let room: usize = chosen.iter().map(|&g| groups[g].room).chain(rest.into_iter().take(left)).sum();
        return room >= parts;
    };
    left > 0
        && (0..groups.len()).filter(|&g| groups[g].parts.contains(&part)).any(|group| {
            chosen.push(group);
            let possible = is_possible(groups, parts, chosen, left - 1, tries);
            chosen.pop();
            possible
        })
}

fn groups(ground: &Ground, parts: &[Part], max_day: usize, span: Span) -> Vec<Group> {
    let model = ground.model;
    let mut spans: Vec<(usize, usize, usize)> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let starts = ground.job(part.job).starts.iter().map(|start| start.slot);
        spans.extend(starts.map(|slot| (slot + part.from, slot + part.to, at)));
    }
    spans.sort_unstable_by_key(|&(from, to, at)| (to, from, at));
    let mut links = Links::new(model.slots + (model.gap + 1) * model.days.len());
    // Days do not touch: the gap after the last defence of one is no time of the next.
    let node = |slot: usize, day: usize| slot + day * (model.gap + 1);
    if span == Span::Stretch {
        for &(from, to, _) in &spans {
            let day = model.day_of[from];
            links.join(node(from, day), node(to + model.gap, day));
        }
    }
    let mut sorted: BTreeMap<usize, Vec<(usize, usize, usize)>> = BTreeMap::new();
    for &(from, to, at) in &spans {
        let day = model.day_of[from];
        let key = if span == Span::Day { day } else { links.root(node(from, day)) };
        sorted.entry(key).or_default().push((from, to, at));
    }
    let lightest = parts.iter().map(|part| part.load).min().unwrap_or(1).max(1);
    let group = |spans: Vec<(usize, usize, usize)>| {
        let parts: BTreeSet<usize> = spans.iter().map(|s| s.2).collect();
        let room = apart(spans.iter().map(|&(from, to, _)| (from, to)), model.gap);
        Group { room: room.min(parts.len()).min(max_day / lightest).max(1), parts }
    };
    sorted.into_values().map(group).collect()
}

/// How many of these spans, in order of their ends, fit one after the other.
pub(super) fn apart(spans: impl Iterator<Item = (usize, usize)>, gap: usize) -> usize {
    let mut ready = 0;
    let mut count = 0;
    for (from, to) in spans {
        if count == 0 || from >= ready {
            count += 1;
            ready = to + gap;
        }
    }
    count
}

/// The fewest days or stretches, of whomever, with room for all that is attended.
fn pooled(ground: &Ground, span: Span) -> i64 {
    let model = ground.model;
    let attended = ground.least(|job| (ground.attendances(job), 0));
    let mut possible = vec![0; model.people];
    for &index in &ground.jobs {
        let job = ground.job(index);
        job.fixed.iter().for_each(|a| possible[a.person] += a.load);
        let candidates: BTreeSet<usize> = job.seats.iter().flatten().map(|c| c.0).collect();
        candidates.into_iter().for_each(|person| possible[person] += job.weight());
    }
    let shortest = ground.jobs.iter().flat_map(|&j| &ground.job(j).defences);
    let duration = |&d: &usize| model.instance.defences[d].duration.unwrap_or(model.instance.duration);
    let shortest = shortest.map(duration).min().unwrap_or(1).max(1);
    let mut rooms: Vec<usize> = Vec::new();
    for (person, &possible) in possible.iter().enumerate() {
        let mut of_person: Vec<usize> = Vec::new();
        for day in &model.days {
            let free = |&slot: &usize| model.answers[person][slot].is_some() && !model.closed[slot];
            let fits =
                |&slot: &usize| slot + shortest <= day.end && (slot..slot + shortest).all(|s| free(&s));
            let starts: Vec<usize> = day.clone().filter(fits).collect();
            // With a gap a stretch may pass over an hour in which nobody is free; days are fewer still.
            let whole = span == Span::Day || model.gap > 0;
            let mut stretches: Vec<Vec<usize>> = Vec::new();
            for slot in starts {
                match stretches.last_mut() {
                    Some(last) if whole || last.last().is_some_and(|&before| slot <= before + shortest) => {
                        last.push(slot);
                    }
                    _ => stretches.push(vec![slot]),
                }
            }
            let held = |starts: Vec<usize>| {
                let spans = starts.iter().map(|&slot| (slot, slot + shortest));
                apart(spans, model.gap).min(model.max_day[person])
            };
            of_person.extend(stretches.into_iter().map(held));
        }
        of_person.sort_unstable_by(|a, b| b.cmp(a));
        let mut left = possible.min(model.max_total[person]);
        for room in of_person {
            let taken = room.min(left);
            left -= taken;
            rooms.push(taken);
        }
    }
    rooms.sort_unstable_by(|a, b| b.cmp(a));
    let mut held = 0;
    let enough = rooms.iter().take_while(|&&room| {
        let before = held;
        held += room as i64;
        before < attended
    });
    enough.count() as i64
}

/// Slots that a chain of parts could join.
struct Links(Vec<usize>);

impl Links {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn root(&self, mut at: usize) -> usize {
        while self.0[at] != at {
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
