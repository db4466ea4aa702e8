//! What the first system failed at, could not do, or did at the cost of the data.

use crate::worlds::{call, committees, loads, professor, project};
use gestfg_planner::committees::{Instance, NoteKind};
use gestfg_planner::generate;
use gestfg_planner::status::Status;
use std::collections::BTreeSet;

/// `projects` tutored in turn by `tutors` professors of three areas.
fn in_turn(projects: usize, tutors: usize) -> Instance {
    let mut instance = call(&[], &[]);
    for p in 0..tutors {
        instance.professors.push(professor(&format!("P{p}"), ["LSI", "ATC", "DECSAI"][p % 3]));
    }
    for j in 0..projects {
        instance.projects.push(project(&format!("T{j}"), &[&format!("P{}", j % tutors)]));
    }
    instance
}

#[test]
fn twenty_projects_of_twenty_tutors() {
    let instance = in_turn(20, 20);
    let solution = committees(&instance);
    assert_eq!(loads(&instance, &solution), [5, 5, 5, 5]);
    assert_eq!(solution.status, Status::Optimal);
}

#[test]
fn twenty_projects_of_eighteen_tutors_make_three_committees_and_say_why() {
    let instance = in_turn(20, 18);
    let solution = committees(&instance);
    assert_eq!(loads(&instance, &solution), [7, 7, 6]);
    assert_eq!(solution.notes[0].kind, NoteKind::ProfessorsShort);
    assert_eq!(solution.notes[0].committees, 4);
}

#[test]
fn sixty_one_projects_of_sixty_one_tutors() {
    let instance = in_turn(61, 61);
    let solution = committees(&instance);
    assert_eq!(solution.committees.len(), 12);
    assert_eq!(loads(&instance, &solution)[0], 6);
}

#[test]
fn twelve_projects_of_which_eight_by_teams() {
    let mut instance = in_turn(12, 25);
    for team in 0..8 {
        instance.projects[team].students = 2;
    }
    let solution = committees(&instance);
    assert_eq!(loads(&instance, &solution), [5, 5, 5, 5]);
}

#[test]
fn five_hundred_projects_of_a_hundred_and_twenty_tutors() {
    let instance = in_turn(500, 120);
    let solution = committees(&instance);
    assert_eq!(solution.committees.len(), 24);
    assert_eq!(loads(&instance, &solution), [[21; 20].as_slice(), &[20; 4]].concat());
}

#[test]
fn a_tutor_who_is_co_tutor_elsewhere_judges_neither() {
    let mut instance = in_turn(15, 15);
    for j in 0..15 {
        instance.projects[j].tutors.push(format!("P{}", (j + 4) % 15).into());
    }
    let solution = committees(&instance);
    assert_eq!(solution.committees.len(), 3);
}

#[test]
fn fewer_projects_than_a_committee_takes() {
    for projects in 1..12 {
        let instance = in_turn(projects, 20);
        assert_eq!(committees(&instance).committees.len(), projects.div_ceil(5));
    }
}

#[test]
fn nothing_to_judge_needs_nobody() {
    let solution = committees(&in_turn(0, 20));
    assert_eq!((solution.status, solution.committees.len()), (Status::Optimal, 0));
}

#[test]
fn an_area_with_too_few_professors_is_explained() {
    let mut instance = in_turn(20, 30);
    for professor in &mut instance.professors {
        // Only three of ATC are left for four committees, which need three areas each.
        let number: usize = professor.id.0[1..].parse().unwrap();
        if professor.area.0 == "ATC" && number > 8 {
            professor.exempt = true;
        }
    }
    instance.settings.may_exceed_target = false;
    let solution = committees(&instance);
    assert_eq!(solution.status, Status::Infeasible);
    assert_eq!(solution.notes.len(), 1);
    let note = &solution.notes[0];
    assert_eq!((note.kind, note.committees), (NoteKind::AreasShort, 4));
    assert_eq!(note.areas, ["ATC".into()]);
    assert!(note.text.contains("ATC has 3 free professors"), "{}", note.text);

    instance.settings.may_exceed_target = true;
    assert_eq!(committees(&instance).committees.len(), 3);
}

/// 21 projects of one student; DECSAI counts ESTADISTICA in.
fn worked_case() -> Instance {
    let mut instance = call(
        &[
            ("LSI", &["P2", "P5", "P6", "P20", "P21", "E2"]),
            ("ATC", &["P1", "P7", "P11", "P14", "P15", "P16", "P17", "E1"]),
            ("DECSAI", &["P3", "P8", "P12", "P18", "P19", "P4", "P9", "P10", "P13"]),
        ],
        &[
            &["E1", "E2"],
            &["P1"],
            &["P4"],
            &["P2"],
            &["P3"],
            &["P6"],
            &["P6"],
            &["P5"],
            &["P9"],
            &["P10"],
            &["P8"],
            &["P7"],
            &["P1"],
            &["P9"],
            &["P11", "P10"],
            &["P1"],
            &["P6"],
            &["P1"],
            &["P15"],
            &["P14"],
            &["P12"],
        ],
    );
    instance.settings.target = 6;
    instance
}

#[test]
fn the_worked_case_has_four_committees_of_twenty_different_professors() {
    let instance = worked_case();
    let solution = committees(&instance);
    assert_eq!(loads(&instance, &solution), [6, 5, 5, 5]);
    let people: BTreeSet<_> = solution.committees.iter().flat_map(|c| &c.seats).collect();
    assert_eq!(people.len(), 20);
    assert_eq!(solution.status, Status::Optimal);
    // Sixteen tutor in this call; only four others have to be called.
    assert_eq!(solution.objectives[1].value, 4);
}

#[test]
fn two_hundred_defences_are_best_in_whom_they_call() {
    let instance = generate::call(3, &generate::Call::default());
    let solution = committees(&instance);
    for objective in &solution.objectives[1..3] {
        assert_eq!(objective.value, objective.bound, "{objective:?}");
    }
}
