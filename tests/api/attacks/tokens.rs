//! Tokens that somebody made, found, changed or kept.

use crate::support::TestApp;
use crate::support::actors::send;
use crate::support::builders::World;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use diesel::prelude::*;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};
use uuid::Uuid;

/// The key of the server under test.
const SECRET: &[u8] = b"a secret that is only used in tests";

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Signed with SHA-256 whatever the header says.
fn signed(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let body = format!("{}.{}", part(header), part(claims));
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret).expect("a key");
    mac.update(body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn log_in_of(app: &TestApp, user: UserId) -> Uuid {
    use gestfg::schema::sessions::dsl::{id, sessions, user_id};
    sessions.filter(user_id.eq(user.0)).select(id).first(&mut app.conn()).expect("a log-in")
}

async fn is_nobody(app: &TestApp, token: &str) -> bool {
    let client = app.visitor().with_token(token);
    let me = client.get("/me").await;
    // A token that is none is refused even where none is needed.
    let open = client.get("/areas").await;
    me.status.as_u16() == 401 && open.status.as_u16() == 401
}

#[actix_web::test]
async fn no_forged_token_lets_anybody_in() {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let student = world.student("Eva Muestra", &[]);
    let admin = world.admin("Ada Muestra");
    app.as_user(student).get("/me").await.expect_status(200);
    app.as_user(admin).get("/me").await.expect_status(200);
    let (log_in, admins) = (log_in_of(&app, student), log_in_of(&app, admin));
    let now = app.state.clock.now().timestamp();
    let header = json!({"typ": "JWT", "alg": "HS256"});
    let claims = json!({"sub": student.0, "sid": log_in, "iss": "gestfg", "iat": now, "exp": now + 900});
    let good = signed(&header, &claims, SECRET);
    app.visitor().with_token(&good).get("/me").await.expect_status(200);
    let pieces: Vec<&str> = good.split('.').collect();
    let with = |name: &str, value: Value| {
        let mut changed = claims.clone();
        changed[name] = value;
        changed
    };
    let without = |name: &str| {
        let mut changed = claims.clone();
        changed.as_object_mut().expect("claims").remove(name);
        changed
    };

    let mut forged: Vec<(String, String)> = Vec::new();
    let mut try_this = |what: &str, token: String| forged.push((what.to_owned(), token));
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let body = format!("{}.{}", part(&json!({"typ": "JWT", "alg": none})), pieces[1]);
        try_this("no algorithm, no signature", format!("{body}."));
        try_this("no algorithm, no third part", body.clone());
        try_this("no algorithm, the old signature", format!("{body}.{}", pieces[2]));
    }
    for key in [&b""[..], b"secret", b"gestfg", b"another secret of at least 32 characters"] {
        try_this("another key", signed(&header, &claims, key));
    }
    // The right key under the name of other algorithms: of asymmetric ones, too.
    for other in ["HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "hs256", "HS256 "] {
        try_this("another algorithm", signed(&json!({"typ": "JWT", "alg": other}), &claims, SECRET));
    }
    let body = |alg: &str| format!("{}.{}", part(&json!({"typ": "JWT", "alg": alg})), pieces[1]);
    let mut longer = <Hmac<Sha384> as KeyInit>::new_from_slice(SECRET).expect("a key");
    longer.update(body("HS384").as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(longer.finalize().into_bytes());
    try_this("truly HS384", format!("{}.{signature}", body("HS384")));
    let mut longer = <Hmac<Sha512> as KeyInit>::new_from_slice(SECRET).expect("a key");
    longer.update(body("HS512").as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(longer.finalize().into_bytes());
    try_this("truly HS512", format!("{}.{signature}", body("HS512")));
    // Keys that the token itself brings or names.
    let own = b"the key of somebody else, 32 characters";
    for (name, value) in [
        ("kid", json!("../../../../dev/null")),
        ("kid", json!("' UNION SELECT 'x")),
        ("jwk", json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(own)})),
        ("jku", json!("https://evil.example/keys.json")),
        ("x5u", json!("https://evil.example/cert.pem")),
    ] {
        let mut bringing = header.clone();
        bringing[name] = value;
        try_this(name, signed(&bringing, &claims, own));
        try_this(name, signed(&bringing, &claims, b""));
    }
    // Changed after it was signed.
    let raised = part(&with("sub", json!(admin.0)));
    try_this("another person, the old signature", format!("{}.{raised}.{}", pieces[0], pieces[2]));
    try_this("no signature", format!("{}.{}.", pieces[0], pieces[1]));
    try_this("half a signature", format!("{}.{}.{}", pieces[0], pieces[1], &pieces[2][..20]));
    try_this("a fourth part", format!("{good}.{}", pieces[2]));
    try_this("twice", format!("{good},{good}"));
    // What even our own key must not be believed.
    let minute = 60;
    for (what, changed) in [
        ("an admin under the log-in of a student", with("sub", json!(admin.0))),
        ("a student under the log-in of an admin", with("sid", json!(admins))),
        ("nobody", with("sub", json!(999_999))),
        ("nobody", with("sub", json!(-1))),
        ("a person in words", with("sub", json!(student.0.to_string()))),
        ("no such log-in", with("sid", json!(Uuid::new_v4()))),
        ("no log-in", without("sid")),
        ("another issuer", with("iss", json!("gestfg.example"))),
        ("no issuer", without("iss")),
        ("a list of issuers", with("iss", json!(["evil", "gestfg.example"]))),
        (
            "expired",
            json!({"sub": student.0, "sid": log_in, "iss": "gestfg", "iat": now - 901, "exp": now - 1}),
        ),
        ("for ever", without("exp")),
        ("for ever", with("exp", json!(i64::MAX))),
        ("for ever", with("exp", json!(u64::MAX))),
        ("for ever", with("exp", Value::Null)),
        ("longer than any", with("exp", json!(now + 60 * minute))),
        (
            "not yet valid",
            json!({"sub": student.0, "sid": log_in, "iss": "gestfg", "iat": now + 300, "exp": now + 1200}),
        ),
    ] {
        try_this(what, signed(&header, &changed, SECRET));
    }
    for nonsense in [".", "..", "...", "a.b.c", "e30.e30.e30", &"a".repeat(20_000), "gtk_", "gtk_x.y.z"] {
        try_this("nonsense", nonsense.to_owned());
    }

    assert!(forged.len() > 60, "{}", forged.len());
    for (what, token) in forged {
        assert!(is_nobody(&app, &token).await, "{what}: {token}");
    }
    // And the good one is still one.
    app.visitor().with_token(&good).get("/me").await.expect_status(200);
}

