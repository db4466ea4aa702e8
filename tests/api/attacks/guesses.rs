//! Guessing passwords: from many addresses, and at every place that asks for one.

use crate::support::TestApp;
use crate::support::actors::{Answer, send};
use crate::support::builders::World;
use gestfg_types::errors::ErrorCode;
use reqwest::Method;
use serde_json::json;

const PASSWORD: &str = "cuatro palabras sin orden";

async fn log_in_from(app: &TestApp, forwarded: &str, login: &str, password: &str) -> Answer {
    let request = app.visitor().request(Method::POST, "/session").header("X-Forwarded-For", forwarded);
    send(request.json(&json!({"login": login, "password": password}))).await
}

#[actix_web::test]
async fn an_account_is_closed_however_many_addresses_guess() {
    let app = TestApp::start_with(&[("TRUST_PROXY", "true")]);
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let student = world.student("Eva Muestra", &[]);
    world.set_password(student, PASSWORD);
    let email = world.email(student);
    for n in 0..5 {
        let from = format!("198.51.100.{n}");
        log_in_from(&app, &from, &email, "wrong").await.refused(ErrorCode::InvalidCredentials);
    }
    for n in 5..40 {
        let from = format!("203.0.113.{n}");
        log_in_from(&app, &from, &email, "wrong").await.refused(ErrorCode::TooManyAttempts);
    }
    log_in_from(&app, "198.51.100.200", &email, PASSWORD).await.refused(ErrorCode::TooManyAttempts);
    // However the account is spelled.
    for spelled in [email.to_uppercase(), format!(" {email} "), email.replace('@', " @")] {
        let answer = log_in_from(&app, "198.51.100.201", &spelled, "wrong").await;
        assert!(matches!(answer.status.as_u16(), 401 | 429), "{spelled}: {}", answer.text());
    }
}

#[actix_web::test]
async fn an_address_is_what_the_router_saw_and_not_what_it_says_itself() {
    let app = TestApp::start_with(&[("TRUST_PROXY", "true"), ("LOGIN_LIMIT_ADDRESS", "6")]);
    // Whoever guesses writes another address into the header each time; the router adds theirs.
    for n in 0..6 {
        let from = format!("10.0.0.{n}, 203.0.113.7");
        log_in_from(&app, &from, &format!("a{n}@ugr.es"), "wrong")
            .await
            .refused(ErrorCode::InvalidCredentials);
    }
    log_in_from(&app, "10.0.0.99, 203.0.113.7", "a99@ugr.es", "wrong")
        .await
        .refused(ErrorCode::TooManyAttempts);
    log_in_from(&app, "203.0.113.8", "a99@ugr.es", "wrong").await.refused(ErrorCode::InvalidCredentials);
    // One network of IPv6 is one address.
    for n in 0..6 {
        let from = format!("2001:db8:1:2::{n}");
        log_in_from(&app, &from, &format!("b{n}@ugr.es"), "wrong")
            .await
            .refused(ErrorCode::InvalidCredentials);
    }
    log_in_from(&app, "2001:db8:1:2:ffff::1", "b99@ugr.es", "wrong")
        .await
        .refused(ErrorCode::TooManyAttempts);

    // Without a router before us the header is whatever somebody likes.
    let app = TestApp::start_with(&[("LOGIN_LIMIT_ADDRESS", "6")]);
    for n in 0..6 {
        let from = format!("198.51.100.{n}");
        log_in_from(&app, &from, &format!("c{n}@ugr.es"), "wrong")
            .await
            .refused(ErrorCode::InvalidCredentials);
    }
    log_in_from(&app, "198.51.100.77", "c99@ugr.es", "wrong").await.refused(ErrorCode::TooManyAttempts);
}

#[actix_web::test]
async fn a_stolen_session_cannot_guess_the_password_behind_it() {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let student = world.student("Eva Muestra", &[]);
    world.set_password(student, PASSWORD);
    let thief = app.as_user(student);
    let change = |guess: &str| json!({"current_password": guess, "new_password": "una clave bien larga"});
    let (mut tried, mut stopped) = (0, 0);
    for n in 0..12 {
        let answer = thief.put("/me/password", &change(&format!("guess {n}"))).await;
        match answer.status.as_u16() {
            422 => tried += 1,
            429 => stopped += 1,
            other => panic!("{other}: {}", answer.text()),
        }
    }
    assert_eq!((tried, stopped), (5, 7));
    thief.put("/me/password", &change(PASSWORD)).await.refused(ErrorCode::TooManyAttempts);
    // The other place that asks for it counts with it.
    let other = thief.post("/me/export", &json!({"password": PASSWORD})).await;
    other.refused(ErrorCode::TooManyAttempts);
}
