//! The rules one by one, in rounds small enough to see through.

use super::worlds::{decide, optimal, round, written};
use gestfg_planner::allocation::{
    Ahead, Answer, ConflictKind, Instance, Method, Pin, Reason, Record, Rule, TieBreak, Unit, check, lot,
    validate,
};

/// Three who want the same, of records 9, 8 and 8.
fn three() -> Instance {
    let mut instance = round(&["1 2", "1 2", "1 2"], &[(1, 1), (1, 1)], &[(2, "")]);
    for (student, record) in instance.students.iter_mut().zip(["9", "8.00", "8.000"]) {
        student.record = Some(record.parse().unwrap());
    }
    instance
}

fn reason(answers: &[Answer], applicant: &str, project: &str) -> Reason {
    let asked = |a: &&Answer| a.applicant == applicant.into() && a.project == project.into();
    answers.iter().find(asked).map(|a| a.reason).expect("an answer")
}

#[test]
fn records_are_compared_exactly() {
    let record = |text: &str| text.parse::<Record>();
    assert_eq!(record("8.5").unwrap(), record("8.500").unwrap());
    assert!(record("8.499").unwrap() < record("8.5").unwrap());
    assert_eq!(record("10.00").unwrap().to_string(), "10");
    assert!(["", ".", "8.", "8,5", "-1", "1e3", "8.1234", "123456", " 8"].iter().all(|t| record(t).is_err()));
}

#[test]
fn ties_of_record_go_by_number_and_then_by_a_lottery_anyone_can_draw() {
    let mut instance = three();
    let first = optimal(&instance, Method::SerialDictatorship);
    let lucky = if lot(1, "s2") < lot(1, "s3") { "s2" } else { "s3" };
    assert_eq!(written(&first.pairs), format!("s1-p1 {lucky}-p2"));
    let unlucky = if lucky == "s2" { "s3" } else { "s2" };
    let places = 1;
    assert_eq!(reason(&first.answers, unlucky, "p1"), Reason::FullWithHigherRecord { places });
    assert_eq!(reason(&first.answers, unlucky, "p2"), Reason::FullByTieBreak { places, lottery: true });
    assert_eq!(reason(&first.answers, "s1", "p2"), Reason::BetterObtained);
    instance.students[1].tie_break = Some(20);
    instance.students[2].tie_break = Some(10);
    let drawn = optimal(&instance, Method::SerialDictatorship);
    assert_eq!(written(&drawn.pairs), "s1-p1 s3-p2");
    assert_eq!(reason(&drawn.answers, "s2", "p2"), Reason::FullByTieBreak { places, lottery: false });
    instance.tie_breaks = vec![TieBreak::TieBreak];
    assert_eq!(written(&optimal(&instance, Method::SerialDictatorship).pairs), "s2-p2 s3-p1");
}

#[test]
fn who_is_passed_over_is_found_by_the_checker() {
    let instance = Instance { method: Method::SerialDictatorship, ..three() };
    let mut pairs = optimal(&instance, Method::SerialDictatorship).pairs;
    pairs.swap(0, 1);
    let (a, b) = (pairs[0].project.clone(), pairs[1].project.clone());
    (pairs[0].project, pairs[1].project) = (b, a);
    (pairs[0].rank, pairs[1].rank) = (Some(1), Some(2));
    let report = check(&instance, &pairs);
    assert!(report.violations.iter().any(|v| v.rule == Rule::Order), "{report:?}");
}

#[test]
fn the_checker_knows_what_is_not_the_most_or_the_best() {
    let chain = round(&["1 2", "1"], &[(1, 1), (1, 2)], &[(1, ""), (1, "")]);
    let pair = |a: &str, p: &str, rank| gestfg_planner::allocation::Pair {
        applicant: a.into(),
        project: p.into(),
        rank: Some(rank),
    };
    let instance = Instance { method: Method::GreedyMaximum, ..chain };
    let rules = |pairs: &[_]| check(&instance, pairs).violations.iter().map(|v| v.rule).collect::<Vec<_>>();
    assert_eq!(rules(&[pair("s1", "p1", 1)]), [Rule::NotMost]);
    assert_eq!(rules(&[pair("s1", "p2", 2), pair("s2", "p1", 1)]), []);
    let swap = round(&["1 2", "2 1"], &[(1, 1), (1, 2)], &[(1, ""), (1, "")]);
    let instance = Instance { method: Method::GenerousMaximum, ..swap };
    let rules = |pairs: &[_]| check(&instance, pairs).violations.iter().map(|v| v.rule).collect::<Vec<_>>();
    assert_eq!(rules(&[pair("s1", "p2", 2), pair("s2", "p1", 2)]), [Rule::NotBest]);
}

#[test]
fn a_tutor_at_the_limit_is_told_as_such() {
    let mut instance = three();
    instance.tutors[0].upper = Some(1);
    let solution = optimal(&instance, Method::SerialDictatorship);
    let reason = reason(&solution.answers, "s2", "p2");
    assert_eq!(reason, Reason::TutorAtCapacity { limit: 1, ahead_by: Ahead::Record });
}

#[test]
fn a_tutors_preference_is_told_as_such() {
    let mut instance = three();
    instance.tutors[0].preferences = vec![vec!["s3".into()]];
    let solution = optimal(&instance, Method::StableStudentOptimal);
    assert_eq!(written(&solution.pairs), "s1-p2 s3-p1");
    let asked = |a, p| reason(&solution.answers, a, p);
    assert_eq!(asked("s1", "p1"), Reason::FullWithPreferredByTutor { places: 1 });
}