#[actix_web::test]
async fn one_kind_of_secret_opens_no_other_door() {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let student = world.student("Eva Muestra", &[]);
    world.set_password(student, "cuatro palabras sin orden");
    let email = world.email(student);
    let log_in = json!({"login": email, "password": "cuatro palabras sin orden"});
    let opened = app.visitor().post("/session", &log_in).await;
    let access = opened.json(200)["access_token"].as_str().expect("a token").to_owned();
    let cookie = opened.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    let refresh = cookie.strip_prefix("gestfg_refresh=").expect("the refresh cookie").to_owned();
    let client = app.visitor().with_token(&access);
    let personal =
        client.post("/me/tokens", &json!({"name": "x", "scope": "read", "days": 1})).await.json(201);
    let personal = personal["secret"].as_str().expect("a token").to_owned();
    let feed = client.post("/me/calendar-feed", &json!({})).await.json(201).to_string();
    app.visitor().post("/password-resets", &json!({"login": email})).await.expect_status(202);
    let link = crate::support::mailbox::link_token(&mut app.conn(), &email);
    let feed = feed
        .split("/calendar/")
        .nth(1)
        .and_then(|rest| rest.split(".ics").next())
        .expect("an address")
        .to_owned();

    // Each in place of an access token …
    for other in [&refresh, &link, &feed] {
        assert!(is_nobody(&app, other).await, "{other}");
        assert!(is_nobody(&app, &format!("gtk_{other}")).await, "{other}");
    }
    // … of a refresh token …
    for other in [&access, &personal, &link, &feed] {
        let request = app.visitor().request(Method::POST, "/session/refresh");
        let answer = send(request.header("Cookie", format!("gestfg_refresh={other}"))).await;
        answer.refused(ErrorCode::SessionEnded);
    }
    // … of the link of a mail, of a calendar and of an unsubscription.
    for other in [&access, &refresh, &personal, &feed] {
        let body = json!({"token": other, "password": "una clave bien larga"});
        app.visitor().post("/password-resets/redeem", &body).await.refused(ErrorCode::InvalidLink);
        app.visitor()
            .post(&format!("/unsubscribe/{other}"), &json!({}))
            .await
            .refused(ErrorCode::InvalidLink);
    }
    for other in [&access, &refresh, &personal, &link] {
        app.visitor().get(&format!("/calendar/{other}.ics")).await.refused(ErrorCode::NotFound);
    }
    // A personal token neither reaches what is for people alone, nor writes when it may only read.
    let program = app.visitor().with_token(&personal);
    program.get("/me").await.expect_status(200);
    program.get("/me/tokens").await.refused(ErrorCode::Forbidden);
    program
        .post("/me/tokens", &json!({"name": "y", "scope": "write", "days": 1}))
        .await
        .refused(ErrorCode::ReadOnlyToken);
}

#[actix_web::test]
async fn what_somebody_lost_they_cannot_use_a_moment_later() {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Sistemas");
    let department = world.department("LSI", area);
    let leaving = world.professor("Luis Muestra", department);
    let demoted = world.admin("Ana Muestra");
    let admin = app.as_user(world.admin("Ada Muestra"));
    let (client, other) = (app.as_user(leaving), app.as_user(leaving));
    let token = client.post("/me/tokens", &json!({"name": "x", "scope": "write", "days": 9})).await.json(201);
    let program = app.visitor().with_token(token["secret"].as_str().expect("a token"));
    program.get("/me").await.expect_status(200);
    admin.act(&format!("/users/{leaving}/deactivate")).await.expect_status(200);
    for gone in [&client, &other, &program] {
        gone.get("/me").await.refused(ErrorCode::NotAuthenticated);
        gone.get("/areas").await.refused(ErrorCode::NotAuthenticated);
    }
    // Coming back opens no old door.
    admin.act(&format!("/users/{leaving}/reactivate")).await.expect_status(200);
    for gone in [&client, &other] {
        gone.get("/me").await.refused(ErrorCode::NotAuthenticated);
    }
    let forgotten = app.as_user(leaving);
    let reason = json!({"reason": "Lo ha pedido"});
    admin.act_with(&format!("/users/{leaving}/anonymise"), &reason).await.expect_status(200);
    for gone in [&forgotten, &program] {
        gone.get("/me").await.refused(ErrorCode::NotAuthenticated);
    }

    // The role is asked of the database, not of the token.
    let once = app.as_user(demoted);
    once.get("/outbox").await.expect_status(200);
    world.run(&format!("UPDATE users SET is_admin = false WHERE id = {demoted}"));
    once.get("/outbox").await.refused(ErrorCode::Forbidden);

    // Nor does the machine's clock matter: the server's own, moved on, ends a token.
    app.state.clock.set(app.state.clock.now() + Duration::minutes(15));
    once.get("/me").await.refused(ErrorCode::NotAuthenticated);
}
