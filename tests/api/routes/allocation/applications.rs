//! Asking for projects.

use super::{CLOSES, OPENS, Round, asked, path};
use futures_util::future::{join, join_all};
use gestfg_types::applications::{
    Application, ApplicationAction as Action, ApplicationState, PreferenceStanding,
};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::pagination::Page;
use serde_json::json;

#[actix_web::test]
async fn a_student_asks_for_projects_and_saves_as_often_as_they_like() {
    let round = Round::open();
    let student = round.students[0];
    let made = round.apply(student, &[2, 0]).await;
    assert_eq!(asked(&made), [round.projects[2], round.projects[0]]);
    assert_eq!(made.preferences[0].standing, PreferenceStanding::Available);
    assert!(made.members[0].is_author && made.members[0].confirmed_at.is_some());
    assert_eq!(round.read(student).await.own_application_id, Some(made.id));
    let save = json!({"statement": " Me gusta.\r\nMucho. ", "preferences": round.wishes(&[0, 1, 2])});
    let saved: Application = round.be(student).patch(&path(&made, ""), 1, &save).await.expect(200);
    assert_eq!((saved.statement.as_str(), saved.version), ("Me gusta.\nMucho.", 2));
    assert_eq!(asked(&saved), round.projects[..3]);
    let tied = json!({"preferences": [
        {"project_id": round.projects[0], "rank": 4}, {"project_id": round.projects[1], "rank": 9},
        {"project_id": round.projects[2], "rank": 4}]});
    let tied: Application = round.be(student).patch(&path(&made, ""), 2, &tied).await.expect(200);
    assert_eq!(tied.preferences.iter().map(|wish| wish.rank).collect::<Vec<_>>(), [1, 1, 2]);
    // Nobody else sees it, but those who keep the degree.
    round.be(round.students[1]).get(&path(&made, "")).await.refused(ErrorCode::NotFound);
    round.be(round.stage.tutor).get(&path(&made, "")).await.refused(ErrorCode::NotFound);
    let listed: Page<Application> =
        round.coordinator().get(&format!("/applications?round_id={}", round.id)).await.expect(200);
    assert_eq!((listed.total, listed.items[0].id), (1, made.id));
    let none: Page<Application> = round.be(round.students[1]).get("/applications").await.expect(200);
    assert_eq!(none.total, 0);
}

#[actix_web::test]
async fn what_cannot_be_asked_for_is_refused() {
    let round = Round::open();
    let student = round.students[0];
    let stage = &round.stage;
    let (draft, taken, old, elsewhere) = stage.with_world(|world| {
        let draft = world.project("Un borrador", stage.degree, stage.tutor, "draft");
        let taken = world.project("Dado", stage.degree, stage.tutor, "published");
        world.assignment(taken, &[round.students[3]], stage.tutor);
        let old = world.project("De antes", stage.degree, stage.tutor, "published");
        world.run(&format!("UPDATE projects SET academic_year = 2025 WHERE id = {old}"));
        let elsewhere = world.project("De máster", stage.other_degree, stage.tutor, "published");
        (draft, taken, old, elsewhere)
    });
    let ask = |wishes: serde_json::Value| {
        let body = json!({"round_id": round.id, "preferences": wishes});
        let client = round.be(student);
        async move { client.post("/applications", &body).await.refused(ErrorCode::ValidationFailed) }
    };
    for (project, code) in [
        (draft, FieldCode::Unknown),
        (taken, FieldCode::AlreadyAssigned),
        (old, FieldCode::InvalidState),
        (elsewhere, FieldCode::Unknown),
    ] {
        let refused = ask(json!([{"project_id": project, "rank": 1}])).await;
        assert_eq!(
            (refused.errors[0].pointer.as_str(), refused.errors[0].code),
            ("/preferences/0/project_id", code)
        );
    }
    let all: Vec<_> = (0..5).chain([0]).collect();
    assert_eq!(ask(round.wishes(&all)).await.errors[0].code, FieldCode::TooLong);
    assert_eq!(ask(round.wishes(&[0, 0])).await.errors[0].code, FieldCode::Duplicate);
    // Who has a project, and who studies something else, does not apply.
    round.try_apply(round.students[3], &[0]).await.refused(ErrorCode::StudentAlreadyAssigned);
    let stranger = stage.with_world(|world| world.student("Otto Muestra", &[stage.other_degree]));
    round.try_apply(stranger, &[0]).await.refused(ErrorCode::ValidationFailed);
    round.try_apply(stage.professor, &[0]).await.refused(ErrorCode::Forbidden);
}

#[actix_web::test]
async fn the_close_is_the_servers_clock() {
    let round = Round::open();
    let (student, late) = (round.students[0], round.students[1]);
    let made = round.apply(student, &[0]).await;
    let save = |version: i32, projects: &[usize]| {
        let body = json!({"preferences": round.wishes(projects)});
        let (client, path) = (round.be(student), path(&made, ""));
        async move { client.patch(&path, version, &body).await }
    };
    round.at(CLOSES, -1);
    let kept: Application = save(1, &[1]).await.expect(200);
    round.at(CLOSES, 0);
    let refused = save(2, &[2]).await.refused(ErrorCode::PhaseNotOpen);
    let closed = refused.phase.expect("the dates");
    assert_eq!(closed.closed_at, Some(CLOSES.parse().expect("a moment")));
    assert!(!closed.may_override);
    round.try_apply(late, &[0]).await.refused(ErrorCode::PhaseNotOpen);
    round.be(student).act_with(&path(&made, "/withdraw"), &json!({})).await.refused(ErrorCode::PhaseNotOpen);
    let seen: Application = round.be(student).get(&path(&made, "")).await.expect(200);
    assert_eq!((asked(&seen), seen.allowed_actions), (asked(&kept), vec![]));
    round.at(OPENS, -1);
    let refused = round.try_apply(late, &[0]).await.refused(ErrorCode::PhaseNotOpen);
    assert_eq!(refused.phase.expect("the dates").opens_at, Some(OPENS.parse().expect("a moment")));
}

