//! What closing minutes settles, and what is taken out of a call before.

use super::Stage;
use crate::support::builders::World;
use gestfg_types::assignments::{Assignment, AssignmentState};
use gestfg_types::defences::{Defence, DefenceState};
use gestfg_types::errors::ErrorCode;
use gestfg_types::evaluation_requests::EvaluationRequest;
use gestfg_types::minutes::{CallGrading, Minutes};
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn state_of(stage: &Stage, assignment: i64) -> AssignmentState {
    let found: Assignment =
        stage.be(stage.coordinator).get(&format!("/assignments/{assignment}")).await.expect(200);
    found.state
}

/// Another call of the degree, in which assignments are entered in December.
fn next_call(stage: &Stage) -> i64 {
    let mut conn = stage.app.conn();
    let mut world = World::new(&mut conn);
    let sitting = world.sitting("ESP");
    let call = world.call(stage.degree, sitting, true);
    world.phase(call, "evaluation_request", "2026-12-01T00:00:00Z", "2026-12-20T00:00:00Z");
    call.0
}

#[actix_web::test]
async fn who_fails_enters_the_next_call_and_who_passes_is_done() {
    let stage = Stage::set();
    stage.mark_all(["3.0", "9.5"]).await;
    let next = next_call(&stage);
    let minutes = stage.publish().await;
    assert_eq!(state_of(&stage, 2).await, AssignmentState::Active);
    let minutes = stage.close(&minutes).await;
    assert_eq!(
        [state_of(&stage, 1).await, state_of(&stage, 2).await],
        [AssignmentState::Active, AssignmentState::Finished]
    );
    let settled: EvaluationRequest =
        stage.be(stage.coordinator).get("/evaluation-requests/1").await.expect(200);
    assert!(settled.settled_at.is_some() && settled.allowed_actions.is_empty());

    let enter = |assignment: i64| json!({"call_id": next, "assignment_id": assignment});
    let [failed, passed] = stage.students.map(|student| stage.be(student));
    let again: EvaluationRequest = failed.post("/evaluation-requests", &enter(1)).await.expect(201);
    failed.post("/evaluation-requests", &enter(1)).await.refused(ErrorCode::AlreadyRequested);
    passed.post("/evaluation-requests", &enter(2)).await.refused(ErrorCode::InvalidState);
    // What was built on the minutes is in the way of opening them.
    let reopen = format!("/minutes/{}/reopen", minutes.id);
    let coordinator = stage.be(stage.coordinator);
    let why = json!({"reason": "Una nota mal sumada"});
    let problem = coordinator.act_with(&reopen, &why).await.refused(ErrorCode::InvalidState);
    assert!(problem.detail.contains("entered in another call"), "{}", problem.detail);
    failed
        .act_with(&format!("/evaluation-requests/{}/withdraw", again.id), &json!({}))
        .await
        .expect_status(200);
    let _: Minutes = coordinator.act_with(&reopen, &why).await.expect(200);
    assert_eq!(state_of(&stage, 2).await, AssignmentState::Active);
    let live: EvaluationRequest = coordinator.get("/evaluation-requests/1").await.expect(200);
    assert_eq!(live.settled_at, None);
    // And from there it goes the same way again.
    let edition = stage.publish().await;
    stage.at("2026-12-12T09:00:00Z");
    let president = stage.be(stage.judges[0]);
    president.act_with(&format!("/minutes/{}/close", edition.id), &json!({})).await.expect_status(200);
    assert_eq!(state_of(&stage, 2).await, AssignmentState::Finished);
}

#[actix_web::test]
async fn of_a_team_only_who_failed_is_marked_again() {
    let stage = Stage::set();
    // Bruno has done the project together with Alba, and has failed.
    stage.run("UPDATE projects SET student_count = 2 WHERE id = 1");
    stage.run("DELETE FROM defences WHERE id = 2; DELETE FROM evaluation_requests WHERE id = 2; DELETE FROM assignments WHERE id = 2");
    stage.run(&format!(
        "INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity) VALUES (1, {}, 2, 'bachelor', 2)",
        stage.students[1]
    ));
    stage.run(&format!(
        "INSERT INTO defences (evaluation_request_id, student_id, committee_id) SELECT 1, {}, committee_id FROM defences WHERE id = 1",
        stage.students[1]
    ));
    let second: Value =
        stage.be(stage.coordinator).get(&format!("/defences?call_id={}", stage.call)).await.json(200);
    let second =
        second["items"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_i64()).max();
    let stage = Stage { defences: [stage.defences[0], second.expect("two")], ..stage };
    stage.mark_all(["8.0", "3.0"]).await;
    let next = next_call(&stage);
    let minutes = stage.publish().await;
    stage.close(&minutes).await;
    assert_eq!(state_of(&stage, 1).await, AssignmentState::Active);
    let body = json!({"call_id": next, "assignment_id": 1});
    stage.be(stage.students[1]).post("/evaluation-requests", &body).await.expect_status(201);
    let far: CallGrading =
        stage.be(stage.coordinator).get(&format!("/calls/{next}/grading")).await.expect(200);
    let people: BTreeSet<_> = far.missing.iter().map(|one| one.student.id).collect();
    assert_eq!(people, BTreeSet::from([stage.students[1]]));
}

#[actix_web::test]
async fn what_is_taken_out_of_a_call_is_not_defended_there() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let reason = json!({"override_reason": "Renuncia a la convocatoria"});
    coordinator.act_with("/evaluation-requests/1/withdraw", &reason).await.expect_status(200);
    let mine = format!("/defences/{}", stage.defences[0]);
    let gone: Defence = coordinator.get(&mine).await.expect(200);
    assert_eq!(gone.state, DefenceState::Cancelled);
    let inbox: Value = stage.be(stage.judges[1]).get("/notifications").await.json(200);
    let titles = inbox["items"].to_string();
    assert!(titles.contains("Defensa anulada"), "{titles}");
    // So it is when the assignment itself is no more.
    coordinator
        .act_with("/assignments/2/cancel", &json!({"reason": "Deja los estudios"}))
        .await
        .expect_status(200);
    let gone: Defence = coordinator.get(&format!("/defences/{}", stage.defences[1])).await.expect(200);
    assert_eq!(gone.state, DefenceState::Cancelled);
}

#[actix_web::test]
async fn whether_somebody_came_is_said_in_time_or_with_a_reason_and_not_after_publication() {
    let stage = Stage::set();
    stage.mark_all(["6.0", "9.5"]).await;
    let mine = format!("/defences/{}", stage.defences[0]);
    stage.at("2026-12-11T09:00:00Z");
    let coordinator = stage.be(stage.coordinator);
    let there: Defence = coordinator.get(&mine).await.expect(200);
    let absent = json!({"state": "not_presented"});
    coordinator.patch(&mine, there.version, &absent).await.refused(ErrorCode::PhaseNotOpen);
    let with_reason = json!({"state": "not_presented", "override_reason": "Error al pasar lista"});
    let after: Defence = coordinator.patch(&mine, there.version, &with_reason).await.expect(200);
    let back = json!({"state": "held", "override_reason": "No, sí vino"});
    coordinator.patch(&mine, after.version, &back).await.expect_status(200);
    let remarks = json!({"remarks": "Aula cambiada"});
    coordinator.patch(&mine, after.version + 1, &remarks).await.expect_status(200);
    let body = json!({"call_id": stage.call});
    coordinator.post("/minutes", &body).await.expect_status(201);
    coordinator.patch(&mine, after.version + 2, &with_reason).await.refused(ErrorCode::MarksFrozen);
}
