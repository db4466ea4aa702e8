//! From draft to the catalogue and out of it.

use super::{Stage, read};
use crate::support::actors::{Answer, Client, send};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{ProjectId, UserId};
use gestfg_types::pagination::Page;
use gestfg_types::projects::{Project, ProjectAction, ProjectState, ProjectSummary};
use reqwest::Method;
use serde_json::json;

const VERBS: [(&str, ProjectAction); 7] = [
    ("submit", ProjectAction::Submit),
    ("validate", ProjectAction::Validate),
    ("reject", ProjectAction::Reject),
    ("reopen", ProjectAction::Reopen),
    ("publish", ProjectAction::Publish),
    ("unpublish", ProjectAction::Unpublish),
    ("withdraw", ProjectAction::Withdraw),
];

async fn act(client: &Client, id: ProjectId, verb: &str) -> Answer {
    let path = format!("/projects/{id}/{verb}");
    if matches!(verb, "reject" | "withdraw") {
        client.act_with(&path, &json!({"reason": "Falta detalle"})).await
    } else {
        client.act(&path).await
    }
}

/// Kinds of the mails queued since the last look, with their recipients.
fn mails(stage: &Stage) -> Vec<(String, String)> {
    use diesel::prelude::*;
    use gestfg::schema::outgoing_mails as m;
    let mut conn = stage.app.conn();
    let found = m::table.order((m::kind, m::recipient)).select((m::kind, m::recipient)).load(&mut conn);
    diesel::delete(m::table).execute(&mut conn).expect("emptied");
    found.expect("mails")
}

