//! Panels of their own for every defence, and those that come with their people.

use super::{Faculty, path};
use diesel::prelude::*;
use gestfg_types::defences::{Committees, Defence};
use gestfg_types::errors::ErrorCode;
use gestfg_types::pagination::Page;
use gestfg_types::planning::{CommitteePlan, PlanComparison, PlanParam, PlanningState, Publication};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn committees(plan: &CommitteePlan) -> Vec<(Vec<String>, Vec<String>)> {
    let names = |list: &Value| -> Vec<String> {
        list.as_array()
            .expect("a list")
            .iter()
            .map(|name| name.as_str().expect("a name").to_owned())
            .collect()
    };
    let all = plan.committees_solution["committees"].as_array().expect("committees");
    all.iter().map(|committee| (names(&committee["seats"]), names(&committee["projects"]))).collect()
}

fn placements(plan: &CommitteePlan) -> Vec<Value> {
    let timetable = plan.timetable_solution.as_ref().expect("a timetable");
    timetable["placements"].as_array().expect("placements").clone()
}

/// The area of somebody of the faculty, who are dealt to four.
fn area(faculty: &Faculty, person: &str) -> usize {
    let at = faculty.professors.iter().position(|id| format!("person-{id}") == person);
    at.expect("one of the faculty") % 4
}

#[actix_web::test]
async fn every_defence_gets_people_of_its_own() {
    let faculty = Faculty::with(12, 24, 4).in_mode("free_panel");
    let plan = faculty.plan("committees", None).await;
    assert!(plan.report.valid, "{:?}", plan.report.violations);
    assert_eq!((plan.summary.committee_count, plan.summary.scheduled_count), (12, Some(12)));
    let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
    let all = committees(&plan);
    for (seats, projects) in &all {
        assert_eq!((seats.len(), projects.len()), (5, 1));
        let areas: BTreeSet<_> = seats[..3].iter().map(|person| area(&faculty, person)).collect();
        assert_eq!(areas.len(), 3, "{seats:?}");
        for person in &seats[..3] {
            *loads.entry(person).or_default() += 1;
        }
    }
    assert!(loads.values().all(|load| *load <= 5), "{loads:?}");
    // The people of the timetable are those of the committees.
    for placed in placements(&plan) {
        let request = placed["defence"].as_str().and_then(|name| name.split('-').nth(1)).expect("a request");
        let own = all.iter().find(|(_, projects)| projects[0] == format!("project-{request}")).expect("one");
        assert_eq!(placed["panel"], json!(own.0[..3]));
    }
    // Published, each is before its own committee, and in every list.
    let coordinator = faculty.coordinator();
    let done: Publication = coordinator.act_with(&path(&plan, "/publish"), &json!({})).await.expect(200);
    assert_eq!(done.defences.len(), 12);
    let visitor = faculty.app.visitor();
    let page: Page<Defence> =
        visitor.get(&format!("/defences?call_id={}&limit=200", faculty.call)).await.expect(200);
    assert!(page.items.iter().all(|defence| defence.room.is_some() && defence.starts_at.is_some()));
    let formed: Committees = visitor.get(&format!("/committees?call_id={}", faculty.call)).await.expect(200);
    assert!(formed.items.len() == 12 && formed.items.iter().all(|committee| committee.defence_count == 1));
    let csv = visitor.get(&format!("/defences/export?call_id={}&format=csv", faculty.call)).await;
    assert_eq!(csv.text().lines().count(), 13);
    let xlsx = visitor.get(&format!("/defences/export?call_id={}&format=xlsx", faculty.call)).await;
    assert!(xlsx.body.starts_with(b"PK"));
    let feed = visitor.get(&format!("/defences.ics?call_id={}", faculty.call)).await;
    assert_eq!(feed.text().matches("BEGIN:VEVENT").count(), 12);
}

#[actix_web::test]
async fn free_panels_are_changed_by_hand_and_the_rest_is_left_alone() {
    let faculty = Faculty::with(12, 24, 4).in_mode("free_panel");
    let plan = faculty.plan("timetable", Some(faculty.plan("committees", None).await.summary.id)).await;
    let coordinator = faculty.coordinator();
    // Two members of one panel change seats, and the timetable with them.
    let body = json!({"from": {"committee": 0, "seat": 1}, "to": {"committee": 0, "seat": 2}});
    let changed: CommitteePlan = coordinator.act_with(&path(&plan, "/swap-seats"), &body).await.expect(200);
    let (old, new) = (&committees(&plan)[0].0, &committees(&changed)[0].0);
    assert_eq!((&new[1], &new[2]), (&old[2], &old[1]));
    assert!(placements(&changed).iter().any(|placed| placed["panel"] == json!(new[..3])));
    // Nobody judges a project of their own.
    let request = committees(&plan)[0].1[0].strip_prefix("project-").expect("a project").to_owned();
    let at = faculty.requests.iter().position(|id| id.to_string() == request).expect("a request");
    let body = json!({"from": {"committee": 0, "seat": 1}, "professor_id": faculty.professors[at]});
    let problem = coordinator.act_with(&path(&plan, "/swap-seats"), &body).await;
    let problem = problem.refused(ErrorCode::PlanBreaksRules);
    assert!(problem.violations.iter().any(|broken| broken.rule == "interest"), "{:?}", problem.violations);
    // Who is fixed stays, and what was planned stays where it is.
    let body = json!({"seat": {"committee": 3, "seat": 2}, "pinned": true});
    coordinator.act_with(&path(&plan, "/pin"), &body).await.expect_status(200);
    let again = faculty.plan("timetable", Some(plan.summary.id)).await;
    assert!(again.report.valid, "{:?}", again.report.violations);
    assert_eq!(committees(&again)[3].0[2], committees(&plan)[3].0[2]);
    let compare = format!("{}?with={}", path(&again, "/comparison"), plan.summary.id);
    let difference: PlanComparison = coordinator.get(&compare).await.expect(200);
    assert_eq!((difference.seats.len(), difference.defences.len()), (0, 0), "{difference:?}");
}

