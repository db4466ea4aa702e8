//! Small instances, every answer tried.

use crate::worlds::timetable;
use gestfg_planner::generate::{self, Defences, Hours};
use gestfg_planner::status::Status;
use gestfg_planner::timetable::{Instance, Objective, Placement, check, measure};

/// The most that can be placed, and the most back-to-back pairs when so many are.
fn best(instance: &Instance) -> (usize, i64) {
    fn go(instance: &Instance, at: usize, plan: &mut Vec<Placement>, best: &mut (usize, i64)) {
        if plan.len() + instance.defences.len() - at < best.0 {
            return;
        }
        let Some(defence) = instance.defences.get(at) else {
            let pairs = measure(instance, plan)
                .iter()
                .find(|m| m.objective == Objective::BackToBack)
                .map_or(0, |m| m.value);
            *best = (*best).max((plan.len(), pairs));
            return;
        };
        for day in &instance.days {
            for slot in 0..day.slots {
                for room in &instance.rooms {
                    for panel in panels(instance, at) {
                        plan.push(Placement {
                            defence: defence.id.clone(),
                            day: day.id.clone(),
                            slot,
                            room: room.id.clone(),
                            panel,
                        });
                        if check(instance, plan).valid {
                            go(instance, at + 1, plan, best);
                        }
                        plan.pop();
                    }
                }
            }
        }
        go(instance, at + 1, plan, best);
    }
    let mut found = (0, 0);
    go(instance, 0, &mut Vec::new(), &mut found);
    found
}

fn panels(instance: &Instance, at: usize) -> Vec<Vec<gestfg_planner::id::PersonId>> {
    instance.defences[at].seats.iter().fold(vec![Vec::new()], |all, seat| {
        all.iter()
            .flat_map(|panel| {
                seat.eligible.iter().map(move |person| {
                    let mut next = panel.clone();
                    next.push(person.clone());
                    next
                })
            })
            .collect()
    })
}

#[test]
fn fixed_panels_place_the_most_with_the_most_pairs() {
    for seed in 0..40 {
        let size = Defences { defences: 5, rooms: 2, days: 2, slots: 3, people: 5, duration: 1 };
        let instance =
            generate::fixed_panels(seed, &size, 2, Hours { free: 0.6, inertia: 0.6, if_needed: 0.0 });
        let solution = timetable(&instance);
        let (most, pairs) = best(&instance);
        assert_eq!(
            (solution.scheduled, solution.bound, solution.status),
            (most, most, Status::Optimal),
            "{seed}"
        );
        let ours = solution.objectives.iter().find(|m| m.objective == Objective::BackToBack).unwrap().value;
        assert_eq!(ours, pairs, "seed {seed}");
    }
}

#[test]
fn free_panels_place_the_most() {
    for seed in 0..15 {
        let size = Defences { defences: 4, rooms: 1, days: 1, slots: 5, people: 5, duration: 2 };
        let mut instance =
            generate::free_panels(seed, &size, Hours { free: 0.7, inertia: 0.8, if_needed: 0.0 });
        for person in &mut instance.people {
            person.max_defences = Some(2);
        }
        let solution = timetable(&instance);
        assert_eq!(
            (solution.scheduled, solution.status),
            (best(&instance).0, Status::Optimal),
            "seed {seed}"
        );
    }
}

#[test]
fn standing_committees_place_the_most() {
    for seed in 0..10 {
        let size = Defences { defences: 4, rooms: 1, days: 1, slots: 6, people: 10, duration: 1 };
        let instance =
            generate::standing_committees(seed, &size, 2, Hours { free: 0.6, inertia: 0.9, if_needed: 0.0 });
        let solution = timetable(&instance);
        // Every panel is one of the standing members or substitutes: brute force over those as well.
        let most = standing(&instance);
        assert!(most <= solution.bound, "seed {seed}: {most} {solution:?}");
        assert_eq!(solution.scheduled, most, "seed {seed}");
    }
}

fn standing(instance: &Instance) -> usize {
    let mut seated = instance.clone();
    for defence in &mut seated.defences {
        let committee =
            instance.committees.iter().find(|c| Some(&c.id) == defence.committee.as_ref()).unwrap();
        defence.seats = committee
            .seats
            .iter()
            .map(|person| gestfg_planner::timetable::Seat {
                role: String::new(),
                eligible: std::iter::once(person).chain(&committee.substitutes).cloned().collect(),
                costs: Default::default(),
            })
            .collect();
    }
    // `best` asks the checker about `instance`, whose defences have committees; only the panels differ.
    fn go(seated: &Instance, instance: &Instance, at: usize, plan: &mut Vec<Placement>, most: &mut usize) {
        if plan.len() + instance.defences.len() - at <= *most && at > 0 {
            return;
        }
        if at == instance.defences.len() {
            if check(instance, plan).valid {
                *most = (*most).max(plan.len());
            }
            return;
        }
        for slot in 0..instance.days[0].slots {
            for panel in panels(seated, at) {
                plan.push(Placement {
                    defence: instance.defences[at].id.clone(),
                    day: instance.days[0].id.clone(),
                    slot,
                    room: instance.rooms[0].id.clone(),
                    panel,
                });
                // A gap in a run may still be filled by a later defence.
                let fine = check(instance, plan)
                    .violations
                    .iter()
                    .all(|v| v.rule == gestfg_planner::timetable::Rule::CommitteeBlock);
                if fine {
                    go(seated, instance, at + 1, plan, most);
                }
                plan.pop();
            }
        }
        go(seated, instance, at + 1, plan, most);
    }
    let mut most = 0;
    go(&seated, instance, 0, &mut Vec::new(), &mut most);
    most
}
