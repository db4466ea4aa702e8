//! The value of each objective, counted from a finished timetable and nothing else.

use super::instance::{Answer, Instance, Objective, Placement};
use crate::id::{DayId, PersonId, RoomId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One objective counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Which one.
    pub objective: Objective,
    /// Its value; more is better for `back_to_back`, fewer for all others.
    pub value: i64,
}

struct Visit<'a> {
    day: usize,
    start: usize,
    end: usize,
    room: &'a RoomId,
}

/// The value of every objective, in the order of [`Objective::all`].
pub fn measure(instance: &Instance, placements: &[Placement]) -> Vec<Measured> {
    let days: BTreeMap<&DayId, usize> = instance.days.iter().enumerate().map(|(i, d)| (&d.id, i)).collect();
    let first: Vec<usize> =
        instance.days.iter().scan(0, |sum, day| Some(std::mem::replace(sum, *sum + day.slots))).collect();
    let people: BTreeMap<&PersonId, _> = instance.people.iter().map(|p| (&p.id, p)).collect();
    let defences: BTreeMap<_, _> = instance.defences.iter().map(|d| (&d.id, d)).collect();
    let mut visits: BTreeMap<&PersonId, Vec<Visit>> = BTreeMap::new();
    let (mut subjects, mut if_needed, mut wishes, mut finish) = (0, 0, 0, 0);
    for placement in placements {
        let Some(defence) = defences.get(&placement.defence) else { continue };
        let Some(&day) = days.get(&placement.day) else { continue };
        let start = placement.slot;
        if start >= instance.days[day].slots {
            continue;
        }
        let end = start + defence.duration.unwrap_or(instance.duration);
        finish = finish.max(first[day] + end);
        let panel: BTreeSet<&PersonId> = defence.people.iter().chain(&placement.panel).collect();
        for &person in &panel {
            visits.entry(person).or_default().push(Visit { day, start, end, room: &placement.room });
            let asked = people.get(person).and_then(|p| p.availability.as_ref());
            if_needed += (start..end)
                .filter_map(|slot| asked.map(|a| a.answer(&placement.day, slot)))
                .map(cost_of)
                .sum::<i64>();
        }
        if let Some(window) = &defence.window {
            if_needed += (start..end).map(|slot| cost_of(window.answer(&placement.day, slot))).sum::<i64>();
        }
        subjects += defence
            .subjects
            .iter()
            .filter(|s| !panel.iter().any(|p| people.get(p).is_some_and(|p| p.subjects.contains(s))))
            .count();
        for (seat, person) in defence.seats.iter().zip(&placement.panel) {
            wishes += i64::from(seat.costs.get(person).copied().unwrap_or(0));
        }
        let committee = instance.committees.iter().find(|c| Some(&c.id) == defence.committee.as_ref());
        if let Some(committee) = committee {
            wishes += placement.panel.iter().filter(|p| committee.substitutes.contains(p)).count() as i64;
        }
    }
    let (mut back_to_back, mut person_days, mut room_changes, mut waiting, mut balance) = (0, 0, 0, 0, 0);
    for list in visits.values_mut() {
        list.sort_by_key(|v| (v.day, v.start));
        balance += (list.len() * list.len()) as i64;
        person_days += list.iter().map(|v| v.day).collect::<BTreeSet<_>>().len() as i64;
        for pair in list.windows(2).filter(|pair| pair[0].day == pair[1].day) {
            let same_room = pair[0].room == pair[1].room;
            let ready = pair[0].end + instance.gap;
            back_to_back += i64::from(same_room && pair[1].start == ready);
            room_changes += i64::from(!same_room);
            waiting += pair[1].start.saturating_sub(ready) as i64;
        }
    }
    let value = |objective| match objective {
        Objective::Changes => changes(instance, placements),
        Objective::BackToBack => back_to_back,
        Objective::Days => person_days,
        Objective::RoomChanges => room_changes,
        Objective::Waiting => waiting,
        Objective::Balance => balance,
        Objective::Subjects => subjects as i64,
        Objective::IfNeeded => if_needed,
        Objective::Wishes => wishes,
        Objective::EarlyFinish => finish as i64,
    };
    Objective::all().into_iter().map(|objective| Measured { objective, value: value(objective) }).collect()
}

fn cost_of(answer: Answer) -> i64 {
    match answer {
        Answer::IfNeeded(cost) => i64::from(cost),
        Answer::Yes | Answer::No => 0,
    }
}

fn changes(instance: &Instance, placements: &[Placement]) -> i64 {
    let now: BTreeMap<_, _> = placements.iter().map(|p| (&p.defence, p)).collect();
    instance
        .present
        .iter()
        .map(|was| match now.get(&was.defence) {
            None => 4,
            Some(now) => {
                let other_time = (&was.day, was.slot) != (&now.day, now.slot);
                let others = was.panel.iter().zip(&now.panel).filter(|(a, b)| a != b).count();
                4 * i64::from(other_time) + 2 * i64::from(was.room != now.room) + others as i64
            }
        })
        .sum()
}
