//! The worked examples of the literature. An answer is called published where we have it from the paper;
//! the others are derived here, by trying everything.

use super::brute_force::{every, ranks};
use super::worlds::{decide, optimal, round, written};
use gestfg_planner::allocation::{Instance, Method, check};

/// The instance of Abraham, Irving & Manlove 2007, figure 1.
pub(crate) fn two_algorithms() -> Instance {
    round(
        &["1 7", "1 2 3 4 5 6", "2 1 4", "2", "1 2 3 4", "2 3 4 5 6", "5 3 8"],
        &[(2, 1), (1, 1), (1, 1), (1, 2), (1, 2), (1, 2), (1, 3), (1, 3)],
        &[(3, "7 4 1 3 2 5 6"), (2, "3 2 6 7 5"), (2, "1 7")],
    )
}

/// The answers expected here do not rest on the paper's text: every allocation of the instance is tried,
/// the stable ones are kept by the definition of a blocking pair, and of these the one that nobody would
/// leave for another of them is the students', the one that everybody would leave the tutors'. That
/// there is exactly one of each is what the paper proves.
#[test]
fn both_sides_choose_in_the_example_of_two_algorithms() {
    let instance = two_algorithms();
    let all = every(&instance);
    let stable: Vec<_> = all.iter().filter(|pairs| check(&instance, pairs).valid).collect();
    let all_ranks: Vec<_> = stable.iter().map(|pairs| ranks(&instance, pairs)).collect();
    let extreme = |better: fn(&usize, &usize) -> bool| {
        let found: Vec<_> = (0..stable.len())
            .filter(|&at| {
                all_ranks.iter().all(|other| all_ranks[at].iter().zip(other).all(|(a, b)| better(a, b)))
            })
            .collect();
        let [one] = found[..] else { panic!("{found:?} of {} stable ones", stable.len()) };
        written(stable[one])
    };
    let (best, worst) = (extreme(|a, b| a <= b), extreme(|a, b| a >= b));
    assert_eq!(best, "s1-p1 s2-p5 s3-p4 s4-p2 s7-p3");
    assert_eq!(written(&optimal(&instance, Method::StableStudentOptimal).pairs), best);
    assert_eq!(written(&optimal(&instance, Method::StableLecturerOptimal).pairs), worst);
}

/// Cooper & Manlove 2018, the instance of the detailed trace: 10 of 12, eight first and two second wishes.
#[test]
fn ties_are_settled_as_in_the_published_trace() {
    let instance = round(
        &["(2 3) 1", "2 1", "(7 8)", "7", "1 (2 3)", "1", "(4 6)", "5", "5", "9 12", "9 10", "11"],
        &[(1, 1), (2, 1), (2, 2), (1, 3), (1, 3), (1, 4), (1, 4), (1, 5), (1, 6), (1, 6), (1, 6), (1, 7)],
        &[
            (2, "(1 2) 6 5"),
            (2, "1 5"),
            (1, "(8 9) 7"),
            (1, "7 (3 4)"),
            (1, "3"),
            (2, "12 (10 11)"),
            (2, "10"),
        ],
    );
    let solution = decide(&instance, Method::StableWithTies);
    assert_eq!(written(&solution.pairs), "s1-p3 s2-p2 s3-p8 s5-p3 s6-p1 s7-p6 s9-p5 s10-p12 s11-p9 s12-p11");
    assert_eq!(solution.measures.profile, [8, 2]);
}

/// Kwanashie, Irving, Manlove & Sng 2014, the sample instance with its two answers.
#[test]
fn greedy_and_generous_differ_as_in_the_sample_instance() {
    let instance = round(&["1 2 3", "1", "2 3"], &[(1, 1), (1, 1), (1, 2)], &[(2, ""), (1, "")]);
    let greedy = optimal(&instance, Method::GreedyMaximum);
    assert_eq!(written(&greedy.pairs), "s1-p3 s2-p1 s3-p2");
    let generous = optimal(&instance, Method::GenerousMaximum);
    assert_eq!(written(&generous.pairs), "s1-p2 s2-p1 s3-p3");
    // By costs of 1, 2, 3 both are as good.
    assert_eq!(optimal(&instance, Method::MinimumCostMaximum).measures.cost, 5);
}

/// The smallest instance whose stable allocations differ in size (Manlove et al. 2002, as SPA-ST): only
/// the larger is found, though a tie broken the other way gives the smaller.
#[test]
fn a_tie_is_not_wasted_on_the_smaller_allocation() {
    let instance = round(&["1 2", "1"], &[(1, 1), (1, 2)], &[(1, "(1 2)"), (1, "1")]);
    assert_eq!(optimal(&instance, Method::StableWithTies).measures.matched, 2);
}
