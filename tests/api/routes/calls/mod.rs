//! Calls: their life, their dates over the years, who sees them.

mod gates;

use crate::routes::projects::Stage;
use crate::support::actors::send;
use gestfg_types::calls::{Call, CallAction, Phase, PhaseStanding, PhaseWarningKind};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::SittingId;
use gestfg_types::pagination::Page;
use reqwest::Method;
use serde_json::{Value, json};

fn sitting(stage: &Stage, code: &str) -> SittingId {
    stage.with_world(|world| world.sitting(code))
}

fn dates(phase: &str, starts_at: &str, ends_at: &str) -> Value {
    json!({"phase": phase, "starts_at": starts_at, "ends_at": ends_at})
}

fn spring() -> Vec<Value> {
    vec![
        dates("evaluation_request", "2027-05-03T22:00:00Z", "2027-05-14T22:00:00Z"),
        dates("material_submission", "2027-06-01T22:00:00Z", "2027-06-10T22:00:00Z"),
        dates("defence", "2027-06-09T22:00:00Z", "2027-06-25T22:00:00Z"),
    ]
}

fn draft(stage: &Stage, code: &str) -> Value {
    json!({"degree_id": stage.degree, "academic_year": 2026, "sitting_id": sitting(stage, code), "phases": spring()})
}

