//! Rules of committees, and what is true of every answer.

use crate::worlds::{call, committees, loads, professor, project};
use gestfg_planner::committees::{Committee, Instance, NoteKind, ProjectPin, Rule, SeatPin, check, validate};
use gestfg_planner::control::Control;
use gestfg_planner::generate;
use gestfg_planner::status::Status;
use proptest::prelude::*;
use std::time::Duration;

const AREAS: &[(&str, &[&str])] =
    &[("A", &["a1", "a2", "a3", "a4"]), ("B", &["b1", "b2", "b3", "b4"]), ("C", &["c1", "c2", "c3", "c4"])];

#[test]
fn a_team_is_not_split_and_counts_its_students() {
    let mut instance = call(AREAS, &[&["a1"], &["b1"], &["c1"], &["a2"]]);
    for (project, students) in instance.projects.iter_mut().zip([3, 2, 2, 3]) {
        project.students = students;
    }
    assert_eq!(loads(&instance, &committees(&instance)), [5, 5]);
}

#[test]
fn pins_stay_and_the_rest_moves_around_them() {
    let mut instance = call(AREAS, &[&["a1"], &["a1"], &["b1"], &["b1"], &["c1"], &["c1"]]);
    instance.seat_pins = vec![SeatPin { committee: 1, seat: 0, professor: "a1".into() }];
    instance.project_pins = vec![ProjectPin { project: "project-3".into(), committee: 1 }];
    let solution = committees(&instance);
    assert_eq!(solution.committees[1].seats[0], "a1".into());
    assert!(solution.committees[1].projects.contains(&"project-3".into()));
}

#[test]
fn pins_that_contradict_each_other_are_named_and_no_others() {
    let mut instance = call(AREAS, &[&["a1"], &["b1"], &["c1"], &["c2"], &["b2"], &["a2"]]);
    instance.seat_pins = vec![
        SeatPin { committee: 0, seat: 0, professor: "a1".into() },
        SeatPin { committee: 1, seat: 1, professor: "c3".into() },
    ];
    instance.project_pins = vec![ProjectPin { project: "project-1".into(), committee: 0 }];
    instance.settings.committees = Some(2);
    let solution = committees(&instance);
    assert_eq!(solution.status, Status::Infeasible);
    let note = &solution.notes[0];
    assert_eq!(note.kind, NoteKind::Pins);
    assert_eq!((&note.professors[..], &note.projects[..]), (&["a1".into()][..], &["project-1".into()][..]));
}

#[test]
fn one_committee_cannot_judge_its_own_projects() {
    let people: &[(&str, &[&str])] = &[("A", &["a1", "a2"]), ("B", &["b1", "b2"]), ("C", &["c1"])];
    let solution = committees(&call(people, &[&["a1"], &["x"]]));
    assert_eq!(solution.status, Status::Infeasible);
    let note = &solution.notes[0];
    assert_eq!((note.kind, note.proved), (NoteKind::Interests, true));
    assert_eq!(note.projects, ["project-1".into()]);
}

#[test]
fn two_who_may_not_sit_together_do_not() {
    let mut instance = call(AREAS, &[&["a1"], &["b1"], &["c1"], &["a2"], &["b2"], &["c2"]]);
    instance.apart = vec![("a1".into(), "b1".into()), ("a2".into(), "c1".into())];
    for seed in 0..8 {
        let solution =
            gestfg_planner::committees::solve::solve(&instance, &Control::new(seed, Duration::from_secs(1)));
        let solution = solution.unwrap();
        assert_eq!(solution.committees.len(), 2);
        for committee in &solution.committees {
            for (one, other) in &instance.apart {
                assert!(!(committee.seats.contains(one) && committee.seats.contains(other)));
            }
        }
    }
    let together =
        Committee { seats: ["a1", "b1", "c1", "a3", "b3"].map(Into::into).to_vec(), projects: Vec::new() };
    let broken = check(&instance, &[together]).violations;
    assert!(broken.iter().any(|found| found.rule == Rule::Apart && found.professors.len() == 2));
}

