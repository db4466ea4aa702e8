use crate::support::TestApp;
use crate::support::actors::{Answer, Client, send};
use crate::support::builders::World;
use chrono::Duration;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::session::{Me, Permission, SessionOpened};
use reqwest::Method;
use serde_json::json;

pub const PASSWORD: &str = "cuatro palabras sin orden";

async fn log_in(client: &Client, login: &str, password: &str) -> Answer {
    client.post("/session", &json!({"login": login, "password": password})).await
}

/// A student with address, DNI and password.
fn student(app: &TestApp) -> (UserId, String) {
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let id = world.student("Eva Muestra", &[]);
    world.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {id}"));
    world.set_password(id, PASSWORD);
    let email = world.email(id);
    (id, email)
}

#[actix_web::test]
async fn by_address_or_dni_however_they_are_typed() {
    let app = TestApp::start();
    let (id, email) = student(&app);
    for login in [email.clone(), email.to_uppercase(), "12345678z".into(), " 12.345.678-Z ".into()] {
        let answer = log_in(&app.visitor(), &login, PASSWORD).await;
        let opened: SessionOpened = answer.expect(200);
        assert_eq!(opened.user.id, id);
        assert_eq!(opened.expires_at, app.state.clock.now() + Duration::minutes(15));
        assert_eq!(answer.header("cache-control"), "no-store");
        let cookie = answer.header("set-cookie");
        for part in
            ["gestfg_refresh=", "HttpOnly", "SameSite=Strict", "Path=/api/v1/session", "Max-Age=2592000"]
        {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        let me: Me = app.visitor().with_token(&opened.access_token).get("/session").await.expect(200);
        assert_eq!(me, opened.user);
        assert_eq!(me.permissions, Vec::<Permission>::new());
    }
}

#[actix_web::test]
async fn over_tls_the_cookie_is_secure() {
    let app = TestApp::start_with(&[("PUBLIC_URL", "https://tfg.example.org")]);
    let (_, email) = student(&app);
    assert!(log_in(&app.visitor(), &email, PASSWORD).await.header("set-cookie").contains("Secure"));
}

#[actix_web::test]
async fn every_wrong_way_in_gets_the_same_answer() {
    let app = TestApp::start();
    let (id, email) = student(&app);
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let without_password = world.student("Luis Muestra", &[]);
    let without_password = world.email(without_password);
    let deactivated = world.student("Ana Muestra", &[]);
    world.set_password(deactivated, PASSWORD);
    world.run(&format!("UPDATE users SET is_active = false WHERE id = {deactivated}"));
    let deactivated = world.email(deactivated);

    let mut answers = Vec::new();
    for (login, password) in [
        (email.as_str(), "another password"),
        (email.as_str(), ""),
        ("nobody@correo.ugr.es", PASSWORD),
        ("00000000T", PASSWORD),
        ("not a login\0", PASSWORD),
        (without_password.as_str(), ""),
        (deactivated.as_str(), PASSWORD),
    ] {
        let answer = log_in(&app.visitor(), login, password).await;
        answer.refused(ErrorCode::InvalidCredentials);
        assert!(answer.headers.get("set-cookie").is_none());
        let mut body = answer.json(401);
        // Of each request its own; nothing else may differ.
        assert!(body["request_id"].take().is_string(), "{body}");
        answers.push(body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    let opened: SessionOpened = log_in(&app.visitor(), &email, PASSWORD).await.expect(200);
    assert_eq!(opened.user.id, id);
}

#[actix_web::test]
async fn five_failures_close_an_account_known_or_not_and_time_opens_it() {
    let app = TestApp::start();
    let (_, email) = student(&app);
    for login in [email.as_str(), "nobody@correo.ugr.es"] {
        for _ in 0..5 {
            log_in(&app.visitor(), login, "wrong").await.refused(ErrorCode::InvalidCredentials);
        }
        let answer = log_in(&app.visitor(), &login.to_uppercase(), PASSWORD).await;
        answer.refused(ErrorCode::TooManyAttempts);
        let wait: i64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=901).contains(&wait), "{wait}");
    }
    // The DNI of the same person is another matter: one must not tell of the other.
    log_in(&app.visitor(), "12345678Z", "wrong").await.refused(ErrorCode::InvalidCredentials);

    app.state.clock.set(app.state.clock.now() + Duration::minutes(15));
    for _ in 0..5 {
        log_in(&app.visitor(), &email, "wrong").await.refused(ErrorCode::InvalidCredentials);
    }
    // Ten in an hour: now it takes until the hour is over.
    app.state.clock.set(app.state.clock.now() + Duration::minutes(15));
    let answer = log_in(&app.visitor(), &email, PASSWORD).await;
    answer.refused(ErrorCode::TooManyAttempts);
    assert_eq!(answer.header("retry-after"), "1801");
    app.state.clock.set(app.state.clock.now() + Duration::minutes(30));
    log_in(&app.visitor(), &email, PASSWORD).await.expect_status(200);
}

#[actix_web::test]
async fn success_forgets_the_failures_and_simultaneous_guesses_do_not_pass_together() {
    let app = TestApp::start();
    let (_, email) = student(&app);
    for _ in 0..3 {
        for _ in 0..4 {
            log_in(&app.visitor(), &email, "wrong").await.refused(ErrorCode::InvalidCredentials);
        }
        log_in(&app.visitor(), &email, PASSWORD).await.expect_status(200);
    }
    let visitor = app.visitor();
    let guesses = (0..20).map(|_| log_in(&visitor, &email, "wrong"));
    let answers = futures_util::future::join_all(guesses).await;
    let tried = answers.iter().filter(|answer| answer.status.as_u16() == 401).count();
    assert_eq!(tried, 5);
}

#[actix_web::test]
async fn an_address_is_limited_over_all_accounts() {
    let app = TestApp::start_with(&[("LOGIN_LIMIT_ADDRESS", "6")]);
    let (_, email) = student(&app);
    log_in(&app.visitor(), &email, PASSWORD).await.expect_status(200);
    for n in 0..6 {
        log_in(&app.visitor(), &format!("a{n}@ugr.es"), "wrong").await.refused(ErrorCode::InvalidCredentials);
    }
    log_in(&app.visitor(), "a9@ugr.es", "wrong").await.refused(ErrorCode::TooManyAttempts);
    log_in(&app.visitor(), &email, PASSWORD).await.refused(ErrorCode::TooManyAttempts);
}

fn cookie_of(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().expect("a cookie").to_owned()
}

async fn refresh(app: &TestApp, cookie: &str) -> Answer {
    send(app.visitor().request(Method::POST, "/session/refresh").header("Cookie", cookie)).await
}

#[actix_web::test]
async fn the_refresh_token_rotates_and_a_reused_one_ends_the_log_in() {
    let app = TestApp::start();
    let (_, email) = student(&app);
    let opened = log_in(&app.visitor(), &email, PASSWORD).await;
    let first = cookie_of(&opened);
    let other = log_in(&app.visitor(), &email, PASSWORD).await;

    let renewed = refresh(&app, &first).await;
    let second = cookie_of(&renewed);
    assert_ne!(first, second);
    let token = renewed.expect::<SessionOpened>(200).access_token;
    let client = app.visitor().with_token(&token);
    client.get("/session").await.expect_status(200);

    // Two tabs that refresh at once, or a reload at that moment.
    refresh(&app, &first).await.expect_status(200);
    app.state.clock.set(app.state.clock.now() + Duration::seconds(11));
    refresh(&app, &second).await.expect_status(200);

    // A thief, later: everything of this log-in ends, other log-ins live.
    refresh(&app, &first).await.refused(ErrorCode::SessionEnded);
    refresh(&app, &second).await.refused(ErrorCode::SessionEnded);
    client.get("/session").await.refused(ErrorCode::NotAuthenticated);
    refresh(&app, &cookie_of(&other)).await.expect_status(200);
}

#[actix_web::test]
async fn a_refresh_token_is_good_for_thirty_days_without_use() {
    let app = TestApp::start();
    let (id, email) = student(&app);
    let first = cookie_of(&log_in(&app.visitor(), &email, PASSWORD).await);
    app.state.clock.set(app.state.clock.now() + Duration::days(29));
    let second = cookie_of(&refresh(&app, &first).await);
    app.state.clock.set(app.state.clock.now() + Duration::days(29));
    let third = cookie_of(&refresh(&app, &second).await);
    app.state.clock.set(app.state.clock.now() + Duration::days(30));
    refresh(&app, &third).await.refused(ErrorCode::SessionEnded);

    let fresh = cookie_of(&log_in(&app.visitor(), &email, PASSWORD).await);
    World::new(&mut app.conn()).run(&format!("UPDATE users SET is_active = false WHERE id = {id}"));
    refresh(&app, &fresh).await.refused(ErrorCode::SessionEnded);
    for cookie in ["gestfg_refresh=unknown", "gestfg_refresh=", "other=1"] {
        refresh(&app, cookie).await.refused(ErrorCode::SessionEnded);
    }
}

#[actix_web::test]
async fn logging_out_ends_the_access_token_at_once() {
    let app = TestApp::start();
    let (_, email) = student(&app);
    let visitor = app.visitor();
    let answer = log_in(&visitor, &email, PASSWORD).await;
    let cookie = cookie_of(&answer);
    let client = visitor.with_token(&answer.expect::<SessionOpened>(200).access_token);
    let answer = client.delete("/session").await;
    answer.expect_status(204);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    client.get("/session").await.refused(ErrorCode::NotAuthenticated);
    refresh(&app, &cookie).await.refused(ErrorCode::SessionEnded);
    app.visitor().delete("/session").await.refused(ErrorCode::NotAuthenticated);

    // By the cookie alone, when the access token has run out.
    let answer = log_in(&app.visitor(), &email, PASSWORD).await;
    let client = app.visitor().with_token(&answer.expect::<SessionOpened>(200).access_token);
    let by_cookie = app.visitor().request(Method::DELETE, "/session").header("Cookie", cookie_of(&answer));
    send(by_cookie).await.expect_status(204);
    client.get("/session").await.refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn an_access_token_lives_a_quarter_of_an_hour() {
    let app = TestApp::start();
    let (_, email) = student(&app);
    let opened: SessionOpened = log_in(&app.visitor(), &email, PASSWORD).await.expect(200);
    let client = app.visitor().with_token(&opened.access_token);
    app.state.clock.set(opened.expires_at - Duration::seconds(1));
    client.get("/session").await.expect_status(200);
    app.state.clock.set(opened.expires_at);
    client.get("/session").await.refused(ErrorCode::NotAuthenticated);
    app.visitor().with_token("nonsense").get("/session").await.refused(ErrorCode::NotAuthenticated);
}
