//! Small rounds written as people write them: `"1 (2 3)"` is 1 first, then 2 and 3 alike.

use gestfg_planner::allocation::{
    Applicant, Instance, Method, Pair, Project, Solution, Student, TeamRecord, TieBreak, Tutor, Unit,
    check_solution, solve::solve,
};
use gestfg_planner::control::Control;
use gestfg_planner::status::Status;
use std::time::Duration;

fn groups(list: &str, letter: &str) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut within = false;
    for word in list.split_whitespace() {
        let id = format!("{letter}{}", word.trim_matches(['(', ')']));
        match groups.last_mut() {
            Some(group) if within => group.push(id),
            _ => groups.push(vec![id]),
        }
        within = (within || word.starts_with('(')) && !word.ends_with(')');
    }
    groups
}

/// Students s1, s2 … by their wishes; projects p1, p2 … by places and tutor; tutors l1, l2 … by limit
/// and preferences. Every applicant is called like its student.
pub(crate) fn round(wishes: &[&str], projects: &[(usize, usize)], tutors: &[(usize, &str)]) -> Instance {
    let id = |at: usize| format!("s{}", at + 1);
    Instance {
        name: String::new(),
        students: (0..wishes.len())
            .map(|at| Student { id: id(at).into(), record: None, tie_break: None })
            .collect(),
        applicants: wishes
            .iter()
            .enumerate()
            .map(|(at, list)| Applicant {
                id: id(at).into(),
                students: vec![id(at).into()],
                preferences: named(groups(list, "p")),
                ineligible: Vec::new(),
            })
            .collect(),
        projects: projects
            .iter()
            .enumerate()
            .map(|(at, &(places, tutor))| Project {
                id: format!("p{}", at + 1).into(),
                tutor: format!("l{tutor}").into(),
                places,
                shared: true,
            })
            .collect(),
        tutors: tutors
            .iter()
            .enumerate()
            .map(|(at, &(upper, list))| Tutor {
                id: format!("l{}", at + 1).into(),
                lower: None,
                upper: Some(upper),
                counted_in: Unit::Projects,
                preferences: named(groups(list, "s")),
            })
            .collect(),
        pins: Vec::new(),
        method: Method::StableStudentOptimal,
        weights: Vec::new(),
        tie_breaks: TieBreak::usual(),
        team_record: TeamRecord::Mean,
        seed: 1,
    }
}

fn named<T: From<String>>(groups: Vec<Vec<String>>) -> Vec<Vec<T>> {
    groups.into_iter().map(|group| group.into_iter().map(T::from).collect()).collect()
}

/// Decides by a method and lets the checker judge the answer.
pub(crate) fn decide(instance: &Instance, method: Method) -> Solution {
    let instance = Instance { method, ..instance.clone() };
    let solution = solve(&instance, &Control::new(1, Duration::from_secs(60))).unwrap();
    let report = check_solution(&instance, &solution);
    assert!(report.valid, "{method:?}: {:#?}\n{solution:#?}\n{instance:?}", report.violations);
    solution
}

/// The same, which must be what the method promises.
pub(crate) fn optimal(instance: &Instance, method: Method) -> Solution {
    let solution = decide(instance, method);
    assert_eq!(solution.status, Status::Optimal, "{method:?} {instance:?} {solution:?}");
    solution
}

/// Pairs as `"s1-p1 s2-p5"`.
pub(crate) fn written(pairs: &[Pair]) -> String {
    let words: Vec<String> = pairs.iter().map(|p| format!("{}-{}", p.applicant, p.project)).collect();
    words.join(" ")
}
