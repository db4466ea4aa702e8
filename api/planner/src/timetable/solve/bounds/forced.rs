//! What people cannot escape because their defences fit on one day only.

use super::Ground;
use super::pairs::cheapest_assignment;
use super::visits::{Part, parts_of_people};
use std::collections::BTreeSet;

/// What somebody attends, with the days on which it could be.
type Visit = (Part, BTreeSet<usize>);

/// Changes of room: as many as there are defences of one person and day, less one, no two of which could
/// share a room.
pub(super) fn room_changes(ground: &Ground) -> i64 {
    sum_over_days(ground, |visits, day| {
        let mut apart: Vec<BTreeSet<usize>> = Vec::new();
        for (part, _) in visits.iter().filter(|visit| is_forced(visit, day)) {
            let starts = &ground.job(part.job).starts;
            let rooms: BTreeSet<usize> = starts.iter().flat_map(|s| &s.rooms).copied().collect();
            if apart.iter().all(|other| other.is_disjoint(&rooms)) {
                apart.push(rooms);
            }
        }
        apart.len().saturating_sub(1) as i64
    })
}

/// Waiting: from the latest a defence can begin to the earliest another can end, less everything the
/// person could do on that day.
pub(super) fn waiting(ground: &Ground) -> i64 {
    let gap = ground.model.gap;
    sum_over_days(ground, |visits, day| {
        let forced = || visits.iter().filter(|visit| is_forced(visit, day));
        let slots = |part: &Part| ground.job(part.job).starts.iter().map(|s| s.slot);
        let latest = forced().filter_map(|(part, _)| Some(slots(part).max()? + part.from)).min();
        let earliest = forced().filter_map(|(part, _)| Some(slots(part).min()? + part.to)).max();
        let (Some(latest), Some(earliest)) = (latest, earliest) else { return 0 };
        let here = visits.iter().filter(|(_, days)| days.contains(&day));
        let work: usize = here.map(|(part, _)| part.to - part.from + gap).sum();
        (earliest + gap).saturating_sub(latest + work) as i64
    })
}

fn is_forced((_, days): &Visit, day: usize) -> bool {
    days.len() == 1 && days.contains(&day)
}

/// Hours given only if needed, when each person attends everything they must at different times: a sum
/// over people of what each alone would have to give.
pub(super) fn if_needed_apart(ground: &Ground) -> i64 {
    if ground.spare > 0 {
        return 0;
    }
    let model = ground.model;
    let of_person = |(person, parts): (usize, &Vec<Part>)| -> i64 {
        let asks = model.answers[person].iter().flatten().any(|&cost| cost > 0);
        if !asks || parts.is_empty() {
            return 0;
        }
        // Without a start the cost is one that no answer reaches, so that it is never taken.
        let never = 1_000_000;
        let cost = |part: &Part| {
            let mut row = vec![never; model.slots.max(parts.len())];
            for start in &ground.job(part.job).starts {
                let asked = model.presence(ground.job(part.job), person, start.slot);
                row[start.slot + part.from] = i64::from(asked.unwrap_or(0));
            }
            row
        };
        let sum = cheapest_assignment(&parts.iter().map(cost).collect::<Vec<_>>());
        if sum < never { sum } else { 0 }
    };
    parts_of_people(ground).iter().enumerate().map(of_person).sum()
}

/// Nothing is forced when something stays without a place.
fn sum_over_days(ground: &Ground, count: impl Fn(&[Visit], usize) -> i64) -> i64 {
    if ground.spare > 0 {
        return 0;
    }
    let model = ground.model;
    let days_of = |part: &Part| -> BTreeSet<usize> {
        ground.job(part.job).starts.iter().map(|start| model.day_of[start.slot]).collect()
    };
    let of_person = |parts: &Vec<Part>| -> i64 {
        let visits: Vec<Visit> = parts.iter().map(|part| (*part, days_of(part))).collect();
        (0..model.days.len()).map(|day| count(&visits, day)).sum()
    };
    parts_of_people(ground).iter().filter(|parts| parts.len() > 1).map(of_person).sum()
}
