//! No defence of a flagged report without somebody who answers for it.

use super::Deposits;
use diesel::RunQueryDsl;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::DocumentId;
use gestfg_types::marks::MarkSheet;
use gestfg_types::similarity::Similarity;
use serde_json::json;

const WHY: &str = "El capítulo 2 cita el trabajo anterior, del que es continuación.";

fn path(document: DocumentId) -> String {
    format!("/documents/{document}/similarity/justifications")
}

#[actix_web::test]
async fn marks_wait_until_a_tutor_has_signed() {
    let deposits = Deposits::set();
    let [original, copy] = deposits.copy().await;
    let stage = &deposits.stage;
    let judge = stage.be(stage.judges[0]);
    let sheet = stage.sheet(1, Some(stage.judges[0]));
    let body = json!({"marks": [{"criterion": 1, "mark": "7.0"}]});
    judge.patch(&sheet, 0, &body).await.expect::<MarkSheet>(200);
    let hand_in = format!("{sheet}/hand-in");
    let refused = judge.act_with(&hand_in, &json!({})).await.refused(ErrorCode::SimilarityUnjustified);
    assert!(refused.detail.contains("memoria.pdf"), "{}", refused.detail);
    let defence = format!("/defences/{}", stage.defences[1]);
    judge.patch(&defence, 1, &json!({"state": "held"})).await.refused(ErrorCode::SimilarityUnjustified);
    // A reason is for those who keep the degree.
    let reasoned = json!({"state": "held", "override_reason": "Sin motivo"});
    judge.patch(&defence, 1, &reasoned).await.refused(ErrorCode::SimilarityUnjustified);
    // Who did not come needs no signature, and the other's defence none either.
    stage.mark(0, 0, "8.0").await;

    let sign = json!({"text": WHY});
    for who in [stage.judges[0], stage.students[1]] {
        stage.be(who).post(&path(copy), &sign).await.refused(ErrorCode::Forbidden);
    }
    stage.be(stage.stranger).post(&path(copy), &sign).await.refused(ErrorCode::NotFound);
    let tutor = stage.be(stage.tutor);
    let short =
        tutor.post(&path(copy), &json!({"text": " Porque sí. "})).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(short.errors[0].code, FieldCode::TooShort);
    tutor.post(&path(original), &sign).await.refused(ErrorCode::InvalidState);
    let signed: Similarity = tutor.post(&path(copy), &sign).await.expect(201);
    assert!(signed.summary.is_justified);
    let read =
        deposits.seen_by(stage.judges[2], copy).await.justifications.expect("the committee reads them");
    assert_eq!((read[0].text.as_str(), read[0].signed_by.id), (WHY, stage.tutor));
    assert_eq!(Some(read[0].share_permille), signed.summary.share_permille);

    judge.act_with(&hand_in, &json!({})).await.expect_status(200);
    let log = stage.be(stage.coordinator).get("/audit-log?entity=similarity_justification").await.json(200);
    assert_eq!(log["items"][0]["after"]["text"], WHY);
}

#[actix_web::test]
async fn what_was_signed_stays_and_can_only_be_followed() {
    let deposits = Deposits::set();
    let [_, copy] = deposits.copy().await;
    let stage = &deposits.stage;
    stage.be(stage.tutor).post(&path(copy), &json!({"text": WHY})).await.expect_status(201);
    let changed =
        diesel::sql_query("UPDATE similarity_justifications SET text = 'Otra cosa, que no se firmó'")
            .execute(&mut stage.app.conn());
    assert!(changed.is_err(), "the database keeps it");
    let more = json!({"text": "La coordinación lo ha visto también, y está conforme."});
    let after: Similarity = stage.be(stage.coordinator).post(&path(copy), &more).await.expect(201);
    let signers: Vec<_> = after.justifications.expect("all").iter().map(|one| one.signed_by.id).collect();
    assert_eq!(signers, [stage.coordinator, stage.tutor]);
}

#[actix_web::test]
async fn who_keeps_the_degree_may_go_on_with_a_reason() {
    let deposits = Deposits::set();
    deposits.copy().await;
    let stage = &deposits.stage;
    let coordinator = stage.be(stage.coordinator);
    let defence = format!("/defences/{}", stage.defences[1]);
    let refused = coordinator
        .patch(&defence, 1, &json!({"state": "held"}))
        .await
        .refused(ErrorCode::SimilarityUnjustified);
    assert_eq!(refused.errors[0].pointer, "/override_reason");
    // What is not the outcome can be changed all the same.
    coordinator.patch(&defence, 1, &json!({"remarks": "En inglés"})).await.expect_status(200);
    let why = json!({"state": "held", "override_reason": "El tutor está de baja"});
    coordinator.patch(&defence, 2, &why).await.expect_status(200);
    let log = coordinator.get("/audit-log?entity=defence").await.json(200);
    assert_eq!(log["items"][0]["reason"], "El tutor está de baja");
    // Who has defended has passed: the committee marks.
    stage.mark(1, 0, "6.0").await;
}

#[actix_web::test]
async fn a_version_that_takes_its_place_needs_no_signature() {
    let deposits = Deposits::set();
    deposits.copy().await;
    deposits.hand_in(1, &super::report(&super::text(8, 400))).await;
    deposits.work().await;
    deposits.stage.mark(1, 0, "7.0").await;
}
