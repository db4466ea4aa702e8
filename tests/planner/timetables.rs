//! Rules of the timetable in its three modes, and what is true of every answer.

use crate::worlds::{control, day, defence, placed, seat, timetable};
use gestfg_planner::control::Control;
use gestfg_planner::generate::{self, Defences, Hours};
use gestfg_planner::id::DefenceId;
use gestfg_planner::status::Status;
use gestfg_planner::timetable::{
    Availability, Committee, Instance, Objective, Pin, Placement, Repair, Report, Rule, Solution, check,
};
use proptest::prelude::*;
use std::time::Duration;

fn value(solution: &Solution, objective: Objective) -> i64 {
    solution.objectives.iter().find(|m| m.objective == objective).map_or(0, |m| m.value)
}

#[test]
fn a_team_is_consecutive_in_one_room() {
    let mut instance = day(6, 2, &[("ana", "yyynyy"), ("bob", ""), ("eva", "")]);
    instance.gap = 1;
    for (id, student) in [("d1", "bob"), ("d2", "eva")] {
        instance.defences.push(gestfg_planner::timetable::Defence {
            team: Some("t".into()),
            ..defence(id, &["ana", student])
        });
    }
    let solution = timetable(&instance);
    assert_eq!(solution.scheduled, 2);
    assert_eq!((placed(&solution, "d1").slot, placed(&solution, "d2").slot), (0, 2));
}

#[test]
fn a_standing_committee_sits_in_one_run_with_a_substitute_where_needed() {
    let mut instance =
        day(8, 2, &[("ana", "yyyynnnn"), ("bob", "nyyyyyyn"), ("eva", "yyyyyyyy"), ("ida", "")]);
    instance.days[0].closed = vec![(3, 5)];
    instance.committees = vec![Committee {
        id: "c".into(),
        seats: vec!["ana".into(), "bob".into()],
        substitutes: vec!["eva".into()],
    }];
    for id in ["d1", "d2", "d3", "d4"] {
        let committee = Some("c".into());
        instance.defences.push(gestfg_planner::timetable::Defence { committee, ..defence(id, &[]) });
    }
    let solution = timetable(&instance);
    assert_eq!((solution.scheduled, solution.status), (4, Status::Optimal));
}

#[test]
fn a_free_panel_takes_eligible_people_within_their_load() {
    let mut instance = day(6, 1, &[("ana", ""), ("bob", ""), ("eva", "nnnyyy"), ("ida", "")]);
    instance.people[0].max_defences = Some(2);
    for id in ["d1", "d2", "d3"] {
        let seats = vec![seat("chair", &["ana", "eva"]), seat("member", &["bob", "eva", "ida"])];
        instance.defences.push(gestfg_planner::timetable::Defence { seats, ..defence(id, &[]) });
    }
    instance.defences[0].excluded = vec!["ana".into()];
    let solution = timetable(&instance);
    assert_eq!((solution.scheduled, solution.status), (3, Status::Optimal));
    assert_eq!(placed(&solution, "d1").panel[0], "eva".into());
}

#[test]
fn pins_stay_and_impossible_pins_are_named() {
    let mut instance = day(4, 1, &[("ana", ""), ("bob", "")]);
    instance.defences = vec![defence("d1", &["ana"]), defence("d2", &["bob"]), defence("d3", &["ana"])];
    let pin = |id: &str, slot| Pin {
        defence: id.into(),
        day: Some("monday".into()),
        slot: Some(slot),
        room: None,
        panel: Vec::new(),
    };
    instance.pins = vec![pin("d3", 2)];
    assert_eq!(placed(&timetable(&instance), "d3").slot, 2);
    instance.pins = vec![pin("d1", 1), pin("d2", 1), pin("d3", 2)];
    let solution = timetable(&instance);
    assert_eq!(solution.status, Status::Infeasible);
    assert_eq!(solution.conflicts[0].defences, ["d1".into(), "d2".into()]);
}