#[test]
fn agreements_stay_and_the_rest_works_around_them() {
    let mut instance = three();
    let pin = |applicant: &str, project: &str| Pin {
        applicant: applicant.into(),
        project: project.into(),
        reason: "agreed in spring".to_owned(),
    };
    instance.pins = vec![pin("s3", "p1")];
    for method in Method::all() {
        let solution = optimal(&instance, method);
        assert_eq!(solution.measures.matched, 2, "{method:?}");
        assert_eq!(reason(&solution.answers, "s3", "p2"), Reason::PinnedElsewhere);
        assert_eq!(reason(&solution.answers, "s1", "p1"), Reason::TakenByAgreement);
    }
    instance.pins.push(pin("s2", "p1"));
    instance.pins.push(pin("s1", "p2"));
    let solution = decide(&instance, Method::SerialDictatorship);
    let conflict = &solution.conflicts[0];
    assert_eq!(conflict.kind, ConflictKind::PinsOverPlaces);
    assert_eq!(conflict.applicants, ["s2".into(), "s3".into()]);
    instance.applicants[2].ineligible.push("p1".into());
    let solution = decide(&instance, Method::SerialDictatorship);
    assert_eq!(solution.conflicts[0].kind, ConflictKind::PinNotEligible);
}

#[test]
fn lower_limits_are_kept_by_the_methods_that_promise_it() {
    let mut instance = round(&["1 2", "1 2"], &[(2, 1), (2, 2)], &[(2, ""), (2, "")]);
    instance.tutors[1].lower = Some(1);
    assert_eq!(optimal(&instance, Method::SerialDictatorship).measures.tutors[1].missing, 1);
    let kept = optimal(&instance, Method::GreedyMaximum);
    assert_eq!(kept.measures.profile, [1, 1]);
    let below = kept.answers.iter().find(|a| a.rank == 1).unwrap().reason;
    // The other one could as well have been sent there.
    assert_eq!(below, Reason::EqualAlternative);
    instance.tutors[1].lower = Some(2);
    let kept = optimal(&instance, Method::GreedyMaximum);
    assert!(kept.answers.iter().all(|a| a.reason == Reason::TradedForLowerLimit), "{:?}", kept.answers);
    instance.tutors[0].lower = Some(1);
    let conflict = decide(&instance, Method::GreedyMaximum).conflicts.remove(0);
    assert_eq!(conflict.kind, ConflictKind::LowerLimits);
    assert_eq!(conflict.tutors, ["l1".into(), "l2".into()]);
}

#[test]
fn what_was_traded_is_told() {
    let chain = round(&["1 2", "1"], &[(1, 1), (1, 2)], &[(1, ""), (1, "")]);
    let solution = optimal(&chain, Method::GreedyMaximum);
    assert_eq!(reason(&solution.answers, "s1", "p1"), Reason::TradedForMoreMatched);
    let profile = round(&["1 2 3", "1", "2 3"], &[(1, 1), (1, 1), (1, 2)], &[(2, ""), (1, "")]);
    let solution = optimal(&profile, Method::GreedyMaximum);
    assert_eq!(reason(&solution.answers, "s1", "p2"), Reason::TradedForBetterWhole);
}

#[test]
fn teams_get_one_project_together_or_hear_why_not() {
    let mut instance = round(&["1 2", "1 2", "1"], &[(2, 1), (1, 1)], &[(9, "")]);
    // s1 and s2 become one team.
    let joined = instance.applicants.remove(1).students;
    instance.applicants[0].students.extend(joined);
    instance.projects[0].shared = false;
    let solution = optimal(&instance, Method::GreedyMaximum);
    assert_eq!(solution.measures.matched, 1);
    let told = reason(&solution.answers, "s1", "p2");
    assert_eq!(told, Reason::TeamTooLarge { places: 1 });
    for student in &mut instance.students {
        student.record = Some("7".parse().unwrap());
    }
    instance.students[2].record = Some("8".parse().unwrap());
    instance.projects[0].shared = true;
    instance.tutors[0].counted_in = Unit::Students;
    let solution = decide(&instance, Method::SerialDictatorship);
    assert_eq!(written(&solution.pairs), "s3-p1");
    assert_eq!(reason(&solution.answers, "s1", "p1"), Reason::NoRoomForTeam);
}

#[test]
fn one_more_place_is_decided_again() {
    let solution = optimal(&three(), Method::SerialDictatorship);
    let more = &solution.one_more[0];
    assert_eq!((more.project.0.as_str(), more.wanted_by), ("p1", 2));
    assert_eq!((more.matched, more.better_off, more.worse_off), (1, 2, 0));
}

#[test]
fn unsound_rounds_are_refused_with_every_fault() {
    let mut instance = three();
    instance.applicants[0].preferences.push(vec!["p1".into(), "p9".into()]);
    instance.applicants[1].students = vec!["s1".into()];
    instance.projects[0].tutor = "nobody".into();
    instance.tutors[0].lower = Some(5);
    let faults = validate(&instance).join("; ");
    for part in ["wishes for p1 twice", "no project p9", "s1 applies twice", "no tutor nobody", "lower limit"]
    {
        assert!(faults.contains(part), "{part}: {faults}");
    }
}
