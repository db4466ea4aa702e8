//! Where time is short: the heat map of common free hours and the people it hangs on.

use super::model::Model;
use super::reasons::{open_slots, refuses, when};
use super::state::State;
use crate::timetable::solution::{Bottlenecks, HourLoad, PersonLoad};
use std::collections::BTreeSet;

/// How many of the tightest people are listed.
const LISTED: usize = 20;

pub(crate) fn bottlenecks(state: &State) -> Bottlenecks {
    let model = state.model;
    let hours = common_hours(model);
    let left: BTreeSet<usize> = (0..model.jobs.len()).filter(|&j| state.places[j].is_none()).collect();
    let loads = (0..model.slots).filter(|&s| !model.closed[s]).map(|slot| {
        let here = |j: &usize| hours[*j].contains(&slot);
        HourLoad {
            when: when(model, slot),
            defences: (0..model.jobs.len()).filter(here).map(|j| model.jobs[j].weight()).sum(),
            unplaced: left.iter().copied().filter(here).map(|j| model.jobs[j].weight()).sum(),
            rooms: (0..model.rooms).filter(|&r| model.room_open[r][slot]).count(),
        }
    });
    let hours_list = loads.collect();
    let mut people: Vec<PersonLoad> = (0..model.people)
        .filter_map(|person| {
            let attends = |j: &usize| {
                let job = &model.jobs[*j];
                job.fixed.iter().any(|a| a.person == person)
                    || job.seats.iter().any(|seat| seat.len() == 1 && seat[0].0 == person)
            };
            let jobs: Vec<usize> = (0..model.jobs.len()).filter(attends).collect();
            let common: BTreeSet<usize> = jobs.iter().flat_map(|&j| hours[j].iter().copied()).collect();
            (!jobs.is_empty()).then(|| PersonLoad {
                person: model.instance.people[person].id.clone(),
                needed: jobs.iter().map(|&j| model.jobs[j].weight()).sum(),
                common_hours: common.len(),
                unplaced: jobs.iter().filter(|j| left.contains(j)).map(|&j| model.jobs[j].weight()).sum(),
            })
        })
        .collect();
    let spare = |p: &PersonLoad| p.common_hours as i64 - p.needed as i64;
    people.sort_by_key(|p| (std::cmp::Reverse(p.unplaced), spare(p), p.person.clone()));
    people.truncate(LISTED);
    Bottlenecks { hours: hours_list, people }
}

/// For each job the starts at which all the people it must have are free, rooms apart.
fn common_hours(model: &Model) -> Vec<BTreeSet<usize>> {
    model
        .jobs
        .iter()
        .map(|job| {
            open_slots(model, job)
                .into_iter()
                .filter(|&slot| !(0..job.fixed.len()).any(|p| refuses(model, job, p, slot)))
                .filter(|&slot| {
                    job.seats.iter().all(|seat| seat.iter().any(|c| model.presence(job, c.0, slot).is_some()))
                })
                .collect()
        })
        .collect()
}
