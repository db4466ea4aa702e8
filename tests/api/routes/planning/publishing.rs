//! Showing a plan to everybody.

use super::{Faculty, path};
use diesel::prelude::*;
use futures_util::future::join;
use gestfg_types::errors::ErrorCode;
use gestfg_types::planning::{CommitteePlan, CommitteePlanState, Publication, PublishPreview};
use serde_json::json;

fn told(faculty: &Faculty) -> i64 {
    use gestfg::schema::notifications as n;
    n::table
        .filter(n::kind.eq_any(["committee_seat", "defence_scheduled"]))
        .count()
        .get_result(&mut faculty.app.conn())
        .expect("a count")
}

#[actix_web::test]
async fn a_plan_is_published_once_and_tells_those_it_concerns() {
    let faculty = Faculty::set();
    let plan = faculty.timed().await;
    let coordinator = faculty.coordinator();
    let preview: PublishPreview = coordinator.get(&path(&plan, "/publish-preview")).await.expect(200);
    assert!(preview.report.valid && preview.without_time == 0);
    assert!(preview.people.iter().all(|told| !told.person.name.is_empty()));
    assert_eq!(told(&faculty), 0);
    let published: Publication = coordinator.act_with(&path(&plan, "/publish"), &json!({})).await.expect(200);
    assert_eq!((published.plan.state, published.defences.len()), (CommitteePlanState::Published, 20));
    assert_eq!(published.told, preview.people.len());
    // 20 seats, 20 students and their 20 tutors.
    assert_eq!(told(&faculty), 60);
    let again: Publication = coordinator.act_with(&path(&plan, "/publish"), &json!({})).await.expect(200);
    assert_eq!((again.told, &again.defences), (0, &published.defences));
    assert_eq!(told(&faculty), 60);
    // What is published is not changed by hand, but a copy is.
    let body = json!({"from": {"committee": 0, "seat": 0}, "to": {"committee": 0, "seat": 1}});
    coordinator.act_with(&path(&plan, "/swap-seats"), &body).await.refused(ErrorCode::InvalidState);
    coordinator.delete(&path(&plan, "")).await.refused(ErrorCode::InvalidState);
    let copy: CommitteePlan = coordinator.act(&path(&plan, "/restore")).await.expect(201);
    coordinator.act_with(&path(&copy, "/swap-seats"), &body).await.expect_status(200);
    let preview: PublishPreview = coordinator.get(&path(&copy, "/publish-preview")).await.expect(200);
    assert_eq!(preview.people.len(), 2, "{:?}", preview.people);
    let second: Publication = coordinator.act_with(&path(&copy, "/publish"), &json!({})).await.expect(200);
    assert_eq!((second.told, &second.defences), (2, &published.defences));
    let first = faculty.read(plan.summary.id).await;
    assert_eq!(first.summary.state, CommitteePlanState::Superseded);
    coordinator.act_with(&path(&plan, "/publish"), &json!({})).await.refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn two_coordinators_publish_at_once_and_one_version_stands() {
    for _ in 0..4 {
        let faculty = Faculty::with(8, 16, 4);
        let one = faculty.plan("committees", None).await;
        let other: CommitteePlan = faculty.coordinator().act(&path(&one, "/restore")).await.expect(201);
        let (clara, celia) = (faculty.coordinator(), faculty.app.as_user(faculty.colleague));
        let (paths, nothing) = ((path(&one, "/publish"), path(&other, "/publish")), json!({}));
        let (a, b) = join(clara.act_with(&paths.0, &nothing), celia.act_with(&paths.1, &nothing)).await;
        a.expect_status(200);
        b.expect_status(200);
        let states = [faculty.read(one.summary.id).await, faculty.read(other.summary.id).await]
            .map(|plan| plan.summary.state);
        assert!(
            states.contains(&CommitteePlanState::Published)
                && states.contains(&CommitteePlanState::Superseded)
        );
        // The same committees twice: people hear of them once.
        assert_eq!(told(&faculty), 10 + 16);
    }
}

#[actix_web::test]
async fn a_plan_that_the_world_has_left_behind_is_not_published() {
    let faculty = Faculty::set();
    let plan = faculty.timed().await;
    faculty.with_world(|world| {
        world.run(&format!(
            "UPDATE evaluation_requests SET state = 'withdrawn', withdrawn_at = now() WHERE id = {}",
            faculty.requests[3]
        ));
    });
    let coordinator = faculty.coordinator();
    let preview: PublishPreview = coordinator.get(&path(&plan, "/publish-preview")).await.expect(200);
    assert!(!preview.report.valid);
    let refused = coordinator.act_with(&path(&plan, "/publish"), &json!({})).await;
    let problem = refused.refused(ErrorCode::PlanBreaksRules);
    assert!(problem.violations.iter().any(|broken| broken.requests.contains(&faculty.requests[3])));
    assert_eq!(told(&faculty), 0);
    let defences: i64 =
        gestfg::schema::defences::table.count().get_result(&mut faculty.app.conn()).expect("a count");
    assert_eq!(defences, 0);
    let repaired = faculty.plan("repair", Some(plan.summary.id)).await;
    coordinator.act_with(&path(&repaired, "/publish"), &json!({})).await.expect_status(200);
}
