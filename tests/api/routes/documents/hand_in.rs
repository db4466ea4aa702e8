//! Handing in, in time and out of time.

use super::{CLOSES, June, OPENS, pdf, sha256};
use crate::support::actors::send;
use crate::support::builders::World;
use crate::support::mailbox::mails_to;
use gestfg_types::documents::{Document, DocumentAction, DocumentFormat};
use gestfg_types::errors::{ErrorCode, FieldCode};
use reqwest::Method;

#[actix_web::test]
async fn students_hand_in_and_replace_and_get_receipts() {
    let june = June::set();
    let before = june.set_for(june.stage.student).await;
    let kinds: Vec<_> = before.places.iter().map(|place| (place.kind.as_str(), place.required)).collect();
    assert_eq!(kinds, [("report", true), ("annexes", false), ("presentation", false)]);
    assert!(!before.is_complete);
    assert_eq!(before.places[0].allowed_actions, [DocumentAction::HandIn]);
    assert_eq!(before.max_bytes, 25 * 1024 * 1024);

    let (first, second) = (pdf(10), pdf(1_500_000));
    let made = june.hand_in(june.stage.student, "report", "memoria.pdf", &first).await;
    let made_at = made.header("location").to_owned();
    let made: Document = made.expect(201);
    assert_eq!((made.version, made.size, made.sha256.as_str()), (1, 10, sha256(&first).as_str()));
    assert_eq!(made.uploaded_by.id, june.stage.student);
    assert_eq!(june.be(june.mate).get(&made_at).await.expect::<Document>(200), made);
    let again: Document = june.hand_in(june.mate, "report", "memoria%20v2.pdf", &second).await.expect(201);
    assert_eq!((again.version, again.file_name.as_str()), (2, "memoria v2.pdf"));

    let after = june.set_for(june.stage.tutor).await;
    assert!(after.is_complete);
    let versions: Vec<_> = after.places[0].versions.iter().map(|version| version.sha256.clone()).collect();
    assert_eq!(versions, [sha256(&second), sha256(&first)]);
    assert!(after.places[0].allowed_actions.is_empty(), "the tutor reads");

    let mut conn = june.stage.app.conn();
    for student in [june.stage.student, june.mate] {
        let address = World::new(&mut conn).email(student);
        let receipts = mails_to(&mut conn, &address);
        assert_eq!(receipts.len(), 2, "one for each version");
        assert!(receipts[1].1.contains(&sha256(&second)), "{}", receipts[1].1);
    }
    let told = june.be(june.stage.tutor).get("/notifications").await.json(200);
    assert_eq!(told["items"][0]["kind"], "document_handed_in");
    let log = june.be(june.stage.coordinator).get("/audit-log?entity=document").await.json(200);
    assert_eq!(log["items"][0]["after"]["sha256"], sha256(&second));
}

#[actix_web::test]
async fn what_is_refused_leaves_nothing() {
    let june = June::set_with(&[("DOCUMENT_LIMIT_MB", "1")]);
    let student = june.stage.student;
    let hand_in = |kind: &'static str, bytes: Vec<u8>| {
        let june = &june;
        async move { june.hand_in(student, kind, "a.pdf", &bytes).await }
    };
    hand_in("report", b"<html>%PDF-".to_vec()).await.refused(ErrorCode::UnsupportedMediaType);
    hand_in("report", Vec::new()).await.refused(ErrorCode::UnsupportedMediaType);
    hand_in("report", b"PK\x03\x04 a zip".to_vec()).await.refused(ErrorCode::UnsupportedMediaType);
    hand_in("report", pdf(1024 * 1024 + 1)).await.refused(ErrorCode::TooLarge);
    let unknown = hand_in("poem", pdf(10)).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(unknown.errors[0].code, FieldCode::UnknownValue);
    june.at(CLOSES, 0);
    let late = hand_in("report", pdf(10)).await.refused(ErrorCode::PhaseNotOpen);
    assert_eq!(late.phase.expect("its dates").closed_at, Some(CLOSES.parse().expect("a moment")));
    june.at(OPENS, -1);
    hand_in("report", pdf(10)).await.refused(ErrorCode::PhaseNotOpen);
    june.becomes_empty().await;

    june.at(OPENS, 0);
    let zip: Document = hand_in("annexes", b"PK\x03\x04 a zip".to_vec()).await.expect(201);
    assert_eq!((zip.format, zip.file_name.as_str()), (DocumentFormat::Zip, "a.pdf.zip"));
    let exactly: Document = hand_in("report", pdf(1024 * 1024)).await.expect(201);
    assert_eq!(exactly.size, 1024 * 1024);
    assert_eq!(june.stored(), (2, 3));
}

#[actix_web::test]
async fn a_file_too_large_without_a_length_is_refused_as_it_comes() {
    let june = June::set_with(&[("DOCUMENT_LIMIT_MB", "1")]);
    let pieces = futures_util::stream::iter(
        (0..40).map(|n| Ok::<_, std::io::Error>(if n == 0 { pdf(65_536) } else { vec![7_u8; 65_536] })),
    );
    let path = format!("{}?kind=report&file_name=a.pdf", june.path());
    let request = june.be(june.stage.student).request(Method::POST, &path);
    let answer = send(request.body(reqwest::Body::wrap_stream(pieces))).await;
    answer.refused(ErrorCode::TooLarge);
    june.becomes_empty().await;
}

