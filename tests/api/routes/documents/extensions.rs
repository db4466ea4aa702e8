//! More time to hand in.

use super::{CLOSES, June, pdf};
use crate::support::actors::Answer;
use crate::support::builders::World;
use crate::support::mailbox::mails_to;
use gestfg_types::documents::{
    Document, DocumentExtension, DocumentExtensionAction, DocumentExtensionState, DocumentSetAction,
};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::UserId;
use serde_json::json;

const WANTED: &str = "2027-06-12T22:00:00Z";

async fn ask(june: &June, who: UserId, until: &str) -> Answer {
    let path = format!("/evaluation-requests/{}/document-extensions", june.request);
    june.be(who).post(&path, &json!({"wanted_until": until, "reason": "Baja médica"})).await
}

async fn decide(
    june: &June,
    who: UserId,
    id: &DocumentExtension,
    verb: &str,
    body: serde_json::Value,
) -> Answer {
    june.be(who).act_with(&format!("/document-extensions/{}/{verb}", id.id), &body).await
}

#[actix_web::test]
async fn who_is_late_asks_and_hands_in_when_it_is_granted() {
    let june = June::set();
    let (student, coordinator) = (june.stage.student, june.stage.coordinator);
    june.at(CLOSES, 3600);
    june.hand_in(student, "report", "a.pdf", &pdf(9)).await.refused(ErrorCode::PhaseNotOpen);
    assert_eq!(june.set_for(student).await.allowed_actions, [DocumentSetAction::AskExtension]);
    let asked: DocumentExtension = ask(&june, student, WANTED).await.expect(201);
    assert_eq!((asked.state, asked.allowed_actions.len()), (DocumentExtensionState::Asked, 0));
    ask(&june, june.mate, WANTED).await.refused(ErrorCode::ExtensionAlreadyAsked);
    assert!(june.set_for(june.mate).await.allowed_actions.is_empty());
    june.hand_in(student, "report", "a.pdf", &pdf(9)).await.refused(ErrorCode::PhaseNotOpen);
    let mut conn = june.stage.app.conn();
    let address = World::new(&mut conn).email(coordinator);
    assert!(mails_to(&mut conn, &address)[0].1.contains("Baja médica"));

    let shown = june.set_for(coordinator).await.extensions.remove(0);
    assert_eq!(shown.allowed_actions, [DocumentExtensionAction::Decide]);
    decide(&june, june.stage.tutor, &asked, "grant", json!({})).await.refused(ErrorCode::Forbidden);
    let past = json!({"until": "2027-06-10T00:00:00Z"});
    let refused =
        decide(&june, coordinator, &asked, "grant", past).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(refused.errors[0].code, FieldCode::OutOfRange);
    let granted: DocumentExtension = decide(&june, coordinator, &asked, "grant", json!({})).await.expect(200);
    assert_eq!(granted.granted_until, Some(WANTED.parse().expect("a moment")));
    decide(&june, coordinator, &asked, "refuse", json!({"reason": "No"}))
        .await
        .refused(ErrorCode::InvalidState);

    let place = june.set_for(june.mate).await.places.remove(0);
    assert_eq!(place.closes_at, granted.granted_until);
    june.hand_in(june.mate, "report", "a.pdf", &pdf(9)).await.expect::<Document>(201);
    june.at(WANTED, 0);
    june.hand_in(june.mate, "report", "a.pdf", &pdf(9)).await.refused(ErrorCode::PhaseNotOpen);
}

#[actix_web::test]
async fn a_refusal_says_why_and_leaves_the_door_closed() {
    let june = June::set();
    let student = june.stage.student;
    june.at(CLOSES, 3600);
    let asked: DocumentExtension = ask(&june, june.stage.tutor, WANTED).await.expect(201);
    decide(&june, june.stage.admin, &asked, "refuse", json!({"reason": " "}))
        .await
        .refused(ErrorCode::ValidationFailed);
    let refused: DocumentExtension =
        decide(&june, june.stage.admin, &asked, "refuse", json!({"reason": "Sin justificar"}))
            .await
            .expect(200);
    assert_eq!(refused.state, DocumentExtensionState::Refused);
    june.hand_in(student, "report", "a.pdf", &pdf(9)).await.refused(ErrorCode::PhaseNotOpen);
    let told = june.be(student).get("/notifications").await.json(200);
    assert!(told["items"][0]["body"].as_str().expect("a text").contains("Sin justificar"));
    // Asking again is allowed: reasons change.
    ask(&june, student, WANTED).await.expect::<DocumentExtension>(201);
}

#[actix_web::test]
async fn time_is_asked_for_beyond_the_phase_and_within_reason() {
    let june = June::set();
    for until in ["2027-06-05T22:00:00Z", CLOSES, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"] {
        let refused = ask(&june, june.stage.student, until).await.refused(ErrorCode::ValidationFailed);
        assert_eq!(refused.errors[0].pointer, "/wanted_until", "{until}");
    }
    for stranger in [june.stage.cotutor, june.stage.coordinator] {
        ask(&june, stranger, WANTED).await.refused(ErrorCode::Forbidden);
    }
}
