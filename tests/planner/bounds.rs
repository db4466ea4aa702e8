//! The bound of each objective of a timetable: never beaten, and met where counting suffices.

use crate::worlds::{control, day, defence, seat, timetable};
use gestfg_planner::generate::{self, Defences, Hours};
use gestfg_planner::id::PersonId;
use gestfg_planner::timetable::{
    Committee, Defence, Instance, Objective, Placement, Rule, Solution, check, measure,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The best value of each objective over every timetable that places the most.
struct Best {
    most: usize,
    values: BTreeMap<Objective, i64>,
}

fn best(instance: &Instance) -> Best {
    let mut found = Best { most: 0, values: BTreeMap::new() };
    go(instance, 0, &mut Vec::new(), &mut found);
    found
}

fn go(instance: &Instance, at: usize, plan: &mut Vec<Placement>, best: &mut Best) {
    if plan.len() + instance.defences.len() - at < best.most {
        return;
    }
    let Some(defence) = instance.defences.get(at) else {
        if check(instance, plan).valid && teams_are_in_order(instance, plan) {
            keep(instance, plan, best);
        }
        return;
    };
    for day in &instance.days {
        for slot in 0..day.slots {
            for room in &instance.rooms {
                for panel in panels(instance, defence) {
                    let (day, room) = (day.id.clone(), room.id.clone());
                    plan.push(Placement { defence: defence.id.clone(), day, slot, room, panel });
                    // What a later defence may still mend: a gap in a run, a team that is not whole.
                    let mended = |rule| matches!(rule, Rule::CommitteeBlock | Rule::Team);
                    if check(instance, plan).violations.iter().all(|broken| mended(broken.rule)) {
                        go(instance, at + 1, plan, best);
                    }
                    plan.pop();
                }
            }
        }
    }
    go(instance, at + 1, plan, best);
}

/// The planner lets a team defend in the order in which the instance names it.
fn teams_are_in_order(instance: &Instance, plan: &[Placement]) -> bool {
    let team = |placed: &Placement| instance.defences.iter().find(|d| d.id == placed.defence)?.team.as_ref();
    let slots = plan.iter().filter(|placed| team(placed).is_some()).map(|placed| placed.slot);
    slots.is_sorted()
}

fn keep(instance: &Instance, plan: &[Placement], best: &mut Best) {
    if plan.len() > best.most {
        *best = Best { most: plan.len(), values: BTreeMap::new() };
    }
    for measured in measure(instance, plan) {
        let known = best.values.entry(measured.objective).or_insert(measured.value);
        *known = match measured.objective {
            Objective::BackToBack => (*known).max(measured.value),
            _ => (*known).min(measured.value),
        };
    }
}

fn panels(instance: &Instance, defence: &Defence) -> Vec<Vec<PersonId>> {
    let committee = instance.committees.iter().find(|c| Some(&c.id) == defence.committee.as_ref());
    let seats: Vec<Vec<PersonId>> = match committee {
        Some(c) => {
            c.seats.iter().map(|p| std::iter::once(p).chain(&c.substitutes).cloned().collect()).collect()
        }
        None => defence.seats.iter().map(|seat| seat.eligible.clone()).collect(),
    };
    seats.iter().fold(vec![Vec::new()], |all, seat| {
        let longer = |panel: &Vec<PersonId>| {
            let panel = panel.clone();
            seat.iter().map(move |person| panel.iter().chain([person]).cloned().collect()).collect::<Vec<_>>()
        };
        all.iter().flat_map(longer).collect()
    })
}

fn bounds(solution: &Solution) -> BTreeMap<Objective, (i64, i64)> {
    solution.objectives.iter().map(|o| (o.objective, (o.value, o.bound.expect("a bound")))).collect()
}

/// Something small in one of the three modes, with every objective counted and something to say about each.
fn small(mode: u8, seed: u64, free: f64, gap: usize, team: bool) -> Instance {
    let hours = Hours { free, inertia: 0.6, if_needed: 0.3 };
    let mut instance = match mode {
        0 => {
            let size = Defences { defences: 4, rooms: 2, days: 2, slots: 3, people: 5, duration: 1 };
            generate::fixed_panels(seed, &size, 2, hours)
        }
        1 => {
            let size = Defences { defences: 3, rooms: 1, days: 2, slots: 3, people: 5, duration: 1 };
            let mut instance = generate::free_panels(seed, &size, hours);
            for defence in &mut instance.defences {
                defence.seats.truncate(2);
                for (at, seat) in defence.seats.iter_mut().enumerate() {
                    seat.eligible.truncate(3);
                    let cost = |(n, p): (usize, &PersonId)| (p.clone(), ((n + at) % 3) as u32);
                    seat.costs = seat.eligible.iter().enumerate().map(cost).collect();
                }
            }
            instance
        }
        _ => {
            let size = Defences { defences: 4, rooms: 1, days: 2, slots: 3, people: 8, duration: 1 };
            let mut instance = generate::standing_committees(seed, &size, 2, hours);
            for committee in &mut instance.committees {
                committee.seats.truncate(2);
                committee.substitutes.truncate(1);
            }
            instance
        }
    };
    instance.gap = gap;
    instance.objectives = Objective::all().to_vec();
    if team && let [first, second, ..] = &mut instance.defences[..] {
        (second.committee, second.seats) = (first.committee.clone(), first.seats.clone());
        (first.team, second.team) = (Some("team".into()), Some("team".into()));
    }
    for (at, person) in instance.people.iter_mut().enumerate() {
        person.subjects = vec![["nets", "graphs", "proofs"][(at + seed as usize) % 3].into()];
        person.max_per_day = (at % 4 == 3).then_some(2);
    }
    for (at, defence) in instance.defences.iter_mut().enumerate() {
        defence.subjects = vec!["nets".into(), ["graphs", "proofs"][at % 2].into()];
        if at == 2 {
            defence.rooms = instance.rooms.first().map(|room| room.id.clone()).into_iter().collect();
        }
    }
    // A plan in force that was made for other hours.
    if let (Some(day), Some(room)) = (instance.days.first(), instance.rooms.last()) {
        let was = |(at, defence): (usize, &Defence)| Placement {
            defence: defence.id.clone(),
            day: day.id.clone(),
            slot: at % 3,
            room: room.id.clone(),
            panel: defence.seats.iter().filter_map(|seat| seat.eligible.last().cloned()).collect(),
        };
        instance.present = instance.defences.iter().enumerate().take(3).map(was).collect();
    }
    instance
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..Default::default() })]

    #[test]
    fn no_timetable_beats_a_bound(
        mode in 0u8..3, seed in 0u64..10_000, free in 0.4f64..1.0, gap in 0usize..2, team in any::<bool>(),
    ) {
        let instance = small(mode, seed, free, gap, team);
        let solution = timetable(&instance);
        let best = best(&instance);
        // The bounds speak of timetables with as many defences.
        prop_assert_eq!(solution.scheduled, best.most);
        for (objective, (value, bound)) in bounds(&solution) {
            let reached = best.values.get(&objective).copied().unwrap_or(0);
            let fair = if objective == Objective::BackToBack { bound >= reached } else { bound <= reached };
            prop_assert!(fair, "{:?}: {} is said, {} was reached, ours {}", objective, bound, reached, value);
        }
    }
}

