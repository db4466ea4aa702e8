//! Rubrics and settings of a degree.

use super::Stage;
use gestfg_types::errors::ErrorCode;
use gestfg_types::grading::GradingSettings;
use gestfg_types::marks::{DefenceMarks, MarkSheet};
use gestfg_types::rubrics::{Rubric, Rubrics};
use serde_json::json;

#[actix_web::test]
async fn a_call_that_has_begun_keeps_its_rubric() {
    let stage = Stage::set();
    let judge = stage.be(stage.judges[0]);
    judge
        .patch(&stage.sheet(0, Some(stage.judges[0])), 0, &json!({"remarks": "Bien"}))
        .await
        .expect_status(200);
    let path = format!("/degrees/{}/rubrics/committee", stage.degree);
    let level = |from: &str| json!({"from": from, "description": "Así"});
    let new = json!({"name": "Rúbrica de comisión", "criteria": [
        {"name": "Memoria", "weight": 40, "levels": [level("0.0"), level("5.0"), level("9.0")]},
        {"name": "Exposición", "weight": 60},
    ]});
    stage.put(stage.stranger, &path, 1, &new).await.refused(ErrorCode::Forbidden);
    stage.put(stage.coordinator, &path, 7, &new).await.refused(ErrorCode::StaleVersion);
    let mut wrong = new.clone();
    wrong["criteria"][1]["weight"] = json!(50);
    wrong["criteria"][0]["levels"][1]["from"] = json!("9.5");
    let refusal = stage.put(stage.coordinator, &path, 1, &wrong).await.refused(ErrorCode::ValidationFailed);
    let pointers: Vec<_> = refusal.errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/criteria/0/levels", "/criteria"]);
    let second: Rubric = stage.put(stage.coordinator, &path, 1, &new).await.expect(200);
    assert_eq!((second.version, second.is_current, second.criteria.len()), (2, true, 2));
    // The committee of the same call goes on with the first; reports are another rubric.
    let sheet: MarkSheet = judge.get(&stage.sheet(1, Some(stage.judges[0]))).await.expect(200);
    assert_eq!((sheet.rubric.version, sheet.rubric.is_current), (1, false));
    let all: Rubrics = judge.get(&format!("/rubrics?degree_id={}", stage.degree)).await.expect(200);
    let versions: Vec<_> =
        all.items.iter().map(|one| (one.role.as_str(), one.version, one.is_current)).collect();
    assert_eq!(versions, [("tutor", 1, true), ("committee", 2, true), ("committee", 1, false)]);
    let found: Rubric = judge.get(&format!("/rubrics/{}", sheet.rubric.id)).await.expect(200);
    assert_eq!(found, sheet.rubric);
}

#[actix_web::test]
async fn weights_add_to_a_hundred_whatever_the_code_does() {
    let stage = Stage::set();
    let mut conn = stage.app.conn();
    let add = format!(
        "INSERT INTO rubric_criteria (rubric_id, position, name, weight) SELECT id, 2, 'Otro', 10 FROM rubrics WHERE degree_id = {}",
        stage.degree
    );
    let refused = diesel::RunQueryDsl::execute(diesel::sql_query(add), &mut conn).expect_err("refused");
    assert!(refused.to_string().contains("do not add to 100"), "{refused}");
}

#[actix_web::test]
async fn a_degree_may_leave_it_to_the_president() {
    let stage = Stage::set();
    let path = format!("/degrees/{}/grading-settings/2026", stage.degree);
    let usual: GradingSettings = stage.be(stage.students[0]).get(&path).await.expect(200);
    assert_eq!((usual.version, usual.written_for), (0, None));
    let wrong = json!({"tutor_weight": 101, "claim_days": -1});
    let refusal = stage.put(stage.coordinator, &path, 0, &wrong).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(refusal.errors.len(), 2);
    let agreed = format!("/defences/{}/agreed-mark", stage.defences[0]);
    let eight = json!({"mark": "8.5", "remarks": "Por unanimidad"});
    stage.put(stage.judges[0], &agreed, 0, &eight).await.refused(ErrorCode::InvalidState);
    let rules = json!({"agreement": "president", "tutor_weight": 20});
    let written: GradingSettings = stage.put(stage.coordinator, &path, 0, &rules).await.expect(200);
    assert_eq!((written.version, written.rules.tutor_weight, written.rules.claim_days), (1, 20, 5));
    stage.put(stage.coordinator, &path, 0, &rules).await.refused(ErrorCode::StaleVersion);
    stage.put(stage.judges[1], &agreed, 0, &eight).await.refused(ErrorCode::Forbidden);
    stage.report(0, "6.0").await;
    let marks: DefenceMarks = stage.put(stage.judges[0], &agreed, 0, &eight).await.expect(200);
    // 20 % of 6.0 and 80 % of 8.5.
    assert_eq!((marks.version, marks.mark.map(|mark| mark.to_string())), (1, Some("8.0".to_owned())));
    stage.put(stage.judges[0], &agreed, 0, &eight).await.refused(ErrorCode::StaleVersion);
}
