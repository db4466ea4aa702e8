//! Reports and marks as they are written.

use super::Stage;
use gestfg_types::defences::DefenceState;
use gestfg_types::errors::ErrorCode;
use gestfg_types::marks::{DefenceMarks, MarkSheet, MarkingDuties, MarksAction, SheetAction, SheetState};
use serde_json::json;

#[actix_web::test]
async fn marks_are_saved_as_they_are_typed_and_sent_again_without_harm() {
    let stage = Stage::set();
    let judge = stage.be(stage.judges[1]);
    let path = stage.sheet(0, Some(stage.judges[1]));
    let empty: MarkSheet = judge.get(&path).await.expect(200);
    assert_eq!((empty.version, empty.state, empty.mark), (0, SheetState::Draft, None));
    assert_eq!(empty.allowed_actions, [SheetAction::Write]);
    let words = json!({"remarks": "Buena exposición"});
    let first: MarkSheet = judge.patch(&path, 0, &words).await.expect(200);
    let mark = json!({"marks": [{"criterion": 1, "mark": "7.5"}]});
    let second: MarkSheet = judge.patch(&path, first.version, &mark).await.expect(200);
    assert_eq!((second.version, second.remarks.as_str()), (2, "Buena exposición"));
    assert_eq!((second.mark.as_deref(), second.marks.len()), (Some("7.500"), 1));
    // The answer was lost on its way: the same again is no conflict, another change is.
    let again: MarkSheet = judge.patch(&path, first.version, &mark).await.expect(200);
    assert_eq!(again, second);
    let other = json!({"marks": [{"criterion": 1, "mark": "6.0"}]});
    judge.patch(&path, first.version, &other).await.refused(ErrorCode::StaleVersion);
    for wrong in ["10.1", "7.55", "-1", "siete"] {
        let body = json!({"marks": [{"criterion": 1, "mark": wrong}]});
        judge.patch(&path, 2, &body).await.refused(ErrorCode::MalformedRequest);
    }
    let unknown = json!({"marks": [{"criterion": 2, "mark": "5.0"}]});
    judge.patch(&path, 2, &unknown).await.refused(ErrorCode::ValidationFailed);
    let handed: MarkSheet = judge.act_with(&format!("{path}/hand-in"), &json!({})).await.expect(200);
    assert_eq!((handed.state, handed.version), (SheetState::HandedIn, 3));
    assert_eq!(handed.allowed_actions, [SheetAction::TakeBack]);
    judge.patch(&path, 3, &other).await.refused(ErrorCode::InvalidState);
    let marks: DefenceMarks = judge.get(&format!("/defences/{}/marks", stage.defences[0])).await.expect(200);
    assert_eq!((marks.state, marks.sheets.len(), marks.mark), (DefenceState::Held, 3, None));
    let back: MarkSheet = judge.act_with(&format!("{path}/take-back"), &json!({})).await.expect(200);
    judge.patch(&path, back.version, &other).await.expect_status(200);
}

#[actix_web::test]
async fn a_sheet_is_handed_in_whole() {
    let stage = Stage::set();
    let judge = stage.be(stage.judges[1]);
    let path = stage.sheet(0, Some(stage.judges[1]));
    judge.act_with(&format!("{path}/hand-in"), &json!({})).await.refused(ErrorCode::InvalidState);
    judge.patch(&path, 0, &json!({"remarks": "Bien"})).await.expect_status(200);
    let refusal =
        judge.act_with(&format!("{path}/hand-in"), &json!({})).await.refused(ErrorCode::MarksIncomplete);
    assert_eq!(refusal.errors[0].pointer, "/marks/1");
}