#[test]
fn those_who_leave_no_way_by_sitting_apart_are_named() {
    let people: &[(&str, &[&str])] = &[("A", &["a1", "a2"]), ("B", &["b1", "b2"]), ("C", &["c1"])];
    let mut instance = call(people, &[&["x"]]);
    instance.apart = vec![("a1".into(), "c1".into())];
    let solution = committees(&instance);
    assert_eq!(solution.status, Status::Infeasible);
    let note = &solution.notes[0];
    assert_eq!((note.kind, note.proved), (NoteKind::Interests, true));
    assert_eq!((&note.professors[..], note.projects.len()), (&["a1".into(), "c1".into()][..], 0));
}

#[test]
fn a_repair_changes_one_seat_when_one_professor_falls_ill() {
    let mut instance = call(AREAS, &[&["a1"], &["b1"], &["c1"], &["x"], &["y"], &["z"], &["w"]]);
    let before = committees(&instance);
    instance.present = before.committees.clone();
    let ill = before.committees[0].seats[3].clone();
    for professor in instance.professors.iter_mut().filter(|p| p.id == ill) {
        professor.available = false;
    }
    let after = committees(&instance);
    assert_eq!((after.objectives[0].value, after.objectives[0].bound), (1, 1));
}

#[test]
fn the_checker_names_every_broken_rule() {
    let mut instance = call(AREAS, &[&["a1"], &["b1"]]);
    instance.professors[11].exempt = true;
    let seats = ["a1", "a2", "b1", "a1", "c4"].map(Into::into).to_vec();
    let report = check(&instance, &[Committee { seats, projects: vec!["project-1".into()] }]);
    let rules: Vec<Rule> = report.violations.iter().map(|v| v.rule).collect();
    for rule in [Rule::Spread, Rule::SeatTwice, Rule::NotFree, Rule::Interest, Rule::ProjectCount] {
        assert!(rules.contains(&rule), "{rule:?} not in {rules:?}");
    }
}

#[test]
fn somebody_may_sit_twice_where_the_degree_allows_it() {
    let mut instance = call(AREAS, &[]);
    instance.projects = (0..20).map(|j| project(&format!("T{j}"), &["x"])).collect();
    instance.settings.one_seat = false;
    assert_eq!(committees(&instance).committees.len(), 4);
}

/// Professors p0, p1 … dealt over three areas.
fn dealt(professors: usize, projects: &[&[&str]]) -> Instance {
    let mut instance = call(&[], projects);
    for p in 0..professors {
        instance.professors.push(professor(&format!("p{p}"), ["A", "B", "C"][p % 3]));
    }
    instance
}

fn seat_pin(committee: usize, seat: usize, professor: &str) -> SeatPin {
    SeatPin { committee, seat, professor: professor.into() }
}

#[test]
fn a_pin_to_a_committee_that_professors_are_short_for_is_named_and_not_dropped() {
    let mut instance = dealt(13, &[["ext"].as_slice(); 15]);
    instance.seat_pins = vec![seat_pin(2, 0, "p0")];
    let solution = committees(&instance);
    assert_eq!(solution.status, Status::Infeasible);
    let kinds: Vec<_> = solution.notes.iter().map(|n| (n.kind, n.committees, n.proved)).collect();
    assert_eq!(kinds, [(NoteKind::ProfessorsShort, 3, true), (NoteKind::Pins, 2, true)]);
    assert_eq!(solution.notes[1].professors, ["p0".into()]);
}

#[test]
fn a_pin_to_a_committee_more_than_the_target_asks_for_is_kept_where_there_can_be_so_many() {
    let mut instance = dealt(20, &[["ext"].as_slice(); 15]);
    instance.seat_pins = vec![seat_pin(3, 0, "p0")];
    let solution = committees(&instance);
    assert_eq!((solution.committees.len(), &solution.committees[3].seats[0]), (4, &"p0".into()));
    assert_eq!((solution.notes[0].kind, solution.notes[0].committees), (NoteKind::Pins, 3));
}

