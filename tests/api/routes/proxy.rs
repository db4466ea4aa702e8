//! What is believed of a router before the server, and what is not.

use crate::support::TestApp;
use crate::support::actors::{Answer, send};
use diesel::prelude::*;
use gestfg::schema::audit_log;
use gestfg_types::errors::ErrorCode;
use reqwest::Method;
use serde_json::json;

/// A failed log-in as somebody, from what the headers say.
async fn guess(app: &TestApp, login: &str, forwarded: &[&str]) -> Answer {
    let mut request = app.visitor().request(Method::POST, "/session");
    for addresses in forwarded {
        request = request.header("x-forwarded-for", *addresses);
    }
    send(request.json(&json!({"login": login, "password": "no es esta"}))).await
}

#[actix_web::test]
async fn without_a_router_an_address_is_what_the_socket_says() {
    let app = TestApp::start_with(&[("LOGIN_LIMIT_ADDRESS", "3")]);
    for n in 0..3 {
        let spoofed = format!("203.0.113.{n}");
        guess(&app, &format!("n{n}@ugr.es"), &[&spoofed]).await.refused(ErrorCode::InvalidCredentials);
    }
    guess(&app, "n4@ugr.es", &["203.0.113.9"]).await.refused(ErrorCode::TooManyAttempts);
}

#[actix_web::test]
async fn behind_a_router_an_address_is_the_last_it_wrote() {
    let app = TestApp::start_with(&[("LOGIN_LIMIT_ADDRESS", "2"), ("TRUST_PROXY", "true")]);
    // A client writes what it likes before; the router adds at the end.
    let by = |mine: &str, seen: &str| format!("{mine}, {seen}");
    let refused = ErrorCode::InvalidCredentials;
    guess(&app, "a@ugr.es", &[&by("192.0.2.1", "198.51.100.7")]).await.refused(refused);
    guess(&app, "b@ugr.es", &["192.0.2.2", &by("192.0.2.3", "198.51.100.7")]).await.refused(refused);
    let third = guess(&app, "c@ugr.es", &[&by("198.51.100.8", "198.51.100.7")]).await;
    third.refused(ErrorCode::TooManyAttempts);
    guess(&app, "d@ugr.es", &[&by("198.51.100.7", "198.51.100.8")]).await.refused(refused);
    // What is no address is the socket's.
    guess(&app, "e@ugr.es", &["unknown"]).await.refused(refused);
}

#[actix_web::test]
async fn the_audit_log_notes_the_address_that_is_believed() {
    for (trusted, expected) in [("false", "127.0.0.1"), ("true", "198.51.100.7")] {
        let app = TestApp::start_with(&[("TRUST_PROXY", trusted)]);
        let mut conn = app.conn();
        let admin = crate::support::builders::World::new(&mut conn).admin("Ada Muestra");
        let request = app.as_user(admin).request(Method::POST, "/areas");
        let request = request.header("x-forwarded-for", "192.0.2.1, 198.51.100.7");
        send(request.json(&json!({"name": "Sistemas"}))).await.expect_status(201);
        let noted: Option<String> = audit_log::table
            .filter(audit_log::action.eq("area.create"))
            .select(audit_log::address)
            .first(&mut conn)
            .expect("an entry");
        assert_eq!(noted.as_deref(), Some(expected));
    }
}

#[actix_web::test]
async fn whoever_came_in_the_clear_is_sent_to_the_same_place_over_tls() {
    let public = ("PUBLIC_URL", "https://tfg.example.org");
    let ask = async |app: &TestApp, schemes: &str| {
        send(app.visitor().request(Method::GET, "/areas?limit=5").header("x-forwarded-proto", schemes)).await
    };
    let app = TestApp::start_with(&[public, ("TRUST_PROXY", "true")]);
    let answer = ask(&app, "http").await;
    answer.expect_status(308);
    assert_eq!(answer.header("location"), "https://tfg.example.org/api/v1/areas?limit=5");
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
    ask(&app, "https, http").await.expect_status(308);
    ask(&app, "http, https").await.expect_status(200);
    app.visitor().get("/areas").await.expect_status(200);
    // Nobody is believed without a router, and where TLS is not how people come there is none to send them to.
    ask(&TestApp::start_with(&[public]), "http").await.expect_status(200);
    ask(&TestApp::start_with(&[("TRUST_PROXY", "true")]), "http").await.expect_status(200);
}
