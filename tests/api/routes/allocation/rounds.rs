//! Opening rounds, moving their dates, calling them off.

use super::{CLOSES, OPENS, Round};
use gestfg_types::allocation_rounds::{
    AllocationRound, AllocationRoundAction as Action, AllocationRoundState as State, AllocationRounds,
    OfferedProject,
};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::pagination::Page;
use serde_json::json;

#[actix_web::test]
async fn one_round_is_under_way_at_a_time() {
    let round = Round::open();
    let path = format!("/calls/{}/allocation-rounds", round.call);
    let body = json!({"opens_at": "2026-12-02T00:00:00Z", "closes_at": "2026-12-09T00:00:00Z", "team_max": 2,
        "max_preferences": 3, "tutor_view": "shortlist"});
    round.coordinator().post(&path, &body).await.refused(ErrorCode::RoundUnderWay);
    let cancel = format!("/allocation-rounds/{}/cancel", round.id);
    let why = json!({"reason": "Se repite con más proyectos"});
    let cancelled: AllocationRound = round.coordinator().act_with(&cancel, &why).await.expect(200);
    assert_eq!((cancelled.state, cancelled.allowed_actions), (State::Cancelled, vec![Action::Allocate]));
    round.coordinator().act_with(&cancel, &why).await.refused(ErrorCode::InvalidState);
    let made: AllocationRound = round.coordinator().post(&path, &body).await.expect(201);
    assert_eq!((made.number, made.state, made.max_preferences), (2, State::Ahead, 3));
    assert_eq!(made.tutors_close_at, made.closes_at);
    let all: AllocationRounds = round.be(round.students[0]).get(&path).await.expect(200);
    assert_eq!(all.items.len(), 2);
    assert_eq!(all.items[0].application_count, None);
    // A call with rounds is not removed.
    let call = format!("/calls/{}", round.call);
    let refused = round.coordinator().delete(&call).await.refused(ErrorCode::InUse);
    assert!(refused.used_by.iter().any(|usage| usage.kind == "allocation_rounds"));
}

#[actix_web::test]
async fn its_dates_lie_in_order_inside_the_phase() {
    let round = Round::open();
    let path = format!("/allocation-rounds/{}", round.id);
    for (body, pointer) in [
        (json!({"closes_at": "2029-01-01T00:00:00Z"}), "/closes_at"),
        (json!({"opens_at": "2020-01-01T00:00:00Z"}), "/opens_at"),
        (json!({"closes_at": OPENS}), "/closes_at"),
        (json!({"tutors_close_at": OPENS}), "/tutors_close_at"),
        (json!({"max_preferences": 21}), "/max_preferences"),
        (json!({"team_max": 4}), "/team_max"),
        (json!({"tutor_limit": 0}), "/tutor_limit"),
    ] {
        let refused = round.coordinator().patch(&path, 1, &body).await.refused(ErrorCode::ValidationFailed);
        assert!(refused.errors.iter().any(|error| error.pointer == pointer), "{body}: {refused:?}");
    }
    let later = json!({"closes_at": "2026-12-02T00:00:00Z", "tutor_limit": 4});
    let moved: AllocationRound = round.coordinator().patch(&path, 1, &later).await.expect(200);
    assert_eq!(moved.tutors_close_at, moved.closes_at, "the tutors' close moves along");
    assert_eq!((moved.version, moved.tutor_limit), (2, Some(4)));
    round.coordinator().patch(&path, 1, &later).await.refused(ErrorCode::StaleVersion);
    let cleared = json!({"tutor_limit": null});
    let cleared: AllocationRound = round.coordinator().patch(&path, 2, &cleared).await.expect(200);
    assert_eq!(cleared.tutor_limit, None);
}

#[actix_web::test]
async fn a_round_goes_by_the_clock() {
    let round = Round::open();
    let student = round.students[0];
    for (moment, seconds, state, may) in [
        (OPENS, -1, State::Ahead, false),
        (OPENS, 0, State::Open, true),
        (CLOSES, -1, State::Open, true),
        (CLOSES, 0, State::Closed, false),
    ] {
        round.at(moment, seconds);
        let seen = round.read(student).await;
        assert_eq!(seen.state, state);
        assert_eq!(seen.allowed_actions.contains(&Action::Apply), may, "{seen:?}");
        assert_eq!(round.try_apply(student, &[0]).await.status.as_u16(), if may { 201 } else { 409 });
        round.stage.with_world(|world| world.run("DELETE FROM applications"));
    }
}

#[actix_web::test]
async fn what_applications_rest_on_is_not_taken_from_them() {
    let round = Round::open();
    round.apply(round.students[0], &[0, 1, 2]).await;
    let path = format!("/allocation-rounds/{}", round.id);
    let less = json!({"max_preferences": 2});
    let refused = round.coordinator().patch(&path, 1, &less).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(refused.errors[0].code, FieldCode::NotAllowed);
    round.coordinator().patch(&path, 1, &json!({"max_preferences": 3})).await.expect_status(200);
}

#[actix_web::test]
async fn counts_are_shown_or_hidden() {
    let round = Round::open();
    round.apply(round.students[0], &[1, 0]).await;
    round.apply(round.students[1], &[0]).await;
    let path = format!("/allocation-rounds/{}/projects", round.id);
    let seen: Page<OfferedProject> = round.be(round.students[2]).get(&path).await.expect(200);
    assert_eq!((seen.total, seen.items[0].applications), (5, None));
    let kept: Page<OfferedProject> = round.coordinator().get(&path).await.expect(200);
    assert_eq!((kept.items[0].applications, kept.items[0].first_choices), (Some(2), Some(1)));
    let round_path = format!("/allocation-rounds/{}", round.id);
    round.coordinator().patch(&round_path, 1, &json!({"show_counts": true})).await.expect_status(200);
    let seen: Page<OfferedProject> =
        round.be(round.students[2]).get(&format!("{path}?q=p001&limit=1")).await.expect(200);
    assert_eq!((seen.total, seen.items[0].applications), (1, Some(1)));
}