#[test]
fn a_pin_beyond_every_possible_committee_is_a_conflict_of_pins() {
    let mut instance = dealt(20, &[["ext"].as_slice(); 15]);
    instance.seat_pins = vec![seat_pin(98, 0, "p0"), seat_pin(99, 0, "p1")];
    let solution = committees(&instance);
    assert_eq!((solution.status, solution.notes.len()), (Status::Infeasible, 1));
    assert_eq!(
        (solution.notes[0].kind, &solution.notes[0].professors[..]),
        (NoteKind::Pins, &["p1".into()][..])
    );
    // Where their number is said, such a pin makes no sense from the beginning.
    instance.settings.committees = Some(3);
    assert_eq!(validate(&instance).len(), 2);
}

#[test]
fn pins_against_each_other_are_named_at_once_whatever_the_size() {
    let mut instance = generate::call(1, &generate::Call::default());
    for professor in &mut instance.professors {
        (professor.exempt, professor.may_preside) = (false, true);
    }
    let id = |p: usize| instance.professors[p].id.clone();
    let pin = |committee, seat, p| SeatPin { committee, seat, professor: id(p) };
    let other = (2..300).find(|&p| instance.professors[p].area == instance.professors[1].area).unwrap();
    let (first, tutor) = (instance.projects[0].id.clone(), instance.projects[0].tutors[0].clone());
    let own = SeatPin { committee: 4, seat: 3, professor: tutor };
    let cases = [
        (vec![pin(0, 0, 1), pin(1, 0, 1)], vec![], 1),
        (vec![pin(0, 0, 1), pin(0, 4, 1)], vec![], 1),
        (vec![pin(0, 0, 1), pin(0, 2, other)], vec![], 2),
        (vec![own], vec![ProjectPin { project: first, committee: 4 }], 1),
    ];
    for (seat_pins, project_pins, people) in cases {
        let pinned = Instance { seat_pins, project_pins, ..instance.clone() };
        let began = std::time::Instant::now();
        let solution = committees(&pinned);
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert_eq!((solution.status, solution.notes.len()), (Status::Infeasible, 1));
        let note = &solution.notes[0];
        assert_eq!((note.kind, note.proved, note.professors.len()), (NoteKind::Pins, true, people));
        assert_eq!(note.projects.len(), pinned.project_pins.len());
    }
    let mut away = Instance { seat_pins: vec![pin(0, 1, 1)], ..instance.clone() };
    away.professors[1].exempt = true;
    assert_eq!(committees(&away).notes[0].professors, [id(1)]);
    let mut below = Instance { seat_pins: vec![pin(0, 0, 1)], ..instance.clone() };
    below.professors[1].may_preside = false;
    assert_eq!(committees(&below).notes[0].professors, [id(1)]);
}

#[test]
fn a_team_does_not_take_the_proof_away() {
    let people: &[(&str, &[&str])] = &[("A", &["a1", "a2"]), ("B", &["b1", "b2"]), ("C", &["c1"])];
    for students in [1, 2, 3] {
        let mut instance = call(people, &[&["c1"]]);
        instance.projects[0].students = students;
        let solution = committees(&instance);
        assert_eq!(solution.status, Status::Infeasible, "{students}");
        let note = &solution.notes[0];
        assert_eq!((note.kind, note.proved), (NoteKind::Interests, true));
        assert_eq!((&note.professors[..], note.projects.len()), (&["c1".into()][..], 1));
    }
}

#[test]
fn of_several_tutors_only_those_in_the_way_are_named() {
    let people: &[(&str, &[&str])] = &[("A", &["a1", "a2", "zz"]), ("B", &["b1", "b2"]), ("C", &["c1"])];
    let mut instance = call(people, &[&["c1", "zz", "foreign"]]);
    instance.projects[0].conflicts = vec!["other".into()];
    let solution = committees(&instance);
    assert_eq!(solution.status, Status::Infeasible);
    assert_eq!(solution.notes[0].professors, ["c1".into()]);
}