#[actix_web::test]
async fn a_coordinator_drafts_opens_and_changes_a_call() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let answer = coordinator.post("/calls", &draft(&stage, "JUN")).await;
    let made: Call = answer.expect(201);
    assert_eq!(answer.header("location"), format!("/api/v1/calls/{}", made.call.id));
    assert_eq!((made.opened_at, made.request_count), (None, Some(0)));
    assert_eq!(
        made.allowed_actions,
        [CallAction::Edit, CallAction::Copy, CallAction::Open, CallAction::Delete]
    );
    let odd: Vec<_> = made.warnings.iter().map(|warning| (warning.kind, warning.phase)).collect();
    use PhaseWarningKind::{Hole, Missing, Overlap};
    assert_eq!(
        odd,
        [
            (Missing, Phase::ProjectAssignment),
            (Missing, Phase::CommitteeFormation),
            (Hole, Phase::MaterialSubmission),
            (Missing, Phase::TutorReport),
            (Overlap, Phase::Defence),
            (Missing, Phase::Grading),
        ]
    );
    let path = format!("/calls/{}", made.call.id);
    for unaware in [stage.app.visitor(), stage.be(stage.student), stage.be(stage.head)] {
        unaware.get(&path).await.refused(ErrorCode::NotFound);
    }

    let opened: Call = coordinator.act(&format!("{path}/open")).await.expect(200);
    assert_eq!((opened.opened_at, opened.version), (Some(stage.app.state.clock.now()), 2));
    coordinator.act(&format!("{path}/open")).await.refused(ErrorCode::InvalidState);
    let seen: Call = stage.app.visitor().get(&path).await.expect(200);
    assert_eq!((seen.request_count, seen.warnings.len(), seen.allowed_actions.len()), (None, 0, 0));
    assert!(seen.phases.iter().all(|phase| phase.standing == PhaseStanding::Ahead));

    let moved = json!({"phases": [dates("defence", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]});
    let changed: Call = coordinator.patch(&path, 2, &moved).await.expect(200);
    assert_eq!(changed.phases.len(), 1);
    assert_eq!(changed.phases[0].standing, PhaseStanding::Open);
    coordinator.patch(&path, 2, &moved).await.refused(ErrorCode::StaleVersion);
    let elsewhere = json!({"sitting_id": sitting(&stage, "SEPT")});
    coordinator.patch(&path, 3, &elsewhere).await.refused(ErrorCode::InvalidState);
    send(coordinator.request(Method::PATCH, &path).json(&moved)).await.refused(ErrorCode::VersionRequired);

    let log = stage.be(stage.admin).get("/audit-log?entity=call").await.json(200);
    let actions: Vec<_> = log["items"].as_array().unwrap().iter().map(|row| &row["action"]).collect();
    assert_eq!(actions, ["call.update", "call.open", "call.create"]);
    assert!(log["items"][0]["before"]["phases"].as_array().unwrap().len() == 3);

    coordinator.delete(&path).await.expect_status(204);
    coordinator.get(&path).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn opening_tells_students_tutors_and_coordinators_once() {
    let stage = Stage::set();
    stage.project("Ofrecido", "published");
    let made: Call = stage.be(stage.admin).post("/calls", &draft(&stage, "JUN")).await.expect(201);
    stage.be(stage.admin).act(&format!("/calls/{}/open", made.call.id)).await.expect_status(200);
    let mut told = stage.with_world(|_| {
        use diesel::prelude::*;
        use gestfg::schema::outgoing_mails as m;
        m::table
            .filter(m::kind.eq("call_opened"))
            .select(m::recipient)
            .load::<String>(&mut stage.app.conn())
            .expect("mails")
    });
    told.sort();
    let mut expected = [stage.student, stage.tutor, stage.cotutor, stage.coordinator]
        .map(|person| stage.with_world(|world| world.email(person)));
    expected.sort();
    assert_eq!(told, expected);
}

#[actix_web::test]
async fn changed_dates_of_an_opened_call_are_told_once_to_those_they_concern() {
    use gestfg_types::notifications::{Notification, NotificationKind};
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let made: Call = coordinator.post("/calls", &draft(&stage, "JUN")).await.expect(201);
    let path = format!("/calls/{}", made.call.id);
    let project = stage.project("Un proyecto", "published");
    stage.with_world(|world| {
        let assignment = world.assignment(project, &[stage.student], stage.tutor);
        world.run(&format!(
            "INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id)
             VALUES ({}, {}, {project}, {assignment})",
            made.call.id, stage.degree
        ));
    });
    let moved = |ends: &str| {
        let mut phases = spring();
        phases[1] = dates("material_submission", "2027-06-01T22:00:00Z", ends);
        phases[2] = dates("defence", "2027-06-10T22:00:00Z", "2027-06-26T22:00:00Z");
        json!({"phases": phases})
    };
    let told = async |who| {
        let page: Page<Notification> = stage.be(who).get("/notifications").await.expect(200);
        let moved = page.items.into_iter().filter(|item| item.kind == NotificationKind::PhaseMoved);
        moved.map(|item| item.body).collect::<Vec<_>>()
    };
    // A draft is nobody's business.
    coordinator.patch(&path, made.version, &moved("2027-06-11T22:00:00Z")).await.expect_status(200);
    assert_eq!(told(stage.student).await, Vec::<String>::new());
    let opened: Call = coordinator.act(&format!("{path}/open")).await.expect(200);
    let changed: Call =
        coordinator.patch(&path, opened.version, &json!({"phases": spring()})).await.expect(200);
    // Both phases in one notice; the tutor has to do with one of them, who changed them knows.
    let of_student = told(stage.student).await;
    assert_eq!(of_student.len(), 1);
    for part in [
        "«Entrega de material»: ahora del 2 de junio a las 00:00 al 10 de junio a las 23:59; antes del 2 de junio a las 00:00 al 11 de junio a las 23:59.",
        "«Defensa»: ahora del 10 de junio",
    ] {
        assert!(of_student[0].contains(part), "{of_student:?}");
    }
    let of_tutor = told(stage.tutor).await;
    assert!(of_tutor.len() == 1 && !of_tutor[0].contains("Entrega"), "{of_tutor:?}");
    assert_eq!(told(stage.coordinator).await, Vec::<String>::new());
    // The same dates again are no change, and neither are those of what is over.
    let same: Call =
        coordinator.patch(&path, changed.version, &json!({"phases": spring()})).await.expect(200);
    stage.app.state.clock.set("2027-07-01T00:00:00Z".parse().expect("a moment"));
    let coordinator = stage.be(stage.coordinator);
    coordinator.patch(&path, same.version, &moved("2027-06-12T22:00:00Z")).await.expect_status(200);
    assert_eq!(told(stage.student).await.len(), 1);
}

#[actix_web::test]
async fn dates_that_cannot_be_are_refused_field_by_field() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let mut body = draft(&stage, "JUN");
    body["phases"] = json!([
        dates("defence", "2027-06-10T00:00:00Z", "2027-06-10T00:00:00Z"),
        dates("grading", "2027-06-10T00:00:00Z", "2027-06-11T00:00:00Z"),
        dates("grading", "2027-06-12T00:00:00Z", "2027-06-13T00:00:00Z"),
    ]);
    let problem = coordinator.post("/calls", &body).await.refused(ErrorCode::ValidationFailed);
    let found: Vec<_> = problem.errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
    assert_eq!(
        found,
        [("/phases/0/ends_at", FieldCode::OutOfRange), ("/phases/2/phase", FieldCode::Duplicate)]
    );
    let mut elsewhere = draft(&stage, "SEPT");
    elsewhere["degree_id"] = json!(stage.other_degree);
    coordinator.post("/calls", &elsewhere).await.refused(ErrorCode::Forbidden);
    let empty: Call = coordinator
        .post(
            "/calls",
            &json!({"degree_id": stage.degree, "academic_year": 2027, "sitting_id": sitting(&stage, "DEC")}),
        )
        .await
        .expect(201);
    let problem =
        coordinator.act(&format!("/calls/{}/open", empty.call.id)).await.refused(ErrorCode::InvalidState);
    assert_eq!(problem.errors[0].pointer, "/phases");
}

