//! The earliest a timetable can be over.

use super::Ground;
use super::visits::{apart, parts_of_people};

/// The first slot by which enough jobs could have ended: each by itself, in the rooms there are, and one after
/// the other for everybody.
pub(super) fn earliest(ground: &Ground) -> i64 {
    let model = ground.model;
    if ground.jobs.is_empty() {
        return 0;
    }
    let wanted = ground.scheduled;
    let ends: Vec<(usize, usize)> = ground
        .jobs
        .iter()
        .map(|&job| (ground.job(job).starts[0].slot + ground.job(job).len, ground.job(job).weight()))
        .collect();
    let alone = |end: usize| ends.iter().filter(|e| e.0 <= end).map(|e| e.1).sum::<usize>() >= wanted;
    let fewest_jobs = ground.least(|_| (1, 0)) as usize;
    let shortest = ground.jobs.iter().map(|&j| ground.job(j).len).min().unwrap_or(1).max(1);
    let mut begins: Vec<Vec<usize>> = vec![Vec::new(); model.rooms];
    for (room, list) in begins.iter_mut().enumerate() {
        for day in &model.days {
            let open =
                |slot: usize| (slot..slot + shortest).all(|s| model.room_open[room][s] && !model.closed[s]);
            list.extend(day.clone().filter(|&slot| slot + shortest <= day.end && open(slot)));
        }
    }
    let in_rooms = |end: usize| {
        let held = |list: &Vec<usize>| {
            let spans = list.iter().map(|&slot| (slot, slot + shortest)).filter(|span| span.1 <= end);
            by_day(ground, &spans.collect::<Vec<_>>())
        };
        begins.iter().map(held).sum::<usize>() >= fewest_jobs
    };
    let people: Vec<(usize, Vec<(usize, usize)>)> = parts_of_people(ground)
        .iter()
        .map(|parts| {
            let mut spans: Vec<(usize, usize)> = parts
                .iter()
                .flat_map(|part| {
                    let starts = &ground.job(part.job).starts;
                    starts.iter().map(|start| (start.slot + part.from, start.slot + part.to))
                })
                .collect();
            spans.sort_unstable_by_key(|&(from, to)| (to, from));
            spans.dedup();
            (parts.len().saturating_sub(ground.spare), spans)
        })
        .collect();
    let for_everybody = |end: usize| {
        people.iter().all(|(count, spans)| {
            *count == 0
                || by_day(ground, &spans.iter().copied().filter(|span| span.1 <= end).collect::<Vec<_>>())
                    >= *count
        })
    };
    let first = |holds: &dyn Fn(usize) -> bool| {
        // What holds at an end holds at every later one.
        let (mut low, mut high) = (0, model.slots);
        while low < high {
            let middle = (low + high) / 2;
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        low as i64
    };
    first(&alone).max(first(&in_rooms)).max(first(&for_everybody))
}

/// How many of these spans, sorted by their ends, fit one after the other; the gap ends with the day.
fn by_day(ground: &Ground, spans: &[(usize, usize)]) -> usize {
    let model = ground.model;
    spans
        .chunk_by(|a, b| model.day_of[a.0] == model.day_of[b.0])
        .map(|of_day| apart(of_day.iter().copied(), model.gap))
        .sum()
}
