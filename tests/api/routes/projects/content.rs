//! Making, reading, changing and removing.

use super::{Stage, read};
use crate::support::actors::send;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::ProjectId;
use gestfg_types::projects::{Project, ProjectAction, ProjectState};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_professor_makes_a_draft_of_their_own() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let answer = tutor
        .post(
            "/projects",
            &json!({
                "degree_id": stage.degree, "title": "  Un   asistente de\ttutorías ", "kind": "T2", "student_count": 2,
                "description": "# Idea\r\n\r\nUn **asistente**.", "prior_knowledge": "Rust", "resources": "Un servidor",
                "keywords": ["chatbot", "  Tutoría ", "CHATBOT"], "cotutor_id": stage.cotutor,
            }),
        )
        .await;
    let made: Project = answer.expect(201);
    assert_eq!(answer.header("location"), format!("/api/v1/projects/{}", made.summary.id));
    assert_eq!(answer.header("etag"), "\"1\"");
    let summary = &made.summary;
    assert_eq!(summary.title, "Un asistente de tutorías");
    assert_eq!((summary.state, summary.student_count, summary.academic_year), (ProjectState::Draft, 2, 2026));
    assert_eq!(summary.keywords, ["chatbot", "Tutoría"]);
    assert_eq!(summary.tutor.as_ref().map(|tutor| tutor.id), Some(stage.tutor));
    assert_eq!(summary.cotutor.as_ref().map(|tutor| tutor.name.as_str()), Some("Cosme Muestra"));
    assert_eq!((summary.degree.code.as_str(), summary.department.code.as_str()), ("GII", "LSI"));
    assert_eq!(summary.excerpt, "Idea Un asistente.");
    assert_eq!(made.description_html, "<h1>Idea</h1>\n<p>Un <strong>asistente</strong>.</p>\n");
    assert_eq!(read(&tutor, made.summary.id).await, made);
    // The audit log knows who and what.
    let entries = stage.be(stage.admin).get("/audit-log?entity=project").await.json(200);
    assert_eq!(entries["items"][0]["action"], "project.create");
    assert_eq!(entries["items"][0]["actor_name"], "Tina Muestra");
}

#[actix_web::test]
async fn who_may_make_one_for_whom() {
    let stage = Stage::set();
    let for_tutor = |title: &str| json!({"degree_id": stage.degree, "title": title, "tutor_id": stage.tutor});
    stage.app.visitor().post("/projects", &for_tutor("a")).await.refused(ErrorCode::NotAuthenticated);
    stage.be(stage.student).post("/projects", &for_tutor("b")).await.refused(ErrorCode::Forbidden);
    stage.be(stage.professor).post("/projects", &for_tutor("c")).await.refused(ErrorCode::Forbidden);
    for (n, who) in [stage.head, stage.coordinator, stage.admin].into_iter().enumerate() {
        stage.be(who).post("/projects", &for_tutor(&format!("d{n}"))).await.expect_status(201);
    }
    let elsewhere = json!({"degree_id": stage.other_degree, "title": "e", "tutor_id": stage.tutor});
    stage.be(stage.coordinator).post("/projects", &elsewhere).await.refused(ErrorCode::Forbidden);
}

#[actix_web::test]
async fn every_wrong_field_is_named_and_nothing_is_made() {
    let stage = Stage::set();
    stage.with_world(|world| {
        world.run(&format!(
            "INSERT INTO degree_rules VALUES ({}, 2026, '{{\"max_students_per_project\": 2, \"project_kinds\": [\"T1\", \"T2\"]}}')",
            stage.degree
        ));
        world.run(&format!("UPDATE users SET is_active = false WHERE id = {}", stage.cotutor));
    });
    let admin = stage.be(stage.admin);
    for (change, pointer, code) in [
        (json!({"title": " "}), "/title", FieldCode::Required),
        (json!({"title": "x".repeat(251)}), "/title", FieldCode::TooLong),
        (json!({"title": "a\u{0}b"}), "/title", FieldCode::InvalidCharacter),
        (json!({"student_count": 0}), "/student_count", FieldCode::OutOfRange),
        (json!({"student_count": 3}), "/student_count", FieldCode::OutOfRange),
        (json!({"kind": "T9"}), "/kind", FieldCode::UnknownValue),
        (json!({"description": "x".repeat(20_001)}), "/description", FieldCode::TooLong),
        (json!({"keywords": ["x", " "]}), "/keywords/1", FieldCode::Required),
        (json!({"keywords": vec!["x"; 21]}), "/keywords", FieldCode::TooLong),
        (json!({"degree_id": 999}), "/degree_id", FieldCode::Unknown),
        (json!({"tutor_id": 999}), "/tutor_id", FieldCode::Unknown),
        (json!({"tutor_id": stage.student}), "/tutor_id", FieldCode::NotAProfessor),
        (json!({"cotutor_id": stage.tutor}), "/cotutor_id", FieldCode::SamePerson),
        (json!({"cotutor_id": stage.cotutor}), "/cotutor_id", FieldCode::Inactive),
    ] {
        let mut body =
            json!({"degree_id": stage.degree, "title": "Bien", "tutor_id": stage.tutor, "kind": "t1"});
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let problem = admin.post("/projects", &body).await.refused(ErrorCode::ValidationFailed);
        assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), (pointer, code), "{change}");
        assert!(!problem.errors[0].message.is_empty());
    }
    admin.post("/projects", &json!({"title": "x"})).await.refused(ErrorCode::MalformedRequest);
    admin
        .post("/projects", &json!({"degree_id": 1, "title": "x", "state": "published"}))
        .await
        .refused(ErrorCode::MalformedRequest);
    let list = admin.get("/projects?state=draft").await.json(200);
    assert_eq!(list["total"], 0);
    // The kind is written as the degree writes it.
    let body = json!({"degree_id": stage.degree, "title": "Bien", "tutor_id": stage.tutor, "kind": "t1"});
    assert_eq!(admin.post("/projects", &body).await.json(201)["kind"], "T1");
}