#[actix_web::test]
async fn keepers_hand_in_on_behalf_and_late_only_with_a_reason() {
    let june = June::set();
    june.at(CLOSES, 60);
    let keeper = june.stage.coordinator;
    let place = june.set_for(keeper).await.places.remove(0);
    assert_eq!(place.allowed_actions, [DocumentAction::HandInWithReason]);
    let refused = june.hand_in(keeper, "report", "a.pdf", &pdf(9)).await.refused(ErrorCode::PhaseNotOpen);
    assert!(refused.phase.expect("its dates").may_override);
    let query = "kind=report&file_name=a.pdf&override_reason=Avería";
    let made: Document = june.hand_in_with(keeper, query, &pdf(9)).await.expect(201);
    assert_eq!(made.outside_reason.as_deref(), Some("Avería"));
    // The reason of somebody who may not is worth nothing.
    june.hand_in_with(june.stage.student, query, &pdf(9)).await.refused(ErrorCode::PhaseNotOpen);
    let log = june.be(june.stage.admin).get("/audit-log?entity=document").await.json(200);
    assert_eq!(log["items"][0]["reason"], "Avería");
}

#[actix_web::test]
async fn the_same_key_hands_in_once() {
    let june = June::set();
    let path = format!("{}?kind=report&file_name=a.pdf", june.path());
    let student = june.be(june.stage.student);
    let send_once = |bytes: Vec<u8>| {
        send(student.request(Method::POST, &path).header("Idempotency-Key", "k").body(bytes))
    };
    let first: Document = send_once(pdf(100)).await.expect(201);
    let second: Document = send_once(pdf(100)).await.expect(201);
    assert_eq!(first, second);
    send_once(pdf(101)).await.refused(ErrorCode::IdempotencyConflict);
    let waiting = async {
        while june.stored() != (1, 1) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await.expect("one is left");
}

#[actix_web::test]
async fn two_at_once_become_two_versions() {
    let june = June::set();
    let (one, two) = (pdf(700_000), pdf(600_000));
    let (one, two) = futures_util::future::join(
        june.hand_in(june.stage.student, "report", "a.pdf", &one),
        june.hand_in(june.mate, "report", "b.pdf", &two),
    )
    .await;
    let mut versions = [one.expect::<Document>(201).version, two.expect::<Document>(201).version];
    versions.sort_unstable();
    assert_eq!(versions, [1, 2]);
}

#[actix_web::test]
async fn each_student_hands_in_their_own_where_the_rules_say_so() {
    let june = June::set();
    june.rules(
        r#"[{"code": "slides", "name": "Diapositivas", "required": true, "each_student": true, "by": "students", "formats": ["pdf"]},
            {"code": "tutor_report", "name": "Informe", "required": true, "by": "tutor", "formats": ["pdf"]}]"#,
    );
    let (student, mate, tutor) = (june.stage.student, june.mate, june.stage.tutor);
    let mine: Document = june.hand_in(student, "slides", "a.pdf", &pdf(9)).await.expect(201);
    assert_eq!(mine.student.as_ref().map(|owner| owner.id), Some(student));
    let other = format!("kind=slides&file_name=a.pdf&student_id={mate}");
    june.hand_in_with(student, &other, &pdf(9)).await.refused(ErrorCode::Forbidden);
    june.hand_in(student, "tutor_report", "a.pdf", &pdf(9)).await.refused(ErrorCode::Forbidden);
    june.hand_in(tutor, "slides", "a.pdf", &pdf(9)).await.refused(ErrorCode::ValidationFailed);
    june.hand_in(june.stage.cotutor, "tutor_report", "a.pdf", &pdf(9)).await.refused(ErrorCode::Forbidden);
    let report: Document = june.hand_in(tutor, "tutor_report", "a.pdf", &pdf(9)).await.expect(201);

    let places = |set: gestfg_types::documents::DocumentSet| -> Vec<_> {
        let owner = |place: &gestfg_types::documents::DocumentPlace| place.student.as_ref().map(|s| s.id);
        set.places.iter().map(|place| (place.kind.clone(), owner(place))).collect()
    };
    assert_eq!(places(june.set_for(mate).await), [("slides".to_owned(), Some(mate))]);
    assert_eq!(places(june.set_for(tutor).await).len(), 3);
    for hidden in [mine.id, report.id] {
        june.be(mate).get(&format!("/documents/{hidden}")).await.refused(ErrorCode::NotFound);
        june.be(mate).get(&format!("/documents/{hidden}/content")).await.refused(ErrorCode::NotFound);
    }
    assert!(!june.set_for(tutor).await.is_complete, "the mate's are missing");
    june.hand_in_with(june.stage.coordinator, &other, &pdf(9)).await.expect::<Document>(201);
    assert!(june.set_for(student).await.is_complete);
}
