//! How the committees of a degree are made, year by year.

use crate::routes::projects::Stage;
use crate::support::actors::send;
use gestfg_types::committee_settings::{
    CommitteeRules, CommitteeSettings, CommitteeSettingsAction, TimetableMode, TimetableObjective,
};
use gestfg_types::errors::ErrorCode;
use reqwest::Method;

#[actix_web::test]
async fn a_year_follows_the_latest_written_before_it() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let path = |year: i16| format!("/degrees/{}/committee-settings/{year}", stage.degree);
    let usual: CommitteeSettings = coordinator.get(&path(2026)).await.expect(200);
    assert_eq!((usual.written_for, usual.version, &usual.rules), (None, 0, &CommitteeRules::default()));
    assert_eq!(usual.allowed_actions, [CommitteeSettingsAction::Edit]);

    let rules = CommitteeRules {
        target_size: 6,
        mode: TimetableMode::FreePanel,
        objectives: vec![TimetableObjective::Days, TimetableObjective::BackToBack],
        presider_min_seniority: Some(5),
        pause_starts: chrono::NaiveTime::from_hms_opt(14, 0, 0),
        pause_ends: chrono::NaiveTime::from_hms_opt(16, 0, 0),
        ..CommitteeRules::default()
    };
    let write = async |year: i16, seen: &str, rules: &CommitteeRules| {
        send(coordinator.request(Method::PUT, &path(year)).header("If-Match", seen).json(rules)).await
    };
    let written: CommitteeSettings = write(2026, "\"0\"", &rules).await.expect(200);
    assert_eq!((written.written_for, written.version, &written.rules), (Some(2026), 1, &rules));
    write(2026, "\"0\"", &rules).await.refused(ErrorCode::StaleVersion);
    let later: CommitteeSettings = coordinator.get(&path(2028)).await.expect(200);
    assert_eq!((later.written_for, later.version, &later.rules), (Some(2026), 0, &rules));
    let earlier: CommitteeSettings = coordinator.get(&path(2025)).await.expect(200);
    assert_eq!((earlier.written_for, &earlier.rules), (None, &CommitteeRules::default()));
    // A later year of its own; the one before keeps its settings.
    let own = CommitteeRules { target_size: 4, ..rules.clone() };
    let written: CommitteeSettings = write(2028, "\"0\"", &own).await.expect(200);
    assert_eq!((written.written_for, written.version), (Some(2028), 1));
    let cleared = CommitteeRules { pause_starts: None, pause_ends: None, ..own };
    let written: CommitteeSettings = write(2028, "\"1\"", &cleared).await.expect(200);
    assert_eq!((written.version, &written.rules), (2, &cleared));
    let before: CommitteeSettings = coordinator.get(&path(2027)).await.expect(200);
    assert_eq!(before.rules, rules);

    let wrong = CommitteeRules { members: 7, ..rules };
    let problem = write(2026, "\"1\"", &wrong).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].pointer, "/members");
    let elsewhere = format!("/degrees/{}/committee-settings/2026", stage.other_degree);
    let refused = send(
        coordinator
            .request(Method::PUT, &elsewhere)
            .header("If-Match", "\"0\"")
            .json(&CommitteeRules::default()),
    );
    refused.await.refused(ErrorCode::Forbidden);
    coordinator.get("/degrees/999999/committee-settings/2026").await.refused(ErrorCode::NotFound);
}