#[actix_web::test]
async fn a_degree_has_one_call_for_each_sitting_of_a_year() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let body = draft(&stage, "JUN");
    let answers = futures_util::future::join_all((0..8).map(|_| coordinator.post("/calls", &body))).await;
    let made = answers.iter().filter(|answer| answer.status.as_u16() == 201).count();
    assert_eq!(made, 1);
    for late in answers.iter().filter(|answer| answer.status.as_u16() != 201) {
        assert_eq!(late.refused(ErrorCode::AlreadyExists).errors[0].pointer, "/sitting_id");
    }
}

#[actix_web::test]
async fn a_copy_keeps_the_hands_of_the_clock_over_summer_time() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let mut body = draft(&stage, "JUN");
    // 25 March 23:59 to 29 March 12:00 in Madrid: in 2027 summer time begins on the 28th, in 2028 on the 26th.
    body["phases"] = json!([dates("evaluation_request", "2027-03-25T22:59:00Z", "2027-03-29T10:00:00Z")]);
    let made: Call = coordinator.post("/calls", &body).await.expect(201);
    let copy = format!("/calls/{}/copy", made.call.id);
    let by_date: Call = coordinator.post(&copy, &json!({})).await.expect(201);
    assert_eq!((by_date.call.academic_year, by_date.opened_at), (2027, None));
    let moments = |call: &Call| (call.phases[0].starts_at.to_rfc3339(), call.phases[0].ends_at.to_rfc3339());
    assert_eq!(
        moments(&by_date),
        ("2028-03-25T22:59:00+00:00".to_owned(), "2028-03-29T10:00:00+00:00".to_owned())
    );
    let by_weekday: Call =
        coordinator.post(&copy, &json!({"academic_year": 2028, "keeps": "weekday"})).await.expect(201);
    // Thursday and Monday again: 22 and 26 March 2029, the day after summer time began.
    assert_eq!(
        moments(&by_weekday),
        ("2029-03-22T22:59:00+00:00".to_owned(), "2029-03-26T10:00:00+00:00".to_owned())
    );
    coordinator.post(&copy, &json!({})).await.refused(ErrorCode::AlreadyExists);
}

#[actix_web::test]
async fn a_list_holds_exactly_what_each_may_find() {
    let stage = Stage::set();
    for (n, code) in ["A", "B", "C"].iter().enumerate() {
        let made: Call = stage.be(stage.coordinator).post("/calls", &draft(&stage, code)).await.expect(201);
        if n == 0 {
            stage
                .be(stage.coordinator)
                .act(&format!("/calls/{}/open", made.call.id))
                .await
                .expect_status(200);
        }
    }
    let all: Page<Call> = stage.be(stage.admin).get("/calls?limit=200").await.expect(200);
    assert_eq!(all.total, 5);
    let people =
        [stage.app.visitor(), stage.be(stage.student), stage.be(stage.head), stage.be(stage.coordinator)];
    for (client, expected) in people.iter().zip([3, 3, 3, 5]) {
        let listed: Page<Call> = client.get("/calls?limit=200").await.expect(200);
        assert_eq!(listed.total, expected);
        for call in &all.items {
            let found = client.get(&format!("/calls/{}", call.call.id)).await.status.as_u16() == 200;
            assert_eq!(found, listed.items.iter().any(|item| item.call.id == call.call.id));
        }
    }
    // Page by page, nothing twice and nothing lost.
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page: Page<Call> =
            stage.be(stage.admin).get(&format!("/calls?limit=2&cursor={cursor}")).await.expect(200);
        seen.extend(page.items.iter().map(|call| call.call.id));
        match page.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(seen, all.items.iter().map(|call| call.call.id).collect::<Vec<_>>());
    let drafts: Page<Call> = stage.be(stage.admin).get("/calls?state=draft").await.expect(200);
    assert_eq!(drafts.total, 2);
    stage.app.state.clock.set("2027-07-31T00:00:00Z".parse().expect("a moment"));
    let current: Page<Call> = stage.be(stage.admin).get("/calls?current=true").await.expect(200);
    assert_eq!(current.total, 0);
}
