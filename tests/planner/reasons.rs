//! Why not: the reasons are true and minimal, and what is offered works.

use crate::worlds::{day, defence, seat, timetable};
use gestfg_planner::generate::{self, Defences, Hours};
use gestfg_planner::id::DefenceId;
use gestfg_planner::status::Status;
use gestfg_planner::timetable::{Answer, Instance, ReasonKind, Solution};
use serde_json::json;

fn why<'a>(solution: &'a Solution, id: &str) -> &'a gestfg_planner::timetable::Unplaced {
    solution.unplaced.iter().find(|u| u.defence == DefenceId::from(id)).expect("unplaced")
}

#[test]
fn people_without_a_common_hour_are_named_with_the_nearest_hour() {
    let mut instance = day(4, 1, &[("ana", "yynn"), ("bob", "nnyy"), ("eva", "yyyn")]);
    instance.defences = vec![defence("d1", &["ana", "bob", "eva"])];
    let solution = timetable(&instance);
    let unplaced = why(&solution, "d1");
    assert_eq!(unplaced.reason.kind, ReasonKind::NoCommonHour);
    assert_eq!(unplaced.reason.people, ["ana".into(), "bob".into()]);
    let (at, who) = unplaced.reason.nearest.clone().unwrap();
    assert_eq!((at.slot, &who[..]), (0, &["bob".into()][..]));
    assert_eq!(unplaced.repairs[0].ask.len(), 1);
    // The same for whoever speaks another language.
    let said = serde_json::to_value(&unplaced.reason.said).unwrap();
    assert_eq!((&said["code"], &said["params"]["ask"]), (&json!("no_common_hour"), &json!(["bob"])));
    let said = serde_json::to_value(&unplaced.repairs[0].said).unwrap();
    assert_eq!((&said["code"], &said["params"]["at"]["slot"]), (&json!("repair"), &json!(0)));
}

#[test]
fn somebody_needed_more_often_than_free_is_named() {
    let mut instance = day(4, 3, &[("ana", "yynn"), ("bob", "")]);
    instance.defences = ["d1", "d2", "d3"].iter().map(|d| defence(d, &["ana"])).collect();
    instance.defences.push(defence("d4", &["bob"]));
    let solution = timetable(&instance);
    assert_eq!((solution.scheduled, solution.status), (3, Status::Optimal));
    let reason = &solution.unplaced[0].reason;
    assert_eq!((reason.kind, reason.minimal), (ReasonKind::PeopleShort, true));
    assert_eq!(reason.people, ["ana".into()]);
    assert_eq!(reason.defences.len(), 3);
}

#[test]
fn rooms_that_are_short_closed_or_small_are_told_apart() {
    let mut instance = day(1, 1, &[("ana", ""), ("bob", "")]);
    instance.defences = vec![defence("d1", &["ana"]), defence("d2", &["bob"])];
    assert_eq!(timetable(&instance).unplaced[0].reason.kind, ReasonKind::RoomsShort);
    instance.rooms[0].capacity = Some(5);
    instance.defences[0].size = Some(9);
    assert_eq!(why(&timetable(&instance), "d1").reason.kind, ReasonKind::NoRoom);
}

#[test]
fn a_seat_nobody_can_take_is_named() {
    let mut instance = day(2, 1, &[("ana", "yn"), ("bob", "ny")]);
    let seats = vec![seat("chair", &["bob"])];
    instance.defences = vec![gestfg_planner::timetable::Defence { seats, ..defence("d1", &["ana"]) }];
    let solution = timetable(&instance);
    let unplaced = why(&solution, "d1");
    assert_eq!(unplaced.reason.kind, ReasonKind::NoPanel);
    assert!(unplaced.reason.text.contains("chair"));
    assert!(!unplaced.repairs.is_empty());
}

#[test]
fn workload_is_told_from_lack_of_time() {
    let mut instance = day(4, 2, &[("ana", "")]);
    instance.people[0].max_defences = Some(1);
    instance.defences = vec![defence("d1", &["ana"]), defence("d2", &["ana"])];
    assert_eq!(timetable(&instance).unplaced[0].reason.kind, ReasonKind::Workload);
}

fn thin() -> impl Iterator<Item = Instance> {
    (0..12).map(|seed| {
        let size = Defences { defences: 20, rooms: 2, days: 3, slots: 6, people: 12, duration: 1 };
        generate::fixed_panels(seed, &size, 2, Hours { free: 0.4, inertia: 0.8, if_needed: 0.0 })
    })
}

/// Groups that cannot be placed whole can be placed without any one of them.
#[test]
fn groups_in_competition_are_minimal() {
    let mut seen = 0;
    for instance in thin() {
        for unplaced in timetable(&instance).unplaced {
            let reason = unplaced.reason;
            if reason.defences.len() < 2 || !reason.minimal {
                continue;
            }
            seen += 1;
            let only = |left_out: Option<&DefenceId>| {
                let mut few = instance.clone();
                few.objectives = Vec::new();
                few.defences.retain(|d| reason.defences.contains(&d.id) && Some(&d.id) != left_out);
                let solution = timetable(&few);
                assert_eq!(solution.status, Status::Optimal);
                solution.scheduled == few.defences.len()
            };
            assert!(!only(None), "{}", reason.text);
            for defence in &reason.defences {
                assert!(only(Some(defence)), "{} without {defence}", reason.text);
            }
        }
    }
    assert!(seen > 5, "only {seen} groups");
}

/// Without any one of the named people there is a common hour.
#[test]
fn people_without_a_common_hour_are_a_minimal_set() {
    let mut seen = 0;
    for instance in thin() {
        for unplaced in timetable(&instance).unplaced {
            let reason = unplaced.reason;
            if reason.kind != ReasonKind::NoCommonHour {
                continue;
            }
            seen += 1;
            let shared = |people: &[gestfg_planner::id::PersonId]| {
                instance.days.iter().any(|day| {
                    (0..day.slots).any(|slot| {
                        people.iter().all(|id| {
                            let person = instance.people.iter().find(|p| p.id == *id).unwrap();
                            person.availability.as_ref().unwrap().answer(&day.id, slot) != Answer::No
                        })
                    })
                })
            };
            assert!(!shared(&reason.people));
            for at in 0..reason.people.len() {
                let mut fewer = reason.people.clone();
                fewer.remove(at);
                assert!(shared(&fewer), "{}", reason.text);
            }
        }
    }
    assert!(seen > 5, "only {seen} cases");
}

/// Asking whom a repair asks makes one more defence fit.
#[test]
fn a_repair_when_applied_places_one_more() {
    let mut seen = 0;
    for instance in thin().take(6) {
        let before = timetable(&instance);
        for repair in before.unplaced.iter().flat_map(|u| &u.repairs).take(12) {
            let mut changed = instance.clone();
            changed.objectives = Vec::new();
            for person in changed.people.iter_mut().filter(|p| repair.ask.contains(&p.id)) {
                let days = &mut person.availability.as_mut().unwrap().days;
                let row = days.get_mut(&repair.placement.day).unwrap();
                row.replace_range(repair.placement.slot..=repair.placement.slot, "y");
            }
            assert!(timetable(&changed).scheduled > before.scheduled, "{}", repair.text);
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} repairs");
}
