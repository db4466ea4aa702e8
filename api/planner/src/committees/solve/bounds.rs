//! What no committees can beat, objective by objective.
//!
//! Which professors can be called together is a matroid (areas that are too large fill substitutes'
//! seats only), so the greedy choice is best for "who tutors first" and, among equals, for past service.

use super::board::{Costs, Model};
use crate::committees::instance::Objective;
use std::cmp::Reverse;

const CHANGES: usize = 1;
const OUTSIDERS: usize = 2;
const SERVICE: usize = 3;
const AFFINITY: usize = 4;
const EXPERTISE: usize = 5;

/// The bounds, in the order of [`Costs`].
pub(crate) fn bounds(model: &Model) -> Costs {
    let mut bounds = [0; 7];
    bounds[CHANGES] = model.forced_changes();
    if model.instance.settings.one_seat {
        let order = &model.instance.objectives;
        let place = |o| order.iter().position(|x| *x == o).unwrap_or(usize::MAX);
        let tutors_first = place(Objective::Outsiders) < place(Objective::Service);
        let changes_first = !model.instance.present.is_empty() && place(Objective::Changes) < order.len();
        let called = greedy(model, |p| (i64::from(!model.tutors[p]), 0));
        bounds[OUTSIDERS] = called.iter().filter(|&&p| !model.tutors[p]).count() as i64;
        let service = |p: usize| i64::from(model.instance.professors[p].service);
        let called = if tutors_first && !changes_first {
            greedy(model, |p| (i64::from(!model.tutors[p]), service(p)))
        } else {
            greedy(model, |p| (service(p), 0))
        };
        bounds[SERVICE] = called.iter().map(|&p| service(p)).sum();
    }
    bounds[AFFINITY] = affinity(model);
    bounds[EXPERTISE] = expertise(model);
    bounds
}

/// Whether these costs are proved best in the order of the instance: each reaches its bound.
pub(crate) fn reached(model: &Model, costs: &Costs, bounds: &Costs) -> bool {
    let all = Objective::all();
    model.order.iter().all(|&o| {
        let absent = all[o - 1] == Objective::Changes && model.instance.present.is_empty();
        absent || costs[o] <= bounds[o]
    })
}

/// As many as there are seats, the cheapest set that leaves full seats spread; pins are not looked at,
/// which can only lower the bound.
fn greedy(model: &Model, cost: impl Fn(usize) -> (i64, i64)) -> Vec<usize> {
    let mut people = model.free.clone();
    people.sort_by_key(|&p| (cost(p), p));
    let spread = model.instance.settings.spread_areas;
    let mut of_area = vec![0usize; model.areas];
    let mut spare = model.count * (model.seats - model.full);
    let seats = model.count * model.seats;
    let mut called = Vec::new();
    for person in people {
        if called.len() == seats {
            break;
        }
        let here = &mut of_area[model.area[person]];
        if spread && *here >= model.count {
            // One more of this area can only be a substitute.
            if spare == 0 {
                continue;
            }
            spare -= 1;
        }
        *here += 1;
        called.push(person);
    }
    called
}

/// Projects of an area that has too few professors to sit in every committee they would need.
fn affinity(model: &Model) -> i64 {
    if !model.instance.settings.one_seat || !model.instance.project_pins.is_empty() {
        return 0;
    }
    let most = model.total().div_ceil(model.count) + model.students.iter().max().copied().unwrap_or(1);
    let mut people = vec![0usize; model.areas];
    for &p in &model.free {
        people[model.area[p]] += 1;
    }
    let mut homeless = 0;
    let areas: std::collections::BTreeSet<usize> = model.project_area.iter().flatten().copied().collect();
    for area in areas {
        let mut sizes: Vec<usize> = (0..model.students.len())
            .filter(|&p| model.project_area[p] == Some(area))
            .map(|p| model.students[p])
            .collect();
        let room = people.get(area).map_or(0, |&n| n.min(model.count) * most);
        sizes.sort_unstable_by_key(|&s| Reverse(s));
        let mut all: usize = sizes.iter().sum();
        for size in sizes {
            if all <= room {
                break;
            }
            all -= size;
            homeless += 1;
        }
    }
    homeless
}

/// Subjects nobody who could be called covers.
fn expertise(model: &Model) -> i64 {
    let covered: std::collections::BTreeSet<usize> =
        model.free.iter().flat_map(|&p| model.subjects[p].iter().copied()).collect();
    model.project_subjects.iter().flatten().filter(|s| !covered.contains(s)).count() as i64
}