#[actix_web::test]
async fn titles_are_unique_per_degree_and_year_but_for_withdrawn_ones() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Red de sensores", "withdrawn");
    tutor.post("/projects", &stage.draft("red  de SENSORES")).await.expect_status(201);
    let problem =
        tutor.post("/projects", &stage.draft("Red deSensores")).await.refused(ErrorCode::TitleTaken);
    assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), ("/title", FieldCode::Taken));
    let elsewhere = json!({"degree_id": stage.other_degree, "title": "Red de sensores"});
    tutor.post("/projects", &elsewhere).await.expect_status(201);
    assert_eq!(read(&tutor, id).await.summary.state, ProjectState::Withdrawn);
}

#[actix_web::test]
async fn no_script_survives_in_what_is_shown() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let attacks = include_str!("../../../../api/src/domain/markdown_attacks.txt");
    for (n, attack) in attacks.split("\n---\n").enumerate() {
        let body = json!({
            "degree_id": stage.degree, "title": format!("Ataque {n}"), "description": attack,
            "prior_knowledge": attack, "resources": attack,
        });
        let made: Project = tutor.post("/projects", &body).await.expect(201);
        for html in [made.description_html, made.prior_knowledge_html, made.resources_html] {
            let html = html.to_lowercase();
            for bad in [
                "<script", "<iframe", "<img", "<svg", "<object", "<form", "<style", "<link", "<meta",
                "<embed",
            ] {
                assert!(!html.contains(bad), "{attack:?} gave {html}");
            }
            for tag in html.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
                assert!(
                    !tag.contains(" on") && !tag.contains("javascript:") && !tag.contains("data:"),
                    "{html}"
                );
            }
        }
    }
    let shown =
        tutor.post("/markdown", &json!({"markdown": "**a** <script>alert(1)</script>"})).await.json(200);
    assert_eq!(shown["html"], "<p><strong>a</strong> </p>\n");
    let long = json!({"markdown": "x".repeat(20_001)});
    tutor.post("/markdown", &long).await.refused(ErrorCode::ValidationFailed);
    stage.app.visitor().post("/markdown", &long).await.refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn the_tutor_edits_and_a_lost_update_is_refused() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Compiladores", "draft");
    let path = format!("/projects/{id}");
    let edited: Project = tutor
        .patch(&path, 1, &json!({"title": "Compilador de Rust", "student_count": 2, "cotutor_id": null, "keywords": ["rust"]}))
        .await
        .expect(200);
    assert_eq!((edited.summary.title.as_str(), edited.summary.version), ("Compilador de Rust", 2));
    assert_eq!(edited.summary.cotutor, None);
    tutor.patch(&path, 1, &json!({"title": "Otro"})).await.refused(ErrorCode::StaleVersion);
    send(tutor.request(Method::PATCH, &path).json(&json!({"title": "Otro"})))
        .await
        .refused(ErrorCode::VersionRequired);
    assert_eq!(read(&tutor, id).await, edited);
    let entries = stage.be(stage.admin).get("/audit-log?action=project.update").await.json(200);
    assert_eq!(entries["total"], 1);
    assert_eq!(entries["items"][0]["before"]["title"], "Compiladores");
    assert_eq!(entries["items"][0]["after"]["title"], "Compilador de Rust");
}

#[actix_web::test]
async fn a_cotutor_edits_texts_only() {
    let stage = Stage::set();
    let cotutor = stage.be(stage.cotutor);
    let id = stage.project("Compiladores", "draft");
    let path = format!("/projects/{id}");
    assert_eq!(read(&cotutor, id).await.summary.allowed_actions, [ProjectAction::EditText]);
    for body in [
        json!({"title": "Mío"}),
        json!({"student_count": 1}),
        json!({"cotutor_id": null}),
        json!({"kind": "T3"}),
    ] {
        cotutor.patch(&path, 1, &body).await.refused(ErrorCode::Forbidden);
    }
    // A form may send everything it shows.
    let body =
        json!({"title": "Compiladores", "student_count": 3, "description": "Nueva", "keywords": ["k"]});
    let edited: Project = cotutor.patch(&path, 1, &body).await.expect(200);
    assert_eq!(edited.description, "Nueva");
    cotutor.delete(&path).await.refused(ErrorCode::Forbidden);
}

