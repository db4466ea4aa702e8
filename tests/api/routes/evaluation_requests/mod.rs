//! Entering assignments in calls, and taking them out again.

mod races;

use crate::routes::projects::Stage;
use crate::support::actors::Answer;
use chrono::{DateTime, Utc};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::evaluation_requests::{
    EvaluationRequest, EvaluationRequestAction as Action, EvaluationRequestOutcomes, EvaluationRequestState,
};
use gestfg_types::ids::{AssignmentId, CallId, UserId};
use gestfg_types::pagination::Page;
use serde_json::{Value, json};

/// 4 May 2027 00:00 to 15 May 2027 00:00 in Madrid.
const OPENS: &str = "2027-05-03T22:00:00Z";
const CLOSES: &str = "2027-05-14T22:00:00Z";

/// A call of the degree that takes requests in May, and the student's project.
struct May {
    stage: Stage,
    call: CallId,
    assignment: AssignmentId,
}

impl May {
    fn set() -> Self {
        let stage = Stage::set();
        let project = stage.project("Un proyecto", "published");
        let (call, assignment) = stage.with_world(|world| {
            let sitting = world.sitting("JUN");
            let call = world.call(stage.degree, sitting, true);
            world.phase(call, "evaluation_request", OPENS, CLOSES);
            (call, world.assignment(project, &[stage.student], stage.tutor))
        });
        let may = Self { stage, call, assignment };
        may.at(OPENS, 3600);
        may
    }

    fn at(&self, moment: &str, seconds: i64) {
        let moment: DateTime<Utc> = moment.parse().expect("a moment");
        self.stage.app.state.clock.set(moment + chrono::Duration::seconds(seconds));
    }

    fn body(&self) -> Value {
        json!({"call_id": self.call, "assignment_id": self.assignment})
    }

    async fn enter(&self, who: UserId) -> Answer {
        self.stage.be(who).post("/evaluation-requests", &self.body()).await
    }
}

fn path(request: &EvaluationRequest) -> String {
    format!("/evaluation-requests/{}", request.id)
}

#[actix_web::test]
async fn a_student_enters_and_takes_back_within_the_phase() {
    let may = May::set();
    let stage = &may.stage;
    let answer = may.enter(stage.student).await;
    let made: EvaluationRequest = answer.expect(201);
    assert_eq!(answer.header("location"), format!("/api/v1{}", path(&made)));
    assert_eq!(
        (made.call.id, made.assignment_id, made.state),
        (may.call, may.assignment, EvaluationRequestState::Requested)
    );
    assert_eq!(made.requested_by.as_ref().map(|by| by.id), Some(stage.student));
    assert_eq!(made.allowed_actions, [Action::Withdraw]);
    let assignment = stage.be(stage.student).get(&format!("/assignments/{}", may.assignment)).await.json(200);
    assert_eq!(
        (&assignment["call_id"], &assignment["evaluation_request_id"]),
        (&json!(may.call), &json!(made.id))
    );
    may.enter(stage.tutor).await.refused(ErrorCode::AlreadyRequested);

    let withdraw = format!("{}/withdraw", path(&made));
    let undone: EvaluationRequest = stage.be(stage.student).act_with(&withdraw, &json!({})).await.expect(200);
    assert_eq!((undone.state, undone.version), (EvaluationRequestState::Withdrawn, 2));
    assert!(undone.withdrawn_at.is_some() && undone.allowed_actions.is_empty());
    stage.be(stage.student).act_with(&withdraw, &json!({})).await.refused(ErrorCode::InvalidState);
    may.enter(stage.tutor).await.expect_status(201);
    let all: Page<EvaluationRequest> = stage.be(stage.student).get("/evaluation-requests").await.expect(200);
    assert_eq!(all.total, 2);
}