#[test]
fn one_absence_is_repaired_by_a_substitute_where_that_suffices() {
    let mut instance = day(6, 2, &[("ana", ""), ("bob", ""), ("eva", ""), ("ida", "")]);
    for id in ["d1", "d2", "d3"] {
        let seats = vec![seat("chair", &["ana", "bob"]), seat("member", &["eva", "ida"])];
        instance.defences.push(gestfg_planner::timetable::Defence { seats, ..defence(id, &[]) });
    }
    let before = timetable(&instance);
    instance.present = before.placements.clone();
    let ill = before.placements[0].panel[0].clone();
    let slot = before.placements[0].slot;
    let hours: String = (0..6).map(|s| if s == slot { 'n' } else { 'y' }).collect();
    for person in instance.people.iter_mut().filter(|p| p.id == ill) {
        person.availability = Some(gestfg_planner::timetable::Availability {
            days: [("monday".into(), hours.clone())].into(),
            otherwise: None,
        });
    }
    let after = timetable(&instance);
    assert_eq!(after.scheduled, 3);
    assert_eq!(value(&after, Objective::Changes), 1);
}

#[test]
fn defences_of_one_person_are_put_back_to_back() {
    let mut instance = day(8, 3, &[("ana", "")]);
    instance.defences = (1..=4).map(|d| defence(&format!("d{d}"), &["ana"])).collect();
    assert_eq!(value(&timetable(&instance), Objective::BackToBack), 3);
}

#[test]
fn the_checker_names_every_broken_rule() {
    let mut instance = day(4, 2, &[("ana", "nyyy"), ("bob", "")]);
    instance.people[1].max_defences = Some(1);
    instance.rooms[0].capacity = Some(10);
    instance.defences = vec![defence("d1", &["ana", "bob"]), defence("d2", &["bob"])];
    instance.defences[0].size = Some(20);
    let at = |id: &str, slot| gestfg_planner::timetable::Placement {
        defence: id.into(),
        day: "monday".into(),
        slot,
        room: "room-1".into(),
        panel: Vec::new(),
    };
    let report = check(&instance, &[at("d1", 0), at("d2", 0), at("d2", 9), at("d3", 0)]);
    let rules: Vec<Rule> = report.violations.iter().map(|v| v.rule).collect();
    let expected = [
        Rule::PersonAway,
        Rule::PersonTwice,
        Rule::RoomTaken,
        Rule::RoomTooSmall,
        Rule::TooMany,
        Rule::PlacedTwice,
        Rule::Unknown,
    ];
    for rule in expected {
        assert!(rules.contains(&rule), "{rule:?} not in {rules:?}");
    }
}

#[test]
fn a_drag_among_150_defences_is_judged_in_a_frame() {
    let size = Defences { defences: 150, rooms: 10, days: 5, slots: 10, people: 100, duration: 1 };
    let instance = generate::fixed_panels(1, &size, 3, Hours { free: 0.9, inertia: 0.8, if_needed: 0.1 });
    let solution = timetable(&instance);
    let began = std::time::Instant::now();
    for _ in 0..10 {
        check(&instance, &solution.placements);
    }
    assert!(began.elapsed() < Duration::from_millis(160), "{:?}", began.elapsed() / 10);
}

/// The plan with a repair carried out, judged as if those asked had said yes.
fn carried_out(instance: &Instance, solution: &Solution, repair: &Repair) -> Report {
    let mut changed = instance.clone();
    let team = |id: &DefenceId| instance.defences.iter().find(|d| d.id == *id).and_then(|d| d.team.clone());
    let mut plan = solution.placements.clone();
    plan.retain(|p| repair.moves.iter().all(|m| m.defence != p.defence));
    plan.extend(repair.moves.iter().cloned());
    let wanted = &repair.placement;
    let together: Vec<_> = instance
        .defences
        .iter()
        .filter(|d| d.id == wanted.defence || d.team.is_some() && d.team == team(&wanted.defence))
        .collect();
    let mut slot = wanted.slot;
    for defence in together {
        plan.push(Placement { defence: defence.id.clone(), slot, ..wanted.clone() });
        slot += defence.duration.unwrap_or(instance.duration) + instance.gap;
    }
    let yes = |asked: &mut Option<Availability>| {
        if let Some(row) = asked.as_mut().and_then(|a| a.days.get_mut(&wanted.day)) {
            row.replace_range(
                wanted.slot..slot - instance.gap,
                &"y".repeat(slot - instance.gap - wanted.slot),
            );
        }
    };
    changed.people.iter_mut().filter(|p| repair.ask.contains(&p.id)).for_each(|p| yes(&mut p.availability));
    changed.rooms.iter_mut().filter(|r| repair.open.contains(&r.id)).for_each(|r| yes(&mut r.availability));
    check(&changed, &plan)
}