#[actix_web::test]
async fn after_validation_the_tutor_edits_texts_and_the_keepers_the_rest() {
    let stage = Stage::set();
    let (tutor, head) = (stage.be(stage.tutor), stage.be(stage.head));
    for state in ["validated", "published"] {
        let id = stage.project(&format!("Ya {state}"), state);
        let path = format!("/projects/{id}");
        tutor.patch(&path, 1, &json!({"title": "Otra cosa"})).await.refused(ErrorCode::Forbidden);
        let edited: Project = tutor.patch(&path, 1, &json!({"description": "Más claro"})).await.expect(200);
        assert_eq!(edited.summary.state.as_str(), state);
        let edited: Project =
            head.patch(&path, 2, &json!({"title": format!("Título {state}")})).await.expect(200);
        assert_eq!(edited.summary.state.as_str(), state);
    }
    let gone = stage.project("Retirado", "withdrawn");
    tutor
        .patch(&format!("/projects/{gone}"), 1, &json!({"description": "x"}))
        .await
        .refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn tutors_and_degrees_change_by_duty() {
    let stage = Stage::set();
    let (tutor, head, coordinator) =
        (stage.be(stage.tutor), stage.be(stage.head), stage.be(stage.coordinator));
    let id = stage.project("Compiladores", "draft");
    let path = format!("/projects/{id}");
    let to = |person| json!({"tutor_id": person});
    tutor.patch(&path, 1, &to(stage.professor)).await.refused(ErrorCode::Forbidden);
    // The head would give it to another department.
    head.patch(&path, 1, &to(stage.professor)).await.refused(ErrorCode::Forbidden);
    let problem = head.patch(&path, 1, &to(stage.cotutor)).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].code, FieldCode::SamePerson);
    coordinator.patch(&path, 1, &to(stage.student)).await.refused(ErrorCode::ValidationFailed);
    let moved: Project = coordinator.patch(&path, 1, &to(stage.professor)).await.expect(200);
    assert_eq!(moved.summary.department.code, "ATC");
    tutor.patch(&path, 2, &json!({"title": "x"})).await.refused(ErrorCode::NotFound);

    let id = stage.project("De máster", "draft");
    let path = format!("/projects/{id}");
    let moved: Project = tutor.patch(&path, 1, &json!({"degree_id": stage.other_degree})).await.expect(200);
    assert_eq!(moved.summary.degree.code, "MII");
    let id = stage.project("Enviado", "submitted");
    tutor
        .patch(&format!("/projects/{id}"), 1, &json!({"degree_id": stage.other_degree}))
        .await
        .refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn only_untouched_drafts_are_removed() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let made: Project = tutor.post("/projects", &stage.draft("Efímero")).await.expect(201);
    let path = format!("/projects/{}", made.summary.id);
    stage.be(stage.professor).delete(&path).await.refused(ErrorCode::NotFound);
    send(tutor.request(Method::DELETE, &path)).await.refused(ErrorCode::VersionRequired);
    send(tutor.request(Method::DELETE, &path).header("If-Match", "\"9\""))
        .await
        .refused(ErrorCode::StaleVersion);
    tutor.delete(&path).await.expect_status(204);
    tutor.get(&path).await.refused(ErrorCode::NotFound);
    tutor.delete(&path).await.refused(ErrorCode::NotFound);
    // The world's drafts have been submitted before.
    for state in ["draft", "submitted", "published"] {
        let id = stage.project(&format!("Con historia {state}"), state);
        tutor.delete(&format!("/projects/{id}")).await.refused(ErrorCode::InvalidState);
    }
}

#[actix_web::test]
async fn what_is_not_published_does_not_exist_for_others() {
    let stage = Stage::set();
    let id = stage.project("Secreto", "submitted");
    let path = format!("/projects/{id}");
    for client in [stage.app.visitor(), stage.be(stage.student), stage.be(stage.professor)] {
        client.get(&path).await.refused(ErrorCode::NotFound);
    }
    for who in [stage.professor, stage.student] {
        stage.be(who).patch(&path, 1, &json!({"title": "x"})).await.refused(ErrorCode::NotFound);
    }
    for who in [stage.tutor, stage.cotutor, stage.head, stage.coordinator, stage.admin] {
        read(&stage.be(who), id).await;
    }
    stage.app.visitor().get(&format!("/projects/{}", ProjectId(999_999))).await.refused(ErrorCode::NotFound);
    stage.app.visitor().get("/projects/abc").await.refused(ErrorCode::NotFound);
}