#[actix_web::test]
async fn everybody_writes_their_own_and_strangers_see_nothing() {
    let stage = Stage::set();
    let path = stage.sheet(0, Some(stage.judges[1]));
    let body = json!({"marks": [{"criterion": 1, "mark": "5.0"}]});
    stage.be(stage.judges[0]).patch(&path, 0, &body).await.refused(ErrorCode::Forbidden);
    stage.be(stage.judges[0]).get(&path).await.expect_status(200);
    for blind in [stage.tutor, stage.students[0], stage.stranger] {
        stage.be(blind).patch(&path, 0, &body).await.refused(ErrorCode::NotFound);
        stage.be(blind).get(&path).await.refused(ErrorCode::NotFound);
    }
    stage.be(stage.judges[0]).get(&stage.sheet(0, Some(stage.stranger))).await.refused(ErrorCode::NotFound);
    // On behalf of a member: in the dates as they do, after them with a reason.
    stage.be(stage.coordinator).patch(&path, 0, &body).await.expect_status(200);
    let duties: MarkingDuties = stage.be(stage.judges[1]).get("/me/marking-duties").await.expect(200);
    let states: Vec<_> = duties.items.iter().map(|duty| duty.state).collect();
    assert_eq!(states, [Some(SheetState::Draft), None]);
    stage.at("2026-12-11T00:00:00Z");
    let late = json!({"marks": [{"criterion": 1, "mark": "6.0"}]});
    stage.be(stage.judges[1]).patch(&path, 1, &late).await.refused(ErrorCode::PhaseNotOpen);
    let mut reasoned = late.clone();
    reasoned["override_reason"] = json!("Estaba de baja");
    stage.be(stage.judges[1]).patch(&path, 1, &reasoned).await.refused(ErrorCode::PhaseNotOpen);
    stage.be(stage.coordinator).patch(&path, 1, &reasoned).await.expect_status(200);
}

#[actix_web::test]
async fn a_report_reaches_the_committee_when_it_is_handed_in_and_the_student_at_the_end() {
    let stage = Stage::set();
    let path = stage.sheet(0, None);
    let tutor = stage.be(stage.tutor);
    let body = json!({"marks": [{"criterion": 1, "mark": "9.0"}], "remarks": "Ha trabajado bien"});
    tutor.patch(&path, 0, &body).await.expect_status(200);
    stage.be(stage.coordinator).patch(&path, 1, &json!({"remarks": ""})).await.refused(ErrorCode::Forbidden);
    let judge = stage.be(stage.judges[0]);
    judge.get(&path).await.refused(ErrorCode::NotFound);
    tutor.act_with(&format!("{path}/hand-in"), &json!({})).await.expect_status(200);
    let read: MarkSheet = judge.get(&path).await.expect(200);
    assert_eq!((read.mark.as_deref(), read.remarks.as_str()), (Some("9.000"), "Ha trabajado bien"));
    stage.be(stage.students[0]).get(&path).await.refused(ErrorCode::NotFound);
    stage.report(1, "8.0").await;
    for n in 0..2 {
        for judge in 0..3 {
            stage.mark(n, judge, "7.0").await;
        }
    }
    let minutes = stage.publish().await;
    stage.be(stage.students[0]).get(&path).await.refused(ErrorCode::NotFound);
    stage.close(&minutes).await;
    let read: MarkSheet = stage.be(stage.students[0]).get(&path).await.expect(200);
    assert_eq!(read.remarks, "Ha trabajado bien");
    stage.be(stage.students[1]).get(&path).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn the_president_says_who_did_not_come() {
    let stage = Stage::set();
    let president = stage.be(stage.judges[0]);
    let path = format!("/defences/{}", stage.defences[0]);
    let marks: DefenceMarks = president.get(&format!("{path}/marks")).await.expect(200);
    assert_eq!(marks.allowed_actions, [MarksAction::SetOutcome]);
    let absent = json!({"state": "not_presented"});
    stage
        .be(stage.judges[1])
        .patch(&path, marks.defence_version, &absent)
        .await
        .refused(ErrorCode::Forbidden);
    let words = json!({"remarks": "Nada"});
    president.patch(&path, marks.defence_version, &words).await.refused(ErrorCode::Forbidden);
    president.patch(&path, marks.defence_version, &absent).await.expect_status(200);
    let sheet = stage.sheet(0, Some(stage.judges[0]));
    let body = json!({"marks": [{"criterion": 1, "mark": "5.0"}]});
    president.patch(&sheet, 0, &body).await.refused(ErrorCode::InvalidState);
    let marks: DefenceMarks = president.get(&format!("{path}/marks")).await.expect(200);
    assert_eq!((marks.mark, marks.band), (None, Some(gestfg_types::grading::Band::NotPresented)));
}