#[test]
fn where_interests_forbid_the_target_there_are_more_committees() {
    let projects: &[&[&str]] = &[&["p0", "p1"], &["p2"], &["p3"], &["p4"], &["p5"]];
    let mut instance = dealt(10, projects);
    let solution = committees(&instance);
    assert_eq!((solution.status, solution.committees.len()), (Status::Optimal, 2));
    let note = &solution.notes[0];
    assert_eq!((note.kind, note.committees, note.proved), (NoteKind::Interests, 1, true));
    // With nobody left for a second one, both numbers are refused, each with its reason.
    instance.professors.pop();
    let solution = committees(&instance);
    assert_eq!(solution.status, Status::Infeasible);
    let kinds: Vec<_> = solution.notes.iter().map(|n| (n.kind, n.committees)).collect();
    assert_eq!(kinds, [(NoteKind::Interests, 1), (NoteKind::ProfessorsShort, 2)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..Default::default() })]

    /// Nothing less can be changed than what one absence takes away, and hardly more where professors
    /// are not short; whoever is not even known any more is absent as well.
    #[test]
    fn a_repair_is_valid_and_states_its_bound(
        seed in 0u64..10_000, projects in 5usize..35, professors in 60usize..90, gone in any::<bool>(),
    ) {
        let size = generate::Call { projects, professors, areas: 4, teams: 0.2, co_tutors: 0.3, skew: 0.4 };
        let mut instance = generate::call(seed, &size);
        let control = Control::new(seed, Duration::from_secs(10)).with_effort(Duration::from_millis(300));
        let before = gestfg_planner::committees::solve::solve(&instance, &control).unwrap();
        prop_assume!(!before.committees.is_empty());
        instance.present = before.committees.clone();
        let ill = before.committees[0].seats[1].clone();
        if gone {
            instance.professors.retain(|p| p.id != ill);
        } else {
            instance.professors.iter_mut().filter(|p| p.id == ill).for_each(|p| p.available = false);
        }
        let after = gestfg_planner::committees::solve::solve(&instance, &control).unwrap();
        let report = gestfg_planner::committees::check_solution(&instance, &after);
        prop_assert!(report.valid, "{:?}", report.violations);
        if after.committees.len() == before.committees.len() {
            prop_assert_eq!(after.objectives[0].bound, 1);
            prop_assert!(after.objectives[0].value <= 3, "{:?}", after.objectives);
        }
    }

    #[test]
    fn the_checker_accepts_every_answer(
        seed in 0u64..10_000, projects in 1usize..40, professors in 12usize..60, areas in 3usize..6,
        teams in 0.0f64..0.6, co_tutors in 0.0f64..0.8,
        seats in prop::collection::vec((0usize..6, 0usize..5, 0usize..60), 0..4),
        fixed in prop::collection::vec((0usize..40, 0usize..6), 0..3),
    ) {
        let size = generate::Call { projects, professors, areas, teams, co_tutors, skew: 0.5 };
        let mut instance = generate::call(seed, &size);
        for (committee, seat, professor) in seats {
            let professor = instance.professors[professor % professors].id.clone();
            instance.seat_pins.push(SeatPin { committee, seat, professor });
        }
        for (project, committee) in fixed {
            let project = instance.projects[project % projects].id.clone();
            instance.project_pins.push(ProjectPin { project, committee });
        }
        instance.seat_pins.sort_by_key(|pin| (pin.committee, pin.seat));
        instance.seat_pins.dedup_by_key(|pin| (pin.committee, pin.seat));
        instance.project_pins.sort_by(|a, b| a.project.cmp(&b.project));
        instance.project_pins.dedup_by(|a, b| a.project == b.project);
        let control = Control::new(seed, Duration::from_millis(400));
        let solution = gestfg_planner::committees::solve::solve(&instance, &control).unwrap();
        let report = gestfg_planner::committees::check_solution(&instance, &solution);
        prop_assert!(report.valid, "{:?}", report.violations);
    }
}
