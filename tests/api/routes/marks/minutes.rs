//! Publication, claims, the closed list and its verification.

use super::Stage;
use diesel::prelude::*;
use gestfg_types::errors::ErrorCode;
use gestfg_types::grading::Band;
use gestfg_types::marks::MarkSheet;
use gestfg_types::minutes::{
    CallGrading, ClaimState, GradingAction, MarkClaim, MarkClaims, Minutes, MinutesAction, MinutesState,
    MissingPart, OwnMarks, Verification,
};
use serde_json::json;

#[actix_web::test]
async fn publishing_names_everything_that_is_missing() {
    let stage = Stage::set();
    let president = stage.be(stage.judges[0]);
    let path = format!("/calls/{}/grading", stage.call);
    stage.be(stage.judges[1]).get(&path).await.refused(ErrorCode::Forbidden);
    stage.report(0, "8.0").await;
    stage.mark(0, 0, "7.0").await;
    stage.mark(0, 1, "7.0").await;
    let far: CallGrading = president.get(&path).await.expect(200);
    let parts: Vec<_> =
        far.missing.iter().map(|one| (one.part, one.professor.as_ref().map(|p| p.id))).collect();
    let owes = |judge: usize| (MissingPart::Marks, Some(stage.judges[judge]));
    let second = [
        (MissingPart::Outcome, None),
        (MissingPart::TutorReport, Some(stage.tutor)),
        owes(0),
        owes(1),
        owes(2),
    ];
    assert_eq!(parts, std::iter::once(owes(2)).chain(second).collect::<Vec<_>>());
    assert!(far.allowed_actions.is_empty() && far.minutes.is_none());
    let body = json!({"call_id": stage.call});
    let refusal = president.post("/minutes", &body).await.refused(ErrorCode::MarksIncomplete);
    assert_eq!(refusal.errors.len(), 6);
    assert_eq!(refusal.errors[0].message, "The marks of Mila Muestra for Alba Muestra are not handed in.");
    assert_eq!(refusal.errors[0].pointer, format!("/defences/{}", stage.defences[0]));
    stage.mark(0, 2, "7.0").await;
    stage.run(&format!("UPDATE defences SET state = 'not_presented' WHERE id = {}", stage.defences[1]));
    let far: CallGrading = president.get(&path).await.expect(200);
    assert_eq!(far.allowed_actions, [GradingAction::Publish]);
    let bands: Vec<_> = far.entries.iter().map(|entry| entry.band).collect();
    assert_eq!(bands, [Some(Band::Good), Some(Band::NotPresented)]);
    // 30 % of 8.0 and 70 % of 7.0.
    assert_eq!(far.entries[0].mark.map(|mark| mark.to_string()).as_deref(), Some("7.3"));
    stage.publish().await;
    president.post("/minutes", &body).await.refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn students_read_their_marks_once_they_are_published_and_claim() {
    let stage = Stage::set();
    stage.mark_all(["4.5", "9.5"]).await;
    let student = stage.be(stage.students[0]);
    let own: OwnMarks = student.get("/me/marks").await.expect(200);
    assert!(own.items.is_empty());
    student.get(&format!("/defences/{}/marks", stage.defences[0])).await.refused(ErrorCode::NotFound);
    let claim_path = format!("/defences/{}/mark-claims", stage.defences[0]);
    let text = json!({"text": "No se ha tenido en cuenta el anexo"});
    student.post(&claim_path, &text).await.refused(ErrorCode::InvalidState);
    let minutes = stage.publish().await;
    assert_eq!(minutes.claims_until.to_rfc3339(), "2026-11-28T23:00:00+00:00");
    let own: OwnMarks = student.get("/me/marks").await.expect(200);
    let mark = &own.items[0];
    assert_eq!((own.items.len(), mark.state, mark.band), (1, MinutesState::Provisional, Band::Pass));
    assert_eq!((mark.mark.map(|m| m.to_string()).as_deref(), mark.can_claim), (Some("5.6"), true)); // 5.55
    // Nobody changes what is published.
    let sheet = stage.sheet(0, Some(stage.judges[1]));
    let judge = stage.be(stage.judges[1]);
    judge.act_with(&format!("{sheet}/take-back"), &json!({})).await.refused(ErrorCode::MarksFrozen);
    stage.be(stage.students[1]).post(&claim_path, &text).await.refused(ErrorCode::NotFound);
    let claim: MarkClaim = student.post(&claim_path, &text).await.expect(201);
    student.post(&claim_path, &text).await.refused(ErrorCode::AlreadyExists);
    // The claim opens these marks and no others.
    let other = stage.sheet(1, Some(stage.judges[1]));
    judge.act_with(&format!("{other}/take-back"), &json!({})).await.refused(ErrorCode::MarksFrozen);
    let back: MarkSheet = judge.act_with(&format!("{sheet}/take-back"), &json!({})).await.expect(200);
    let better = json!({"marks": [{"criterion": 1, "mark": "6.0"}]});
    judge.patch(&sheet, back.version, &better).await.expect_status(200);
    let claims: MarkClaims = judge.get(&format!("/mark-claims?call_id={}", stage.call)).await.expect(200);
    assert!(claims.items[0].allowed_actions.is_empty());
    let none: MarkClaims =
        stage.be(stage.tutor).get(&format!("/mark-claims?call_id={}", stage.call)).await.expect(200);
    assert!(none.items.is_empty());
    let president = stage.be(stage.judges[0]);
    let answer_path = format!("/mark-claims/{}/answer", claim.id);
    let upheld = json!({"is_upheld": true, "answer": "Se valora el anexo"});
    judge.act_with(&answer_path, &upheld).await.refused(ErrorCode::Forbidden);
    president.act_with(&answer_path, &upheld).await.refused(ErrorCode::MarksIncomplete);
    judge.act_with(&format!("{sheet}/hand-in"), &json!({})).await.expect_status(200);
    let no = json!({"is_upheld": false, "answer": "No"});
    president.act_with(&answer_path, &no).await.refused(ErrorCode::InvalidState);
    let close = format!("/minutes/{}/close", minutes.id);
    stage.at("2026-12-05T09:00:00Z");
    // Tokens do not last until then.
    let [president, judge, student] =
        [stage.judges[0], stage.judges[1], stage.students[0]].map(|who| stage.be(who));
    let refusal = president.act_with(&close, &json!({})).await.refused(ErrorCode::MarksIncomplete);
    assert!(
        refusal.errors.iter().any(|error| error.message.contains("claim of Alba Muestra")),
        "{refusal:?}"
    );
    let answered: MarkClaim = president.act_with(&answer_path, &upheld).await.expect(200);
    assert_eq!((answered.state, answered.mark_before.to_string()), (ClaimState::Upheld, "5.6".to_owned()));
    // 30 % of 8.0 and 70 % of 5.0.
    assert_eq!(answered.mark_after.map(|mark| mark.to_string()).as_deref(), Some("5.9"));
    president.act_with(&answer_path, &upheld).await.refused(ErrorCode::InvalidState);
    judge.act_with(&format!("{sheet}/take-back"), &json!({})).await.refused(ErrorCode::MarksFrozen);
    let own: OwnMarks = student.get("/me/marks").await.expect(200);
    assert_eq!(own.items[0].mark.map(|mark| mark.to_string()).as_deref(), Some("5.9"));
    assert_eq!(
        own.items[0].claim.as_ref().and_then(|claim| claim.answer.as_deref()),
        Some("Se valora el anexo")
    );
    let closed: Minutes = president.act_with(&close, &json!({})).await.expect(200);
    assert_eq!(closed.entries[0].mark.map(|mark| mark.to_string()).as_deref(), Some("5.9"));
    use gestfg::schema::notifications as n;
    let mut conn = stage.app.conn();
    let mut told = |kind: &str| -> i64 {
        n::table.filter(n::kind.eq(kind)).count().get_result(&mut conn).expect("a count")
    };
    let counts = ["marks_published", "mark_claimed", "claim_answered", "minutes_closed"].map(&mut told);
    assert_eq!(counts, [2, 4, 1, 4]); // the tutor twice
}

#[actix_web::test]
async fn closed_minutes_have_a_number_and_a_code_anybody_can_check() {
    let stage = Stage::set();
    stage.mark_all(["7.0", "9.5"]).await;
    let published = stage.publish().await;
    assert_eq!((published.number, &published.code), (None, &None));
    let president = stage.be(stage.judges[0]);
    let close = format!("/minutes/{}/close", published.id);
    president.act_with(&close, &json!({})).await.refused(ErrorCode::InvalidState);
    let early = json!({"override_reason": "Urge"});
    president.act_with(&close, &early).await.refused(ErrorCode::InvalidState);
    stage.be(stage.tutor).act_with(&close, &json!({})).await.refused(ErrorCode::NotFound);
    let closed: Minutes = stage.be(stage.coordinator).act_with(&close, &early).await.expect(200);
    assert_eq!((closed.number, closed.edition, closed.state), (Some(1), 1, MinutesState::Closed));
    assert_eq!(closed.allowed_actions, [MinutesAction::Reopen]);
    let list: Vec<_> =
        closed.entries.iter().map(|e| (e.position, e.student.name.as_str(), e.has_honours)).collect();
    assert_eq!(list, [(1, "Muestra, Alba", false), (2, "Prueba, Bruno", true)]);
    let code = closed.code.clone().expect("a code");
    let (head, tail) = code.split_at(10);
    let typed = format!("/minutes/verification/{}-{tail}", head.to_lowercase());
    let seen: Verification = stage.app.visitor().get(&typed).await.expect(200);
    assert!(seen.is_intact && seen.is_current);
    assert_eq!((seen.number, seen.entry_count, Some(&seen.digest)), (1, 2, closed.digest.as_ref()));
    stage.app.visitor().get("/minutes/verification/ABC").await.refused(ErrorCode::NotFound);
    // What was closed reads the same whatever becomes of the people.
    stage.run(&format!("UPDATE users SET first_name = 'Otra' WHERE id = {}", stage.students[0]));
    let again: Minutes = president.get(&format!("/minutes/{}", closed.id)).await.expect(200);
    assert_eq!(again.entries[0].student.name, "Muestra, Alba");
    assert!(again.entries.iter().all(|entry| entry.student_dni.is_none()));
    stage.be(stage.judges[1]).get(&format!("/minutes/{}", closed.id)).await.refused(ErrorCode::NotFound);
    let print = format!("/minutes/{}/pdf", closed.id);
    let pdf = president.get(&print).await;
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.body.starts_with(b"%PDF-1.7"));
    stage.be(stage.judges[1]).get(&print).await.refused(ErrorCode::NotFound);
    let own = stage.be(stage.students[1]).get("/me/marks").await.json(200);
    assert_eq!(
        (&own["items"][0]["state"], &own["items"][0]["has_honours"]),
        (&json!("closed"), &json!(true))
    );
}

