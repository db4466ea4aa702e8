//! Rules of committees, and what is true of every answer.

use crate::worlds::{call, committees, loads, project};
use gestfg_planner::committees::{Committee, NoteKind, ProjectPin, Rule, SeatPin, check};
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
    ) {
        let size = generate::Call { projects, professors, areas, teams, co_tutors, skew: 0.5 };
        let instance = generate::call(seed, &size);
        let control = Control::new(seed, Duration::from_millis(400));
        let solution = gestfg_planner::committees::solve::solve(&instance, &control).unwrap();
        let report = gestfg_planner::committees::check_solution(&instance, &solution);
        prop_assert!(report.valid, "{:?}", report.violations);
    }
}