#[actix_web::test]
async fn a_second_late_is_late() {
    let may = May::set();
    for (edge, seconds, open) in
        [(OPENS, -1, false), (OPENS, 0, true), (CLOSES, -1, true), (CLOSES, 0, false)]
    {
        may.at(edge, seconds);
        let answer = may.enter(may.stage.student).await;
        if open {
            let made: EvaluationRequest = answer.expect(201);
            let withdraw = format!("{}/withdraw", path(&made));
            may.stage.be(may.stage.student).act_with(&withdraw, &json!({})).await.expect_status(200);
        } else {
            let problem = answer.refused(ErrorCode::PhaseNotOpen);
            let phase = problem.phase.expect("the phase");
            assert_eq!((phase.phase, phase.call_id), (Phase::EvaluationRequest, Some(may.call)));
            let edge: DateTime<Utc> = edge.parse().expect("a moment");
            let dates = if seconds < 0 { (Some(edge), None) } else { (None, Some(edge)) };
            assert_eq!((phase.opens_at, phase.closed_at), dates);
            assert!(problem.detail.contains("Evaluation requests"), "{}", problem.detail);
        }
    }
    // What was entered in time cannot be taken back late, but by keepers with a reason.
    may.at(CLOSES, -1);
    let made: EvaluationRequest = may.enter(may.stage.student).await.expect(201);
    may.at(CLOSES, 0);
    let withdraw = format!("{}/withdraw", path(&made));
    let student = may.stage.be(may.stage.student);
    student.act_with(&withdraw, &json!({"override_reason": "Ya no"})).await.refused(ErrorCode::PhaseNotOpen);
    let coordinator = may.stage.be(may.stage.coordinator);
    let seen: EvaluationRequest = coordinator.get(&path(&made)).await.expect(200);
    assert_eq!(seen.allowed_actions, [Action::WithdrawWithReason]);
    coordinator.act_with(&withdraw, &json!({})).await.refused(ErrorCode::PhaseNotOpen);
    coordinator.act_with(&withdraw, &json!({"override_reason": "Enfermedad"})).await.expect_status(200);
    let log =
        may.stage.be(may.stage.admin).get("/audit-log?action=evaluation_request.withdraw").await.json(200);
    assert_eq!(log["items"][0]["reason"], "Enfermedad");
}

#[actix_web::test]
async fn only_what_belongs_together_is_entered() {
    let may = May::set();
    let stage = &may.stage;
    for (who, code) in [
        (stage.cotutor, ErrorCode::Forbidden),
        (stage.head, ErrorCode::Forbidden),
        (stage.professor, ErrorCode::ValidationFailed),
    ] {
        may.enter(who).await.refused(code);
    }
    let (other_call, draft) = stage.with_world(|world| {
        let sitting = world.sitting("SEPT");
        let other = world.call(stage.other_degree, sitting, true);
        world.phase(other, "evaluation_request", OPENS, CLOSES);
        (other, world.call(stage.degree, sitting, false))
    });
    let enter = |call: CallId| json!({"call_id": call, "assignment_id": may.assignment});
    let admin = stage.be(stage.admin);
    let problem =
        admin.post("/evaluation-requests", &enter(other_call)).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code),
        ("/assignment_id", FieldCode::NotAllowed)
    );
    admin.post("/evaluation-requests", &enter(draft)).await.refused(ErrorCode::InvalidState);
    stage
        .be(stage.student)
        .post("/evaluation-requests", &enter(draft))
        .await
        .refused(ErrorCode::ValidationFailed);
    // Behind the server's back the schema says the same.
    use diesel::prelude::*;
    let forged = diesel::sql_query(format!(
        "INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id)
         SELECT {other_call}, {}, project_id, id FROM assignments",
        stage.other_degree
    ))
    .execute(&mut stage.app.conn());
    assert!(format!("{forged:?}").contains("evaluation_requests_project_fk"), "{forged:?}");

    stage
        .be(stage.coordinator)
        .act_with(&format!("/assignments/{}/cancel", may.assignment), &json!({"reason": "Renuncia"}))
        .await
        .expect_status(200);
    may.enter(stage.student).await.refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn cancelling_an_assignment_takes_it_out_of_its_call() {
    let may = May::set();
    let made: EvaluationRequest = may.enter(may.stage.student).await.expect(201);
    may.stage
        .be(may.stage.coordinator)
        .act_with(&format!("/assignments/{}/cancel", may.assignment), &json!({"reason": "Renuncia"}))
        .await
        .expect_status(200);
    let seen: EvaluationRequest = may.stage.be(may.stage.admin).get(&path(&made)).await.expect(200);
    assert_eq!(seen.state, EvaluationRequestState::Withdrawn);
}