#[actix_web::test]
async fn a_free_panel_is_repaired_and_keeps_its_number() {
    let faculty = Faculty::with(12, 24, 4).in_mode("free_panel");
    let plan = faculty.plan("committees", None).await;
    let ill = committees(&plan)[0].0[1].clone();
    let number = ill.strip_prefix("person-").expect("a person");
    faculty.with_world(|world| {
        world.run(&format!(
            "INSERT INTO unavailability (professor_id, starts_at, ends_at, answer, source)
             VALUES ({number}, '2026-12-01', '2026-12-31', 'no', 'office')"
        ));
        world.run(&format!(
            "UPDATE evaluation_requests SET state = 'withdrawn', withdrawn_at = now() WHERE id = {}",
            faculty.requests[4]
        ));
    });
    let repaired = faculty.plan("repair", Some(plan.summary.id)).await;
    assert!(repaired.report.valid, "{:?}", repaired.report.violations);
    assert_eq!(repaired.summary.committee_count, 11);
    let (before, after) = (committees(&plan), committees(&repaired));
    assert!(after.iter().all(|(seats, _)| !seats.contains(&ill)));
    let kept = before.iter().zip(&after).filter(|(old, new)| old.1 == new.1).count();
    assert!(kept >= 10, "the last takes the number of the one that left, nobody else moves");
    let same = before.iter().zip(&after).filter(|(old, new)| old == new).count();
    let concerned = before.iter().filter(|(seats, _)| seats.contains(&ill)).count();
    assert!(same + concerned + 2 >= 11, "{before:?} {after:?}");
    let coordinator = faculty.coordinator();
    coordinator.act_with(&path(&repaired, "/publish"), &json!({})).await.expect_status(200);
}

#[actix_web::test]
async fn too_few_areas_for_free_panels_are_explained() {
    let faculty = Faculty::with(6, 12, 2).in_mode("free_panel");
    let asked = faculty.ask(json!({"kind": "committees", "time_limit_seconds": 2})).await;
    assert!(faculty.work());
    let failed = faculty.job(&asked).await;
    assert_eq!(failed.state, PlanningState::Failed);
    let reason = &failed.problem.expect("a problem").reasons[0];
    assert_eq!((reason.kind.as_str(), reason.code.as_str()), ("areas_short", "areas_short"));
    assert_eq!(reason.params["all_areas"], PlanParam::Count(2));
}

#[actix_web::test]
async fn a_team_has_one_panel_and_consecutive_hours() {
    let faculty = Faculty::with(6, 16, 4).in_mode("free_panel");
    faculty.with_world(|world| {
        world.run(
            "WITH team AS (SELECT r.assignment_id, a.student_id FROM evaluation_requests r
                 JOIN assignment_students a ON a.assignment_id = r.assignment_id ORDER BY r.id LIMIT 2)
             UPDATE assignment_students a SET assignment_id = (SELECT min(assignment_id) FROM team), position = 2
             WHERE a.assignment_id = (SELECT max(assignment_id) FROM team)",
        );
        world.run(
            "UPDATE evaluation_requests SET state = 'withdrawn', withdrawn_at = now()
             WHERE NOT EXISTS (SELECT 1 FROM assignment_students a WHERE a.assignment_id = evaluation_requests.assignment_id)",
        );
    });
    let plan = faculty.plan("committees", None).await;
    assert!(plan.report.valid, "{:?}", plan.report.violations);
    assert_eq!((plan.summary.committee_count, plan.summary.scheduled_count), (5, Some(6)));
    let team = format!("defence-{}-", faculty.requests[0]);
    let placed = placements(&plan);
    let own: Vec<_> = placed
        .iter()
        .filter(|placed| placed["defence"].as_str().expect("a name").starts_with(&team))
        .collect();
    assert_eq!((own.len(), &own[0]["panel"], &own[0]["room"]), (2, &own[1]["panel"], &own[1]["room"]));
    assert_eq!(own[0]["slot"].as_u64().map(|slot| slot + 1), own[1]["slot"].as_u64());
}

#[actix_web::test]
async fn fixed_panels_judge_whenever_they_are_free() {
    let faculty = Faculty::set().in_mode("fixed_panel");
    let plan = faculty.timed().await;
    assert!(plan.report.valid, "{:?}", plan.report.violations);
    assert_eq!(plan.summary.scheduled_count, Some(20));
    let question = plan.timetable_instance.as_ref().expect("a timetable");
    assert!(question["defences"].as_array().expect("defences").iter().all(|defence| {
        defence.get("committee").is_none()
            && defence["people"].as_array().is_some_and(|people| people.len() == 3)
    }));
    // A seat changes its holder, and so do the people of its defences.
    let coordinator = faculty.coordinator();
    let body = json!({"from": {"committee": 0, "seat": 0}, "to": {"committee": 0, "seat": 1}});
    let changed: CommitteePlan = coordinator.act_with(&path(&plan, "/swap-seats"), &body).await.expect(200);
    assert!(changed.report.valid);
    let published: Publication = coordinator.act_with(&path(&plan, "/publish"), &json!({})).await.expect(200);
    assert_eq!(published.defences.len(), 20);
    let timed: i64 = {
        use gestfg::schema::defences::dsl as d;
        d::defences
            .filter(d::starts_at.is_not_null())
            .count()
            .get_result(&mut faculty.app.conn())
            .expect("a count")
    };
    assert_eq!(timed, 20);
}