#[actix_web::test]
async fn the_whole_life_with_its_mails_and_its_audit() {
    let stage = Stage::set();
    let (tutor, coordinator) = (stage.be(stage.tutor), stage.be(stage.coordinator));
    let address = |user| stage.with_world(|world| world.email(user));
    let to = |kind: &str, people: &[UserId]| {
        let mut all: Vec<_> = people.iter().map(|user| (kind.to_owned(), address(*user))).collect();
        all.sort();
        all
    };
    let body = json!({"degree_id": stage.degree, "title": "Un proyecto", "cotutor_id": stage.cotutor});
    let made: Project = tutor.post("/projects", &body).await.expect(201);
    let id = made.summary.id;

    let sent: Project = act(&tutor, id, "submit").await.expect(200);
    assert_eq!((sent.summary.state, sent.summary.version), (ProjectState::Submitted, 2));
    assert!(sent.submitted_at.is_some());
    assert_eq!(mails(&stage), to("project_submitted", &[stage.coordinator, stage.head]));

    let back: Project = act(&coordinator, id, "reject").await.expect(200);
    assert_eq!(
        (back.summary.state, back.rejection_reason.as_deref()),
        (ProjectState::Rejected, Some("Falta detalle"))
    );
    assert_eq!(mails(&stage), to("project_rejected", &[stage.tutor, stage.cotutor]));

    act(&tutor, id, "reopen").await.expect_status(200);
    let sent: Project = act(&tutor, id, "submit").await.expect(200);
    assert_eq!(sent.rejection_reason, None);
    act(&stage.be(stage.head), id, "validate").await.expect_status(200);
    let _ = mails(&stage);

    let shown: Project = act(&coordinator, id, "publish").await.expect(200);
    assert!(shown.published_at.is_some() && shown.validated_at.is_some());
    assert_eq!(mails(&stage), to("project_published", &[stage.tutor, stage.cotutor]));
    let visitor = stage.app.visitor();
    assert_eq!(read(&visitor, id).await.summary.state, ProjectState::Published);

    act(&tutor, id, "unpublish").await.expect_status(200);
    visitor.get(&format!("/projects/{id}")).await.refused(ErrorCode::NotFound);
    let gone: Project = act(&tutor, id, "withdraw").await.expect(200);
    assert_eq!(
        (gone.summary.state, gone.withdrawal_reason.as_deref()),
        (ProjectState::Withdrawn, Some("Falta detalle"))
    );
    // Who did it needs no mail.
    assert_eq!(mails(&stage), to("project_withdrawn", &[stage.cotutor]));

    let log = stage.be(stage.admin).get(&format!("/audit-log?entity=project&entity_id={id}")).await.json(200);
    let actions: Vec<_> =
        log["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    let expected =
        ["withdraw", "unpublish", "publish", "validate", "submit", "reopen", "reject", "submit", "create"];
    assert_eq!(actions, expected.map(|verb| format!("project.{verb}")));
    assert_eq!(log["items"][0]["reason"], "Falta detalle");
}

#[actix_web::test]
async fn buttons_and_verbs_agree_for_everybody_in_every_state() {
    let stage = Stage::set();
    let people = [
        stage.student,
        stage.professor,
        stage.tutor,
        stage.cotutor,
        stage.head,
        stage.coordinator,
        stage.admin,
    ];
    let clients: Vec<_> = people.into_iter().map(|person| (person, stage.be(person))).collect();
    let admin = stage.be(stage.admin);
    for (n, state) in ProjectState::ALL.into_iter().enumerate() {
        let mut made = stage.with_world(|world| {
            let ids = (0..clients.len() * VERBS.len())
                .map(|m| world.project(&format!("P{n} {m}"), stage.degree, stage.tutor, state.as_str()));
            let ids: Vec<_> = ids.collect();
            world.run(&format!("UPDATE projects SET cotutor_id = {}", stage.cotutor));
            ids.into_iter()
        });
        for (person, client) in &clients {
            for (verb, action) in VERBS {
                let id = made.next().expect("one each");
                let seen = client.get(&format!("/projects/{id}")).await;
                let answer = act(client, id, verb).await;
                let status = answer.status.as_u16();
                if seen.status.as_u16() == 404 {
                    assert_eq!(status, 404, "{state:?} {person} {verb}");
                    continue;
                }
                let offered = seen.expect::<Project>(200).summary.allowed_actions.contains(&action);
                assert_eq!(status == 200, offered, "{state:?} {person} {verb}: {}", answer.text());
                assert!(matches!(status, 200 | 403 | 409), "{state:?} {person} {verb}: {}", answer.text());
                if status != 200 {
                    let after = read(&admin, id).await.summary;
                    assert_eq!((after.state, after.version), (state, 1), "nothing changed");
                }
            }
        }
    }
}

#[actix_web::test]
async fn nobody_decides_on_a_project_of_their_own() {
    let stage = Stage::set();
    let id = stage.with_world(|world| {
        let id = world.project("De la jefa", stage.degree, stage.head, "submitted");
        world.run(&format!("UPDATE projects SET cotutor_id = {} WHERE id = {id}", stage.coordinator));
        id
    });
    for who in [stage.head, stage.coordinator] {
        act(&stage.be(who), id, "validate").await.refused(ErrorCode::OwnProject);
        act(&stage.be(who), id, "reject").await.refused(ErrorCode::OwnProject);
    }
    act(&stage.be(stage.admin), id, "validate").await.expect_status(200);
}

#[actix_web::test]
async fn verbs_want_the_version_a_reason_and_somebody() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Un proyecto", "draft");
    for (verb, _) in VERBS {
        let path = format!("/projects/{id}/{verb}");
        let body = json!({"reason": "x"});
        send(stage.app.visitor().request(Method::POST, &path).json(&body))
            .await
            .refused(ErrorCode::NotAuthenticated);
        send(tutor.request(Method::POST, &path).json(&body)).await.refused(ErrorCode::VersionRequired);
        tutor.act_with(&format!("/projects/999999/{verb}"), &body).await.refused(ErrorCode::NotFound);
    }
    let stale = |tag: &str| {
        send(tutor.request(Method::POST, &format!("/projects/{id}/submit")).header("If-Match", tag))
    };
    stale("\"7\"").await.refused(ErrorCode::StaleVersion);
    stale("nonsense").await.refused(ErrorCode::StaleVersion);
    stale("\"1\"").await.expect_status(200);
    let path = format!("/projects/{id}/withdraw");
    let problem = tutor.act_with(&path, &json!({"reason": " "})).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code),
        ("/reason", FieldCode::Required)
    );
    tutor.act_with(&path, &json!({"reason": "x".repeat(2001)})).await.refused(ErrorCode::ValidationFailed);
    tutor.act_with(&path, &json!({})).await.refused(ErrorCode::MalformedRequest);
}

