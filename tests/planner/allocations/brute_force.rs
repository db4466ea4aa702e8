//! Small rounds, every allocation tried.

use super::worlds::{decide, optimal};
use gestfg_planner::allocation::{Instance, Measures, Method, Pair, Rule, check, measure};
use gestfg_planner::generate::{Round, round};

/// Everything that keeps places and limits.
pub(crate) fn every(instance: &Instance) -> Vec<Vec<Pair>> {
    fn go(instance: &Instance, at: usize, pairs: &mut Vec<Pair>, found: &mut Vec<Vec<Pair>>) {
        let Some(applicant) = instance.applicants.get(at) else {
            let soft = [Rule::Order, Rule::Blocking, Rule::NotMost, Rule::NotBest];
            if check(instance, pairs).violations.iter().all(|v| soft.contains(&v.rule)) {
                found.push(pairs.clone());
            }
            return;
        };
        go(instance, at + 1, pairs, found);
        for (rank, project) in applicant.wishes() {
            if applicant.ineligible.contains(project) {
                continue;
            }
            let pair = Pair { applicant: applicant.id.clone(), project: project.clone(), rank: Some(rank) };
            pairs.push(pair);
            go(instance, at + 1, pairs, found);
            pairs.pop();
        }
    }
    let mut found = Vec::new();
    go(instance, 0, &mut Vec::new(), &mut found);
    found
}

pub(crate) fn ranks(instance: &Instance, pairs: &[Pair]) -> Vec<usize> {
    let rank = |id| pairs.iter().find(|p| p.applicant == id).and_then(|p| p.rank).unwrap_or(usize::MAX);
    instance.applicants.iter().map(|a| rank(a.id.clone())).collect()
}

fn shape(seed: u64) -> Round {
    Round {
        applicants: 5,
        projects: 4 + (seed % 2) as usize,
        tutors: 2 + usize::from(!seed.is_multiple_of(3)),
        wishes: 3,
        skew: 0.5,
        places: 1.0,
        limits: Some(0.9),
        ..Round::default()
    }
}

#[test]
fn the_stable_answers_are_the_best_for_their_side() {
    for seed in 0..300 {
        let instance = Instance { method: Method::StableStudentOptimal, ..round(seed, &shape(seed)) };
        let all = every(&instance);
        let stable: Vec<_> = all.iter().filter(|pairs| check(&instance, pairs).valid).collect();
        assert!(!stable.is_empty(), "seed {seed}");
        let best = optimal(&instance, Method::StableStudentOptimal);
        let worst = optimal(&instance, Method::StableLecturerOptimal);
        let (best, worst) = (ranks(&instance, &best.pairs), ranks(&instance, &worst.pairs));
        for other in stable {
            let other = ranks(&instance, other);
            assert!(best.iter().zip(&other).all(|(b, o)| b <= o), "seed {seed}: {best:?} {other:?}");
            // The best for tutors is the worst for applicants.
            assert!(worst.iter().zip(&other).all(|(w, o)| w >= o), "seed {seed}: {worst:?} {other:?}");
        }
    }
}

#[test]
fn with_ties_the_largest_stable_allocation_is_found() {
    for seed in 0..200 {
        let instance =
            Instance { method: Method::StableWithTies, ..round(seed, &Round { ties: 0.5, ..shape(seed) }) };
        let all = every(&instance);
        let most = all.iter().filter(|pairs| check(&instance, pairs).valid).map(Vec::len).max().unwrap();
        let solution = optimal(&instance, Method::StableWithTies);
        assert_eq!(solution.measures.matched, most, "seed {seed}");
    }
}

#[test]
fn maximum_methods_find_the_best_profile() {
    for seed in 0..200 {
        let mut instance = round(seed, &Round { ties: 0.2, ..shape(seed) });
        instance.weights = vec![1, 4, 5];
        if seed % 2 == 0 {
            instance.tutors[0].lower = Some(1);
        }
        instance.method = Method::GreedyMaximum;
        let all: Vec<Measures> = every(&instance).iter().map(|pairs| measure(&instance, pairs)).collect();
        let Some(most) = all.iter().map(|m| m.matched).max() else {
            // Some lower limit cannot be kept.
            assert!(!decide(&instance, Method::GreedyMaximum).conflicts.is_empty(), "seed {seed}");
            continue;
        };
        let largest: Vec<&Measures> = all.iter().filter(|m| m.matched == most).collect();
        let greedy = optimal(&instance, Method::GreedyMaximum).measures;
        assert_eq!(Some(&greedy.profile), largest.iter().map(|m| &m.profile).max(), "seed {seed}");
        let generous = optimal(&instance, Method::GenerousMaximum).measures;
        let reverse = |profile: &[usize]| profile.iter().rev().copied().collect::<Vec<_>>();
        let fewest = largest.iter().map(|m| reverse(&m.profile)).min();
        assert_eq!(Some(reverse(&generous.profile)), fewest, "seed {seed}");
        let cheapest = optimal(&instance, Method::MinimumCostMaximum).measures;
        assert_eq!(Some(cheapest.cost), largest.iter().map(|m| m.cost).min(), "seed {seed}");
        assert!([greedy, generous, cheapest].iter().all(|m| m.matched == most), "seed {seed}");
    }
}

/// Nobody who comes later could be given more without taking from somebody who comes before.
#[test]
fn by_record_every_applicant_gets_the_best_that_those_before_leave() {
    for seed in 0..200 {
        let ties = if seed % 2 == 0 { 0.0 } else { 0.4 };
        let instance = Instance {
            method: Method::SerialDictatorship,
            ..round(seed, &Round { ties, opinions: 0.0, ..shape(seed) })
        };
        let place = gestfg_planner::allocation::order(&instance).place;
        let in_order = |pairs: &[Pair]| {
            let ranks = ranks(&instance, pairs);
            let mut line: Vec<usize> = (0..ranks.len()).collect();
            line.sort_by_key(|&a| place[a]);
            line.into_iter().map(|a| ranks[a]).collect::<Vec<_>>()
        };
        let best = every(&instance).iter().map(|pairs| in_order(pairs)).min().unwrap();
        let solution = optimal(&instance, Method::SerialDictatorship);
        assert_eq!(in_order(&solution.pairs), best, "seed {seed}");
    }
}