#[actix_web::test]
async fn several_at_once_have_a_result_each() {
    let may = May::set();
    let stage = &may.stage;
    let mut ids = vec![may.assignment];
    for n in 0..3 {
        let project = stage.project(&format!("Otro {n}"), "published");
        ids.push(stage.with_world(|world| {
            let student = world.student(&format!("Alumno{n} Muestra"), &[stage.degree]);
            world.assignment(project, &[student], stage.tutor)
        }));
    }
    may.enter(stage.student).await.expect_status(201);
    stage.with_world(|world| {
        world.run(&format!(
            "UPDATE assignments SET state = 'cancelled', is_active = false, cancel_reason = 'x' WHERE id = {}", ids[3]
        ));
    });
    ids.push(AssignmentId(999_999));
    let body = json!({"call_id": may.call, "assignment_ids": ids});
    let coordinator = stage.be(stage.coordinator);
    let done: EvaluationRequestOutcomes =
        coordinator.post("/evaluation-request-batches", &body).await.expect(200);
    let codes: Vec<_> =
        done.items.iter().map(|item| item.problem.as_ref().map(|problem| problem.code)).collect();
    use ErrorCode::{AlreadyRequested, InvalidState, ValidationFailed};
    assert_eq!(codes, [Some(AlreadyRequested), None, None, Some(InvalidState), Some(ValidationFailed)]);
    assert!(done.items[1].request.is_some() && done.items[0].request.is_none());
    let live = format!("/evaluation-requests?call_id={}&state=requested", may.call);
    assert_eq!(stage.be(stage.admin).get(&live).await.json(200)["total"], 3);
    let unrequested = coordinator.get("/assignments?state=active&requested=false").await.json(200);
    assert_eq!(unrequested["total"], 0);

    may.at(CLOSES, 60);
    let coordinator = stage.be(stage.coordinator);
    let late: EvaluationRequestOutcomes = coordinator
        .post(
            "/evaluation-request-batches",
            &json!({"call_id": may.call, "assignment_ids": [may.assignment]}),
        )
        .await
        .expect(200);
    assert_eq!(late.items[0].problem.as_ref().map(|problem| problem.code), Some(AlreadyRequested));
    coordinator
        .post("/evaluation-request-batches", &json!({"call_id": may.call, "assignment_ids": []}))
        .await
        .refused(ErrorCode::ValidationFailed);
}

#[actix_web::test]
async fn the_list_of_a_call_leaves_as_a_sheet() {
    let may = May::set();
    let stage = &may.stage;
    stage.with_world(|world| {
        world.run(&format!(
            "UPDATE users SET dni = '12345678Z', last_name = '=HYPERLINK(1)' WHERE id = {}",
            stage.student
        ));
    });
    may.enter(stage.tutor).await.expect_status(201);
    let export = |format: &str| format!("/evaluation-requests/export?call_id={}&format={format}", may.call);
    let coordinator = stage.be(stage.coordinator);
    let csv = coordinator.get(&export("csv")).await;
    csv.expect_status(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let text = csv.text();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0][0], &rows[0][1], &rows[0][2]), ("Un proyecto", "Eva =HYPERLINK(1)", "12345678Z"));
    assert_eq!(&rows[0][6], "2027-05-04 01:00");
    let xlsx = coordinator.get(&export("xlsx")).await;
    xlsx.expect_status(200);
    assert!(xlsx.header("content-disposition").starts_with("attachment"), "{:?}", xlsx.headers);
    assert!(xlsx.body.starts_with(b"PK"));
    stage.be(stage.tutor).get(&export("csv")).await.refused(ErrorCode::Forbidden);
}
