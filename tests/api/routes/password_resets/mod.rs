use super::session::PASSWORD;
use crate::support::TestApp;
use crate::support::actors::{Answer, Client};
use crate::support::builders::World;
use crate::support::mailbox::{link_token, mails_to};
use chrono::Duration;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::session::SessionOpened;
use serde_json::json;

async fn ask(client: &Client, login: &str) -> Answer {
    client.post("/password-resets", &json!({"login": login})).await
}

async fn redeem(client: &Client, token: &str, password: &str) -> Answer {
    client.post("/password-resets/redeem", &json!({"token": token, "password": password})).await
}

#[actix_web::test]
async fn the_answer_is_the_same_for_known_and_unknown() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let known = world.student("Eva Muestra", &[]);
    let known = world.email(known);
    world.run("INSERT INTO users (dni, first_name, last_name) VALUES ('12345678Z', 'Sin', 'Correo')");
    let gone = world.student("Ana Muestra", &[]);
    world.run(&format!("UPDATE users SET is_active = false WHERE id = {gone}"));
    let gone = world.email(gone);

    let mut answers = Vec::new();
    for login in [known.as_str(), "nobody@ugr.es", "12345678Z", "00000000T", &gone, "rubbish\0"] {
        let answer = ask(&app.visitor(), login).await;
        answer.expect_status(202);
        answers.push(answer.text());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(mails_to(&mut conn, &known).len(), 1);
    assert_eq!(mails_to(&mut conn, &gone).len(), 0);
}

#[actix_web::test]
async fn a_link_sets_a_password_once_proves_the_address_and_ends_sessions() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let id = world.student("Eva Muestra", &[]);
    world.run(&format!("UPDATE users SET email_verified_at = NULL WHERE id = {id}"));
    let email = world.email(id);
    let before = app.as_user(id);
    ask(&app.visitor(), &email).await.expect_status(202);
    let token = link_token(&mut conn, &email);

    redeem(&app.visitor(), &token, PASSWORD).await.expect_status(204);
    before.get("/session").await.refused(ErrorCode::NotAuthenticated);
    redeem(&app.visitor(), &token, "otras palabras distintas").await.refused(ErrorCode::InvalidLink);
    let opened: SessionOpened =
        app.visitor().post("/session", &json!({"login": email, "password": PASSWORD})).await.expect(200);
    assert_eq!(opened.user.id, id);
    let row = gestfg::models::user::find(&mut conn, id).expect("the user");
    assert!(row.email_verified_at.is_some() && row.has_password);
}

#[actix_web::test]
async fn a_link_dies_after_a_day_and_with_a_newer_one() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let id = world.student("Eva Muestra", &[]);
    let email = world.email(id);
    ask(&app.visitor(), &email).await.expect_status(202);
    let older = link_token(&mut conn, &email);
    ask(&app.visitor(), &email).await.expect_status(202);
    let newer = link_token(&mut conn, &email);
    assert_ne!(older, newer);
    redeem(&app.visitor(), &older, PASSWORD).await.refused(ErrorCode::InvalidLink);
    app.state.clock.set(app.state.clock.now() + Duration::hours(24));
    redeem(&app.visitor(), &newer, PASSWORD).await.refused(ErrorCode::InvalidLink);
    redeem(&app.visitor(), "unknown", PASSWORD).await.refused(ErrorCode::InvalidLink);
    assert!(!gestfg::models::user::find(&mut conn, id).expect("the user").has_password);
}

#[actix_web::test]
async fn a_weak_password_is_refused_and_leaves_the_link_good() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let id = world.student("Evangelina Muestra", &[]);
    let email = world.email(id);
    ask(&app.visitor(), &email).await.expect_status(202);
    let token = link_token(&mut conn, &email);
    for (password, code) in [
        ("corta", FieldCode::TooShort),
        ("1234567890", FieldCode::WeakPassword),
        ("evangelina", FieldCode::WeakPassword),
        (email.as_str(), FieldCode::WeakPassword),
        (&"x".repeat(257), FieldCode::TooLong),
    ] {
        let problem = redeem(&app.visitor(), &token, password).await.refused(ErrorCode::ValidationFailed);
        assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), ("/password", code));
    }
    redeem(&app.visitor(), &token, PASSWORD).await.expect_status(204);
}

#[actix_web::test]
async fn one_link_used_twice_at_once_works_once() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let id = world.student("Eva Muestra", &[]);
    let email = world.email(id);
    ask(&app.visitor(), &email).await.expect_status(202);
    let token = link_token(&mut conn, &email);
    let visitor = app.visitor();
    let both = futures_util::future::join_all((0..4).map(|_| redeem(&visitor, &token, PASSWORD))).await;
    assert_eq!(both.iter().filter(|answer| answer.status.as_u16() == 204).count(), 1);
}

#[actix_web::test]
async fn asking_is_limited_per_account_and_per_address() {
    let app = TestApp::start_with(&[("MAIL_LIMIT_ADDRESS", "5")]);
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let known = world.student("Eva Muestra", &[]);
    let known = world.email(known);
    for login in [known.as_str(), "nobody@ugr.es"] {
        for _ in 0..2 {
            ask(&app.visitor(), login).await.expect_status(202);
        }
    }
    ask(&app.visitor(), &known).await.expect_status(202);
    ask(&app.visitor(), &known).await.refused(ErrorCode::TooManyAttempts);
    ask(&app.visitor(), "someone@ugr.es").await.refused(ErrorCode::TooManyAttempts);
    assert_eq!(mails_to(&mut conn, &known).len(), 3);
}
