use super::session::PASSWORD;
use crate::support::TestApp;
use crate::support::actors::send;
use crate::support::builders::World;
use chrono::Duration;
use gestfg_types::accounts::{ApiToken, ApiTokenCreated};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::master::Configuration;
use gestfg_types::pagination::Page;
use gestfg_types::session::{Language, Me, Permission};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_profile_shows_roles_and_permissions_and_takes_name_and_language() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let degree = world.degree("GII", "bachelor");
    let id = world.coordinator("Clara Muestra", department, degree);
    let clara = app.as_user(id);

    let answer = clara.get("/me").await;
    let me: Me = answer.expect(200);
    assert_eq!(answer.header("etag"), "\"1\"");
    assert_eq!(me.roles.coordinates[0].code, "GII");
    assert_eq!(me.roles.professor.as_ref().map(|department| department.code.as_str()), Some("LSI"));
    assert!(me.may(Permission::ValidateProjects) && !me.may(Permission::ManagePeople));

    let body = json!({"first_name": " Clara  Eugenia ", "language": "en"});
    let edited: Me = clara.patch("/me", me.version, &body).await.expect(200);
    assert_eq!((edited.first_name.as_str(), edited.language), ("Clara Eugenia", Language::En));
    clara.patch("/me", me.version, &body).await.refused(ErrorCode::StaleVersion);
    send(clara.request(Method::PATCH, "/me").json(&body)).await.refused(ErrorCode::VersionRequired);
    for body in [json!({"is_admin": true}), json!({"email": "a@ugr.es"}), json!({"department_id": 1})] {
        clara.patch("/me", 2, &body).await.refused(ErrorCode::MalformedRequest);
    }
    let problem =
        clara.patch("/me", 2, &json!({"last_name": " "})).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].code, FieldCode::Required);
    app.visitor().get("/me").await.refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let id = world.student("Eva Muestra", &[]);
    world.set_password(id, PASSWORD);
    let (here, elsewhere) = (app.as_user(id), app.as_user(id));
    let change = |old: &str, new: &str| {
        let body = json!({"current_password": old, "new_password": new});
        let here = here.clone();
        async move { here.put("/me/password", &body).await }
    };
    let problem = change("wrong", "otras palabras distintas").await.refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].code, FieldCode::WrongPassword);
    let problem = change(PASSWORD, "1234567890").await.refused(ErrorCode::ValidationFailed);
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code),
        ("/new_password", FieldCode::WeakPassword)
    );
    elsewhere.get("/me").await.expect_status(200);
    change(PASSWORD, "otras palabras distintas").await.expect_status(204);
    here.get("/me").await.expect_status(200);
    elsewhere.get("/me").await.refused(ErrorCode::NotAuthenticated);
    for _ in 0..5 {
        change(PASSWORD, "otras palabras distintas").await.refused(ErrorCode::ValidationFailed);
    }
    change(PASSWORD, "otras palabras distintas").await.refused(ErrorCode::TooManyAttempts);
}

#[actix_web::test]
async fn personal_tokens_are_scoped_expire_are_revoked_and_touch_no_secrets() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let id = world.admin("Ada Muestra");
    let ada = app.as_user(id);
    let make = |name: &'static str, scope: &'static str| {
        let ada = ada.clone();
        async move {
            let answer = ada.post("/me/tokens", &json!({"name": name, "scope": scope, "days": 30})).await;
            assert_eq!(answer.header("cache-control"), "no-store");
            answer.expect::<ApiTokenCreated>(201)
        }
    };
    let (reading, writing) = (make("lee", "read").await, make("escribe", "write").await);
    assert!(reading.secret.starts_with("gtk_"));
    let reader = app.visitor().with_token(&reading.secret);
    let writer = app.visitor().with_token(&writing.secret);

    reader.get("/me").await.expect_status(200);
    reader.post("/areas", &json!({"name": "X"})).await.refused(ErrorCode::ReadOnlyToken);
    writer.post("/areas", &json!({"name": "X"})).await.expect_status(201);
    for answer in [
        writer.get("/me/tokens").await,
        writer.post("/me/tokens", &json!({"name": "x", "scope": "write", "days": 1})).await,
        writer.delete(&format!("/me/tokens/{}", reading.token.id)).await,
        writer.put("/me/password", &json!({"current_password": "x", "new_password": "y"})).await,
        writer.delete("/session").await,
    ] {
        answer.refused(ErrorCode::Forbidden);
    }

    let page: Page<ApiToken> = ada.get("/me/tokens").await.expect(200);
    assert_eq!(page.items.iter().map(|token| token.name.as_str()).collect::<Vec<_>>(), ["escribe", "lee"]);
    assert!(page.items.iter().all(|token| token.last_used_at.is_some()));
    let other = World::new(&mut conn).admin("Otra Muestra");
    let path = format!("/me/tokens/{}", reading.token.id);
    app.as_user(other).delete(&path).await.refused(ErrorCode::NotFound);
    ada.delete(&path).await.expect_status(204);
    ada.delete(&path).await.refused(ErrorCode::NotFound);
    reader.get("/me").await.refused(ErrorCode::NotAuthenticated);

    app.state.clock.set(app.state.clock.now() + Duration::days(30));
    writer.get("/me").await.refused(ErrorCode::NotAuthenticated);
    for (body, code) in [
        (json!({"name": "", "scope": "read", "days": 1}), ErrorCode::ValidationFailed),
        (json!({"name": "x", "scope": "read", "days": 0}), ErrorCode::ValidationFailed),
        (json!({"name": "x", "scope": "read", "days": 367}), ErrorCode::ValidationFailed),
        (json!({"name": "x", "scope": "all", "days": 1}), ErrorCode::MalformedRequest),
    ] {
        app.as_user(id).post("/me/tokens", &body).await.refused(code);
    }
}

#[actix_web::test]
async fn the_configuration_is_for_everyone() {
    let app =
        TestApp::start_with(&[("STUDENT_EMAIL_DOMAINS", "@Correo.UGR.es, go.ugr.es"), ("DEMO", "true")]);
    let found: Configuration = app.visitor().get("/configuration").await.expect(200);
    assert_eq!(found.student_domains, ["correo.ugr.es", "go.ugr.es"]);
    assert_eq!((found.academic_year, found.default_language, found.demo), (2026, Language::Es, true));
}
