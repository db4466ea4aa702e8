//! Two at once, and one against the end of the phase.

use super::{CLOSES, May, path};
use futures_util::future::{join, join_all};
use gestfg_types::calls::Call;
use gestfg_types::errors::ErrorCode;
use gestfg_types::evaluation_requests::{EvaluationRequest, EvaluationRequestState};
use gestfg_types::pagination::Page;
use serde_json::json;

#[actix_web::test]
async fn of_many_who_enter_the_same_assignment_one_does() {
    let may = May::set();
    let people = [may.stage.student, may.stage.tutor, may.stage.coordinator, may.stage.admin];
    let answers = join_all((0..16).map(|n| may.enter(people[n % people.len()]))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status.as_u16() == 201).count(), 1);
    for late in answers.iter().filter(|answer| answer.status.as_u16() != 201) {
        late.refused(ErrorCode::AlreadyRequested);
    }
}

#[actix_web::test]
async fn entering_against_cancelling_leaves_no_live_request_of_a_dead_assignment() {
    for _ in 0..6 {
        let may = May::set();
        let coordinator = may.stage.be(may.stage.coordinator);
        let (cancel, why) =
            (format!("/assignments/{}/cancel", may.assignment), json!({"reason": "Renuncia"}));
        let cancelling = coordinator.act_with(&cancel, &why);
        let (entered, cancelled) = join(may.enter(may.stage.student), cancelling).await;
        cancelled.expect_status(200);
        if entered.status.as_u16() != 201 {
            entered.refused(ErrorCode::InvalidState);
        }
        let live = may.stage.be(may.stage.admin).get("/evaluation-requests?state=requested").await;
        assert_eq!(live.json(200)["total"], 0);
    }
}

/// Whoever withdraws while a coordinator closes the phase either was in time,
/// or is told that it is closed; never something in between.
#[actix_web::test]
async fn withdrawing_against_the_end_of_the_phase_is_decided_once() {
    for _ in 0..6 {
        let may = May::set();
        let made: EvaluationRequest = may.enter(may.stage.student).await.expect(201);
        may.at(CLOSES, -60);
        let coordinator = may.stage.be(may.stage.coordinator);
        let call_path = format!("/calls/{}", may.call);
        let call: Call = coordinator.get(&call_path).await.expect(200);
        let earlier = json!({"phases": [{
            "phase": "evaluation_request", "starts_at": call.phases[0].starts_at, "ends_at": "2027-05-10T00:00:00Z",
        }]});
        let student = may.stage.be(may.stage.student);
        let (withdraw, nothing) = (format!("{}/withdraw", path(&made)), json!({}));
        let withdrawing = student.act_with(&withdraw, &nothing);
        let (closed, withdrawn) =
            join(coordinator.patch(&call_path, call.version, &earlier), withdrawing).await;
        closed.expect_status(200);
        let now: Page<EvaluationRequest> = coordinator.get("/evaluation-requests").await.expect(200);
        if withdrawn.status.as_u16() == 200 {
            assert_eq!(now.items[0].state, EvaluationRequestState::Withdrawn);
        } else {
            withdrawn.refused(ErrorCode::PhaseNotOpen);
            assert_eq!(now.items[0].state, EvaluationRequestState::Requested);
        }
    }
}
