//! Numbers that are valid JSON and no planner's business are refused with a sentence, and the largest that
//! are not refused are answered within the limit.

use gestfg_planner::command::{Problem, Refusal, check, plan};
use gestfg_planner::control::Control;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn refused(problem: Problem, instance: &Value) -> String {
    let control = Control::new(1, Duration::from_secs(1));
    match plan(problem, &instance.to_string(), &control) {
        Err(Refusal::Unsound(faults)) => faults.join("\n"),
        other => panic!("{instance}: {other:?}"),
    }
}

fn with(base: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = base.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    changed.pointer_mut(parent).unwrap()[name] = value;
    changed
}

#[test]
fn committees_refuse_numbers_out_of_reach() {
    let base = json!({
        "settings": {},
        "professors": [{"id": "a", "area": "A"}],
        "projects": [{"id": "x", "tutors": []}],
    });
    for number in [u64::MAX, 1 << 40, 100_000] {
        for pointer in
            ["/settings/full_seats", "/settings/substitutes", "/settings/committees", "/projects/0/students"]
        {
            let said = refused(Problem::Committees, &with(&base, pointer, json!(number)));
            assert!(said.contains("at most"), "{pointer} {number}: {said}");
        }
    }
    let both = with(&with(&base, "/settings/full_seats", json!(u64::MAX)), "/settings/substitutes", json!(1));
    assert!(refused(Problem::Committees, &both).contains("at most"));
    let pinned =
        with(&base, "/seat_pins", json!([{"committee": u64::MAX, "seat": u64::MAX, "professor": "a"}]));
    assert!(refused(Problem::Committees, &pinned).contains("seats"));
    // A target nobody reaches is one committee.
    let all = with(&base, "/settings/target", json!(u64::MAX));
    assert!(plan(Problem::Committees, &all.to_string(), &Control::new(1, Duration::from_secs(1))).is_ok());
}

fn one_defence() -> Value {
    json!({
        "days": [{"id": "d", "slots": 4}],
        "rooms": [{"id": "r"}],
        "people": [{"id": "a"}],
        "defences": [{"id": "x", "people": ["a"]}, {"id": "y", "people": ["a"]}],
        "pins": [{"defence": "x", "day": "d", "slot": 0}],
    })
}

#[test]
fn timetables_refuse_numbers_out_of_reach() {
    let base = one_defence();
    for number in [u64::MAX, 1 << 40, 10_000_000] {
        for pointer in ["/duration", "/gap", "/defences/0/duration", "/days/0/slots", "/pins/0/slot"] {
            let said = refused(Problem::Timetable, &with(&base, pointer, json!(number)));
            assert!(said.contains("at most"), "{pointer} {number}: {said}");
        }
    }
    // Many days of few slots are as much work as one of many.
    let days: Vec<Value> = (0..300).map(|d| json!({"id": format!("d{d}"), "slots": 100})).collect();
    assert!(refused(Problem::Timetable, &with(&base, "/days", json!(days))).contains("at most"));
}

#[test]
fn the_longest_day_there_may_be_is_answered_in_time() {
    let longest = with(&one_defence(), "/days/0/slots", json!(20_000));
    let began = Instant::now();
    let control = Control::new(1, Duration::from_secs(2));
    assert!(plan(Problem::Timetable, &longest.to_string(), &control).is_ok());
    // Twice the limit, for a busy machine.
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
}

#[test]
fn a_placement_at_the_end_of_time_is_outside_its_day() {
    let solution = json!({
        "status": "feasible", "scheduled": 2, "total": 2, "bound": 2, "objectives": [], "unplaced": [],
        "placements": [
            {"defence": "x", "day": "d", "slot": u64::MAX, "room": "r"},
            {"defence": "y", "day": "d", "slot": u64::MAX - 1, "room": "r"},
        ],
    });
    let (report, valid) =
        check(Problem::Timetable, &one_defence().to_string(), &solution.to_string()).unwrap();
    assert!(!valid && report.contains("outside_day"), "{report}");
}

#[test]
fn allocations_refuse_numbers_out_of_reach() {
    let base = json!({
        "students": [{"id": "s"}, {"id": "t"}],
        "applicants": [
            {"id": "a", "students": ["s"], "preferences": [["p"]]},
            {"id": "b", "students": ["t"], "preferences": [["p"]]},
        ],
        "projects": [{"id": "p", "tutor": "l", "shared": true}],
        "tutors": [{"id": "l"}],
        "method": "greedy_maximum",
    });
    for number in [u64::MAX, 1 << 40] {
        for pointer in ["/projects/0/places", "/tutors/0/upper", "/tutors/0/lower"] {
            let said = refused(Problem::Allocation, &with(&base, pointer, json!(number)));
            assert!(said.contains("at most"), "{pointer} {number}: {said}");
        }
    }
    let most = with(&base, "/projects/0/places", json!(1_000_000));
    assert!(plan(Problem::Allocation, &most.to_string(), &Control::new(1, Duration::from_secs(1))).is_ok());
}
