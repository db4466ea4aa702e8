//! Which degrees have what compared.

use super::{Deposits, report, text};
use gestfg_types::documents::Document;
use gestfg_types::errors::ErrorCode;
use gestfg_types::similarity::{SimilaritySettings, SimilaritySettingsAction};
use serde_json::json;

#[actix_web::test]
async fn a_degree_decides_year_by_year() {
    let deposits = Deposits::set();
    let stage = &deposits.stage;
    let path = |year: i16| format!("/degrees/{}/similarity-settings/{year}", stage.degree);
    let usual: SimilaritySettings = stage.be(stage.stranger).get(&path(2026)).await.expect(200);
    assert!(usual.rules.is_on && usual.written_for.is_none() && !usual.knows_service);
    assert_eq!((usual.rules.threshold_percent, usual.version), (20, 0));
    assert!(usual.allowed_actions.is_empty());

    let coordinator = stage.be(stage.coordinator);
    let off = json!({"is_on": false});
    stage.put(stage.tutor, &path(2026), 0, &off).await.refused(ErrorCode::Forbidden);
    let wrong = json!({"threshold_percent": 101, "kinds": ["Memoria"]});
    let refused =
        stage.put(stage.coordinator, &path(2026), 0, &wrong).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(refused.errors.len(), 2);
    let written: SimilaritySettings = stage.put(stage.coordinator, &path(2026), 0, &off).await.expect(200);
    assert_eq!((written.version, written.allowed_actions), (1, vec![SimilaritySettingsAction::Edit]));
    stage.put(stage.coordinator, &path(2026), 0, &off).await.refused(ErrorCode::StaleVersion);
    let later: SimilaritySettings = coordinator.get(&path(2028)).await.expect(200);
    assert!(!later.rules.is_on && later.written_for == Some(2026));
    let before: SimilaritySettings = coordinator.get(&path(2025)).await.expect(200);
    assert!(before.rules.is_on);

    let made: Document = deposits.send(0, "report", &report(&text(1, 100))).await.expect(201);
    assert_eq!(made.similarity, None);
    deposits.work().await;
    stage
        .be(stage.tutor)
        .get(&format!("/documents/{}/similarity", made.id))
        .await
        .refused(ErrorCode::NotFound);
    let log = coordinator.get("/audit-log?entity=similarity_settings").await.json(200);
    assert_eq!(log["items"][0]["after"]["rules"]["is_on"], false);
}

#[actix_web::test]
async fn the_threshold_of_the_day_counts() {
    let deposits = Deposits::set();
    let stage = &deposits.stage;
    let path = format!("/degrees/{}/similarity-settings/2026", stage.degree);
    let half = json!({"threshold_percent": 50});
    stage.put(stage.coordinator, &path, 0, &half).await.expect_status(200);
    let [_, copy] = deposits.copy().await;
    let found = deposits.seen_by(stage.tutor, copy).await;
    assert_eq!(found.summary.threshold_percent, Some(50));
    assert!(!found.summary.is_flagged && found.summary.share_permille >= Some(200));
    stage.put(stage.coordinator, &path, 1, &json!({"threshold_percent": 10})).await.expect_status(200);
    assert!(!deposits.seen_by(stage.tutor, copy).await.summary.is_flagged);
    stage.mark(1, 0, "7.0").await;
}