#[actix_web::test]
async fn coordinators_apply_on_behalf_and_say_why_when_it_is_late() {
    let round = Round::open();
    let (eva, luis) = (round.email(round.students[0]), round.email(round.students[1]));
    let body = |reason: Option<&str>| {
        json!({"round_id": round.id, "student": eva, "invite": [luis],
            "preferences": round.wishes(&[0]), "override_reason": reason})
    };
    let student = round.be(round.students[2]);
    student.post("/applications", &body(None)).await.refused(ErrorCode::Forbidden);
    round.at(CLOSES, 3600);
    let refused = round.coordinator().post("/applications", &body(None)).await;
    assert!(refused.refused(ErrorCode::PhaseNotOpen).phase.expect("the dates").may_override);
    let made: Application =
        round.coordinator().post("/applications", &body(Some("Estuvo de baja"))).await.expect(201);
    assert!(made.members.iter().all(|member| member.confirmed_at.is_some()), "they were asked before");
    assert_eq!(made.entered_by.map(|by| by.id), Some(round.stage.coordinator));
    let log = round.coordinator().get("/audit-log?action=application.create").await.json(200);
    assert_eq!(log["items"][0]["reason"], "Estuvo de baja");
}

#[actix_web::test]
async fn of_many_who_apply_at_once_for_the_same_student_one_does() {
    let round = Round::open();
    let student = round.students[0];
    let answers =
        join_all((0..12).map(|n| round.try_apply(student, if n % 2 == 0 { &[0] } else { &[1] }))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status.as_u16() == 201).count(), 1);
    for late in answers.iter().filter(|answer| answer.status.as_u16() != 201) {
        late.refused(ErrorCode::AlreadyApplied);
    }
}

/// Whoever saves while a coordinator closes the round either was in time, or is told that it is
/// closed; never something in between.
#[actix_web::test]
async fn saving_against_the_close_is_decided_once() {
    for _ in 0..5 {
        let round = Round::open();
        let student = round.students[0];
        let made = round.apply(student, &[0]).await;
        round.at(OPENS, 7200);
        let (closing, saving) = (round.coordinator(), round.be(student));
        let round_path = format!("/allocation-rounds/{}", round.id);
        let earlier = json!({"closes_at": "2026-11-24T00:30:00Z"});
        let save = json!({"preferences": round.wishes(&[1])});
        let save_path = path(&made, "");
        let (closed, saved) =
            join(closing.patch(&round_path, 1, &earlier), saving.patch(&save_path, 1, &save)).await;
        closed.expect_status(200);
        let now: Application = saving.get(&save_path).await.expect(200);
        let in_time = saved.status.as_u16() == 200;
        if !in_time {
            saved.refused(ErrorCode::PhaseNotOpen);
        }
        assert_eq!(asked(&now), [round.projects[usize::from(in_time)]]);
    }
}

#[actix_web::test]
async fn what_was_taken_back_can_be_asked_for_anew() {
    let round = Round::open();
    let student = round.students[0];
    let made = round.apply(student, &[0]).await;
    round.try_apply(student, &[1]).await.refused(ErrorCode::AlreadyApplied);
    let withdrawn: Application =
        round.be(student).act_with(&path(&made, "/withdraw"), &json!({})).await.expect(200);
    assert_eq!((withdrawn.state, withdrawn.allowed_actions), (ApplicationState::Withdrawn, vec![]));
    let edit = json!({"statement": "x"});
    round.be(student).patch(&path(&made, ""), 2, &edit).await.refused(ErrorCode::InvalidState);
    let again = round.apply(student, &[1]).await;
    assert_ne!(again.id, made.id);
    assert_eq!(again.allowed_actions, [Action::Edit, Action::EditTeam, Action::Withdraw]);
}

#[actix_web::test]
async fn records_are_for_oneself_and_those_who_keep_the_degree() {
    let round = Round::open();
    let (eva, luis) = (round.students[0], round.students[1]);
    let record = format!("/students/{eva}/record");
    let written = round.coordinator().put(&record, &json!({"record": "8,7"})).await.json(200);
    assert_eq!(written["record"], "8.70");
    round.coordinator().put(&record, &json!({"record": "11"})).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(round.be(eva).get(&record).await.json(200)["record"], "8.70");
    let body = json!({"round_id": round.id, "invite": [round.email(luis)]});
    let made: Application = round.be(eva).post("/applications", &body).await.expect(201);
    assert_eq!(made.members[0].record.as_deref(), Some("8.70"));
    let seen: Application = round.be(luis).get(&path(&made, "")).await.expect(200);
    assert_eq!(seen.members[0].record, None, "of a friend");
    let kept: Application = round.coordinator().get(&path(&made, "")).await.expect(200);
    assert_eq!(kept.members[0].record.as_deref(), Some("8.70"));
}