#[actix_web::test]
async fn where_a_degree_asks_for_no_validation_submitting_suffices() {
    let stage = Stage::set();
    stage.with_world(|world| {
        world.run(&format!(
            "INSERT INTO degree_rules VALUES ({}, 2026, '{{\"requires_validation\": false}}')",
            stage.degree
        ));
    });
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Un proyecto", "draft");
    let sent: Project = act(&tutor, id, "submit").await.expect(200);
    assert_eq!(sent.summary.state, ProjectState::Validated);
    assert!(sent.summary.allowed_actions.contains(&ProjectAction::Edit));
    assert_eq!(mails(&stage), []);
}

#[actix_web::test]
async fn students_keep_a_project_where_it_is() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Un proyecto", "published");
    let email = stage.with_world(|world| world.email(stage.student));
    tutor.post("/assignments", &json!({"project_id": id, "students": [email]})).await.expect_status(201);
    for verb in ["unpublish", "withdraw"] {
        act(&tutor, id, verb).await.refused(ErrorCode::ProjectAlreadyAssigned);
    }
    let (head, path) = (stage.be(stage.head), format!("/projects/{id}"));
    head.patch(&path, 1, &json!({"student_count": 1})).await.expect_status(200);
    assert!(read(&tutor, id).await.summary.is_assigned);
}

#[actix_web::test]
async fn last_years_project_becomes_this_years_draft() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let old = stage.project("Red de sensores", "published");
    stage.with_world(|world| {
        world.run(&format!("UPDATE projects SET academic_year = 2025, kind = 'T1' WHERE id = {old}"));
        world.run(&format!(
            "INSERT INTO degree_rules VALUES ({}, 2026, '{{\"max_students_per_project\": 2, \"project_kinds\": [\"T7\"]}}')",
            stage.degree
        ));
        world.run(&format!("UPDATE users SET is_active = false WHERE id = {}", stage.cotutor));
    });
    let path = format!("/projects/{old}/duplicate");
    stage.be(stage.professor).act(&path).await.refused(ErrorCode::Forbidden);
    let copy: Project = tutor.act(&path).await.expect(201);
    let summary = &copy.summary;
    assert_eq!((summary.state, summary.academic_year, summary.version), (ProjectState::Draft, 2026, 1));
    assert_eq!((summary.title.as_str(), copy.duplicated_from), ("Red de sensores", Some(old)));
    assert_eq!((summary.kind.as_str(), summary.student_count, &summary.cotutor), ("", 2, &None));
    assert!(summary.allowed_actions.contains(&ProjectAction::Delete));
    tutor.act(&path).await.refused(ErrorCode::TitleTaken);
    // One of this year would clash with itself.
    tutor.act(&format!("/projects/{}/duplicate", summary.id)).await.refused(ErrorCode::TitleTaken);
    act(&tutor, summary.id, "withdraw").await.expect_status(200);
    let again: Project = tutor.act(&format!("/projects/{}/duplicate", summary.id)).await.expect(201);
    assert_eq!(again.duplicated_from, Some(summary.id));
    tutor.act("/projects/999999/duplicate").await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn the_same_key_makes_one_project_however_many_ask_at_once() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let asked = (0..8).map(|_| {
        send(
            tutor
                .request(Method::POST, "/projects")
                .header("Idempotency-Key", "k")
                .json(&stage.draft("Único")),
        )
    });
    let made: Vec<Project> =
        futures_util::future::join_all(asked).await.into_iter().map(|answer| answer.expect(201)).collect();
    assert!(made.iter().all(|project| *project == made[0]));
    let mine: Page<ProjectSummary> = tutor.get("/projects?mine=true").await.expect(200);
    assert_eq!(mine.total, 1);
    send(tutor.request(Method::POST, "/projects").header("Idempotency-Key", "k").json(&stage.draft("Otro")))
        .await
        .refused(ErrorCode::IdempotencyConflict);
}