#[actix_web::test]
async fn minutes_are_opened_again_for_another_edition() {
    let stage = Stage::set();
    stage.mark_all(["7.0", "8.0"]).await;
    let first = stage.close(&stage.publish().await).await;
    let reopen = format!("/minutes/{}/reopen", first.id);
    let why = json!({"reason": "Error al sumar"});
    stage.be(stage.judges[0]).act_with(&reopen, &why).await.refused(ErrorCode::Forbidden);
    let coordinator = stage.be(stage.coordinator);
    coordinator.act_with(&reopen, &json!({"reason": " "})).await.refused(ErrorCode::ValidationFailed);
    coordinator.act_with(&reopen, &why).await.expect_status(200);
    let log = coordinator.get("/audit-log?action=minutes.reopen").await.json(200);
    assert_eq!(log["items"][0]["reason"], "Error al sumar");
    let own: OwnMarks = stage.be(stage.students[0]).get("/me/marks").await.expect(200);
    assert!(own.items.is_empty());
    // The phase is over, and the marks are open all the same.
    stage.at("2026-12-20T09:00:00Z");
    let judge = stage.be(stage.judges[2]);
    let sheet = stage.sheet(0, Some(stage.judges[2]));
    judge.act_with(&format!("{sheet}/take-back"), &json!({})).await.expect_status(200);
    stage.mark(0, 2, "8.5").await;
    let second = stage.publish().await;
    assert_eq!(second.edition, 2);
    stage.at("2027-01-20T09:00:00Z");
    let close = format!("/minutes/{}/close", second.id);
    let second: Minutes = stage.be(stage.judges[0]).act_with(&close, &json!({})).await.expect(200);
    assert_eq!((second.number, second.edition), (Some(1), 2));
    assert_ne!(second.code, first.code);
    let old = format!("/minutes/verification/{}", first.code.expect("a code"));
    let old: Verification = stage.app.visitor().get(&old).await.expect(200);
    assert_eq!((old.is_intact, old.is_current), (true, false));
    let coordinator = stage.be(stage.coordinator);
    let kept: Minutes = coordinator.get(&format!("/minutes/{}", first.id)).await.expect(200);
    let marks = |minutes: &Minutes| minutes.entries[0].mark.map(|mark| mark.to_string());
    assert_eq!((marks(&kept), marks(&second)), (Some("7.3".to_owned()), Some("7.7".to_owned()))); // 7.65
    let list = coordinator.get(&format!("/minutes?call_id={}", stage.call)).await.json(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
    let none = stage.be(stage.tutor).get("/minutes").await.json(200);
    assert_eq!(none["items"].as_array().map(Vec::len), Some(0));
}

#[actix_web::test]
async fn who_gets_honours_in_a_tie_is_decided_by_people() {
    let stage = Stage::set();
    stage.mark_all(["9.5", "9.5"]).await;
    let minutes = stage.publish().await;
    let honours = minutes.honours.clone().expect("honours");
    assert_eq!((honours.enrolled, honours.quota, honours.places), (2, Some(1), Some(1)));
    assert_eq!((honours.proposed.len(), honours.tied.len()), (0, 2));
    stage.at("2026-12-05T09:00:00Z");
    let president = stage.be(stage.judges[0]);
    let close = format!("/minutes/{}/close", minutes.id);
    let refusal = president.act_with(&close, &json!({})).await.refused(ErrorCode::MarksIncomplete);
    assert_eq!(refusal.errors.len(), 2);
    let both = json!({"honours": stage.defences});
    president.act_with(&close, &both).await.refused(ErrorCode::ValidationFailed);
    let stranger = json!({"honours": [999_999]});
    president.act_with(&close, &stranger).await.refused(ErrorCode::ValidationFailed);
    let one = json!({"honours": [stage.defences[1]]});
    let closed: Minutes = president.act_with(&close, &one).await.expect(200);
    let given: Vec<_> = closed.entries.iter().map(|entry| entry.has_honours).collect();
    assert_eq!(given, [false, true]);
}
