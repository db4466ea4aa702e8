//! What holds of every round, whatever its shape.

use super::worlds::decide;
use gestfg_planner::allocation::{Export, Instance, Method, Pin, Reason, Unit, input_hash, verify_export};
use gestfg_planner::generate::{Round, round};
use proptest::prelude::*;

fn rounds() -> impl Strategy<Value = Instance> {
    let sizes = (1usize..40, 1usize..20, 1usize..8, 1usize..6);
    let shares = (0.0..2.0, 0.4..1.6, prop::option::of(0.4..1.6), 0.0..1.0, 0.0..0.6);
    let kinds = (any::<bool>(), prop_oneof![Just(0.0), Just(0.3)], any::<bool>(), any::<u64>());
    (sizes, shares, kinds).prop_map(|(sizes, shares, (shared, teams, in_students, seed))| {
        let (applicants, projects, tutors, wishes) = sizes;
        let (skew, places, limits, opinions, ties) = shares;
        let tutors = tutors.min(projects);
        let mut instance = round(
            seed,
            &Round {
                applicants,
                projects,
                tutors,
                wishes,
                skew,
                places,
                limits,
                opinions,
                ties,
                teams,
                shared,
            },
        );
        if in_students {
            instance.tutors.iter_mut().for_each(|t| t.counted_in = Unit::Students);
        }
        // Somebody may not have their first wish, and somebody has agreed on theirs.
        let first = instance.applicants[0].preferences[0][0].clone();
        instance.applicants[0].ineligible.push(first);
        let last = instance.applicants.len() - 1;
        let fits = |a: usize| {
            let wish = instance.applicants[a].preferences[0].first()?;
            let project = instance.projects.iter().find(|p| p.id == *wish)?;
            let tutor = instance.tutors.iter().find(|t| t.id == project.tutor)?;
            let size = instance.applicants[a].students.len();
            let fits = size <= project.places && tutor.upper.is_none_or(|upper| size <= upper);
            fits.then(|| wish.clone())
        };
        if let Some(project) = fits(last).filter(|_| last > 0) {
            let applicant = instance.applicants[last].id.clone();
            instance.pins.push(Pin { applicant, project, reason: "agreed in spring".to_owned() });
        }
        instance
    })
}

fn methods() -> impl Strategy<Value = Method> {
    prop::sample::select(Method::all().to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// The checker accepts every answer: places, limits, agreements, order, stability, proof of the most
    /// and the best, measures and the answer to each wish.
    #[test]
    fn the_checker_accepts_every_answer(instance in rounds(), method in methods()) {
        let solution = decide(&instance, method);
        prop_assert!(solution.conflicts.is_empty());
        let again = decide(&instance, method);
        prop_assert_eq!(&solution.pairs, &again.pairs);
        prop_assert_eq!(&solution.answers, &again.answers);
        let size = |id| instance.applicants.iter().find(|a| a.id == id).map_or(0, |a| a.students.len());
        let alone = solution.pairs.iter().all(|p| size(p.applicant.clone()) == 1);
        if method.is_stable() && alone && !instance.applicants.iter().any(|a| a.students.len() > 1) {
            prop_assert_eq!(solution.measures.blocking, 0);
        }
    }

    /// The file that is published can be verified, and not when anything in it was changed.
    #[test]
    fn a_changed_export_is_refused(instance in rounds(), method in methods()) {
        let instance = Instance { method, ..instance };
        let solution = decide(&instance, method);
        let export = Export { instance, solution };
        let text = serde_json::to_string(&export).unwrap();
        prop_assert!(verify_export(&text).unwrap().valid);
        let mut other = export.clone();
        other.instance.students[0].record = None;
        prop_assert!(verify_export(&serde_json::to_string(&other).unwrap()).is_err());
        let mut other = export;
        if other.solution.pairs.pop().is_some() {
            prop_assert!(!verify_export(&serde_json::to_string(&other).unwrap()).unwrap().valid);
        }
    }

    /// The order in which applicants are written down changes nothing that was drawn or decided.
    #[test]
    fn the_order_of_writing_does_not_matter(instance in rounds()) {
        let mut turned = instance.clone();
        turned.applicants.reverse();
        for method in [Method::SerialDictatorship, Method::StableStudentOptimal] {
            let single = instance.applicants.iter().all(|a| a.students.len() == 1 && a.preferences.iter().all(|g| g.len() == 1));
            if single {
                let mut there = decide(&instance, method).pairs;
                let mut back = decide(&turned, method).pairs;
                there.sort();
                back.sort();
                prop_assert_eq!(there, back);
            }
        }
    }

    /// What conflicts is minimal: without any one of its facts there is an answer, or another conflict.
    #[test]
    fn conflicts_are_minimal(mut instance in rounds(), lower in prop::collection::vec(0usize..4, 8)) {
        prop_assume!(instance.applicants.iter().all(|a| a.students.len() == 1));
        for (tutor, lower) in instance.tutors.iter_mut().zip(lower) {
            tutor.lower = Some(lower.min(tutor.upper.unwrap_or(lower)));
        }
        let solution = decide(&instance, Method::GreedyMaximum);
        for conflict in &solution.conflicts {
            let mut only = instance.clone();
            for tutor in &mut only.tutors {
                if !conflict.tutors.contains(&tutor.id) {
                    tutor.lower = None;
                }
            }
            only.pins.retain(|pin| conflict.applicants.contains(&pin.applicant));
            prop_assert!(!decide(&only, Method::GreedyMaximum).conflicts.is_empty());
            for left_out in &conflict.applicants {
                let mut rest = only.clone();
                rest.pins.retain(|pin| pin.applicant != *left_out);
                prop_assert!(decide(&rest, Method::GreedyMaximum).conflicts.is_empty(), "{conflict:?}");
            }
            for left_out in &conflict.tutors {
                let mut rest = only.clone();
                rest.tutors.iter_mut().filter(|t| t.id == *left_out).for_each(|t| t.lower = None);
                prop_assert!(decide(&rest, Method::GreedyMaximum).conflicts.is_empty(), "{conflict:?}");
            }
        }
    }

    /// Nobody's name and no mark is in an answer but the asker's own.
    #[test]
    fn answers_name_nobody_else(instance in rounds(), method in methods()) {
        for answer in decide(&instance, method).answers {
            let text = serde_json::to_string(&answer.reason).unwrap();
            prop_assert!(!text.contains("applicant-") && !text.contains("student-"), "{}", text);
            if answer.reason == Reason::NotEligible {
                let asks = instance.applicants.iter().find(|a| a.id == answer.applicant).unwrap();
                prop_assert!(asks.ineligible.contains(&answer.project));
            }
        }
    }
}

#[test]
fn all_methods_share_the_hash_of_their_inputs() {
    let instance = round(1, &Round { applicants: 10, projects: 8, tutors: 3, ..Round::default() });
    let hash = input_hash(&instance);
    for method in Method::all() {
        let other =
            Instance { method, seed: 9, weights: vec![1, 3], name: "x".to_owned(), ..instance.clone() };
        assert_eq!(input_hash(&other), hash);
    }
    let mut other = instance;
    other.projects[0].places += 1;
    assert_ne!(input_hash(&other), hash);
}