/// Any of the three modes, small enough to be solved in no time.
fn anything(mode: u8, seed: u64, size: &Defences, free: f64) -> Instance {
    let hours = Hours { free, inertia: 0.8, if_needed: 0.2 };
    let mut instance = match mode {
        0 => generate::fixed_panels(seed, size, 2, hours),
        1 => generate::free_panels(seed, size, hours),
        _ => generate::standing_committees(seed, size, 3, hours),
    };
    instance.gap = (seed % 2) as usize;
    if seed.is_multiple_of(3) {
        for pair in instance.defences.chunks_mut(2).take(3) {
            if let [a, b] = pair {
                let team = Some(format!("team of {}", a.id).into());
                (b.committee, b.seats) = (a.committee.clone(), a.seats.clone());
                (a.team, b.team) = (team.clone(), team);
            }
        }
    }
    instance
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..Default::default() })]

    #[test]
    fn the_checker_accepts_every_answer_and_every_repair_works(
        mode in 0u8..3, seed in 0u64..10_000, defences in 1usize..24, rooms in 1usize..4, days in 1usize..4,
        slots in 4usize..10, people in 8usize..30, duration in 1usize..3, free in 0.3f64..1.0,
    ) {
        let size = Defences { defences, rooms, days, slots, people, duration };
        let instance = anything(mode, seed, &size, free);
        let control = Control::new(seed, Duration::from_millis(150));
        let solution = gestfg_planner::timetable::solve::solve(&instance, &control).unwrap();
        let report = gestfg_planner::timetable::check_solution(&instance, &solution);
        prop_assert!(report.valid, "{:?}", report.violations);
        prop_assert_eq!(solution.unplaced.len() + solution.scheduled, solution.total);
        for repair in solution.unplaced.iter().flat_map(|u| &u.repairs) {
            let report = carried_out(&instance, &solution, repair);
            prop_assert!(report.valid, "{}: {:?}", repair.text, report.violations);
            prop_assert!(report.scheduled > solution.scheduled);
        }
    }

    #[test]
    fn what_is_pinned_stays_in_every_mode(
        mode in 0u8..3, seed in 0u64..10_000, defences in 2usize..20, rooms in 1usize..4, days in 1usize..4,
        slots in 4usize..10, people in 8usize..30, free in 0.4f64..1.0, whole in any::<bool>(),
    ) {
        let size = Defences { defences, rooms, days, slots, people, duration: 1 };
        let mut instance = anything(mode, seed, &size, free);
        let control = Control::new(seed, Duration::from_millis(100));
        let before = gestfg_planner::timetable::solve::solve(&instance, &control).unwrap();
        instance.pins = before.placements.iter().step_by(3).map(|p| Pin {
            defence: p.defence.clone(),
            day: Some(p.day.clone()),
            slot: whole.then_some(p.slot),
            room: whole.then(|| p.room.clone()),
            panel: Vec::new(),
        }).collect();
        // Another seed, so that nothing falls into place by itself.
        let control = Control::new(seed + 1, Duration::from_secs(10)).with_effort(Duration::from_millis(100));
        let after = gestfg_planner::timetable::solve::solve(&instance, &control).unwrap();
        let report = gestfg_planner::timetable::check_solution(&instance, &after);
        prop_assert!(report.valid, "{:?}", report.violations);
        prop_assert!(matches!(after.status, Status::Optimal | Status::Feasible), "{:?}", after.conflicts);
    }
}

#[test]
fn the_same_seed_gives_the_same_answer() {
    for mode in 0..3 {
        let size = Defences { defences: 20, rooms: 2, days: 2, slots: 8, people: 20, duration: 1 };
        let instance = anything(mode, 5, &size, 0.7);
        let solve = || {
            let solution = gestfg_planner::timetable::solve::solve(&instance, &control()).unwrap();
            assert!(!solution.interrupted);
            Solution { time_ms: 0, ..solution }
        };
        assert_eq!(solve(), solve());
    }
}