/// How often a bound meets the true optimum; counting alone cannot always.
#[test]
fn bounds_are_near_what_brute_force_reaches() {
    let mut met: BTreeMap<Objective, usize> = BTreeMap::new();
    let mut all = 0;
    for seed in 0..8 {
        for mode in 0..3 {
            let instance = small(mode, seed, 0.8, 0, false);
            let best = best(&instance);
            for (objective, (_, bound)) in bounds(&timetable(&instance)) {
                *met.entry(objective).or_default() += usize::from(best.values[&objective] == bound);
            }
            all += 1;
        }
    }
    // Seen: 24 of 24 for changes and room changes, 23 for waiting, balance and subjects, 18 for wishes and early
    // finish, 17 for hours if needed, 16 for days and pairs.
    for (objective, times) in met {
        assert!(5 * times >= 3 * all, "{objective:?}: {times} of {all}");
    }
}

#[test]
fn one_person_on_two_half_days_is_proved_to_come_twice() {
    let mut instance = day(6, 2, &[("ana", "yynnyy"), ("bob", ""), ("eva", "")]);
    instance.objectives = Objective::all().to_vec();
    instance.defences = ["d1", "d2", "d3", "d4"].iter().map(|id| defence(id, &["ana"])).collect();
    let bounds = bounds(&timetable(&instance));
    assert_eq!(bounds[&Objective::Days], (1, 1));
    // Two hours, a break of two, two hours: two pairs, two slots of waiting, over at the sixth slot.
    assert_eq!(bounds[&Objective::BackToBack], (2, 2));
    assert_eq!(bounds[&Objective::EarlyFinish], (6, 6));
    assert_eq!(bounds[&Objective::Balance], (16, 16));
}

#[test]
fn the_bound_of_balance_counts_exchanges() {
    let mut instance = day(6, 1, &[("ana", ""), ("bob", ""), ("eva", "")]);
    instance.objectives = vec![Objective::Balance];
    for (id, eligible) in
        [("d1", &["ana", "bob"][..]), ("d2", &["ana"]), ("d3", &["ana"]), ("d4", &["bob", "eva"])]
    {
        instance.defences.push(Defence { seats: vec![seat("chair", eligible)], ..defence(id, &[]) });
    }
    // ana must take d2 and d3; bob takes d1, eva d4.
    assert_eq!(bounds(&timetable(&instance))[&Objective::Balance], (6, 6));
}

#[test]
fn a_committee_of_its_own_people_is_proved_to_need_its_days() {
    let mut instance = day(3, 1, &[("ana", ""), ("bob", ""), ("eva", "")]);
    let mut tuesday = instance.days[0].clone();
    tuesday.id = "tuesday".into();
    instance.days.push(tuesday);
    let committee = Some("c".into());
    instance.committees = vec![Committee {
        id: "c".into(),
        seats: vec!["ana".into(), "bob".into()],
        substitutes: vec!["eva".into()],
    }];
    for id in ["d1", "d2", "d3", "d4"] {
        instance.defences.push(Defence { committee: committee.clone(), ..defence(id, &[]) });
    }
    let bounds = bounds(&timetable(&instance));
    assert_eq!(bounds[&Objective::Days], (4, 4));
    assert_eq!(bounds[&Objective::BackToBack], (4, 4));
}

#[test]
fn bounds_of_a_plan_changed_by_hand_are_worked_out_again() {
    let mut instance = day(6, 1, &[("ana", ""), ("bob", "")]);
    instance.defences = ["d1", "d2"].iter().map(|id| defence(id, &["ana"])).collect();
    let mut plan = timetable(&instance).placements;
    plan[1].slot = 5;
    let said = gestfg_planner::timetable::solve::objectives_of(&instance, &plan, &control());
    let pairs = said.iter().find(|o| o.objective == Objective::BackToBack).unwrap();
    assert_eq!((pairs.value, pairs.bound), (0, Some(1)));
    plan[1].slot = plan[0].slot;
    let said = gestfg_planner::timetable::solve::objectives_of(&instance, &plan, &control());
    assert!(said.iter().all(|o| o.bound.is_none()));
}
