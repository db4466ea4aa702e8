//! What a page of somebody else can make a browser do, and what a name in a
//! header can make us believe.

use crate::support::TestApp;
use crate::support::actors::send;
use crate::support::builders::World;
use crate::support::mailbox::mails_to;
use gestfg_types::errors::ErrorCode;
use reqwest::Method;
use serde_json::{Value, json};

const EVIL: &str = "https://evil.example";
const PASSWORD: &str = "cuatro palabras sin orden";

fn document() -> Value {
    serde_json::to_value(gestfg::openapi::document()).expect("a document")
}

#[actix_web::test]
async fn no_other_site_may_read_anything() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let document = document();
    let mut count = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        let path = path.replace("{id}", "1").replace(['{', '}'], "");
        for method in item.as_object().expect("operations").keys() {
            let preflight = app
                .visitor()
                .request(Method::OPTIONS, &path)
                .header("Origin", EVIL)
                .header("Access-Control-Request-Method", method.to_uppercase())
                .header("Access-Control-Request-Headers", "authorization, content-type");
            let answer = send(preflight).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")), "{path}");
            count += 1;
        }
    }
    assert!(count > 200);
    for origin in [EVIL, "null", app.address.as_str()] {
        for path in
            ["/me", "/areas", "/projects", "/openapi.json", "//", "//api/docs/", "//health/live", "/nowhere"]
        {
            let answer = send(admin.request(Method::GET, path).header("Origin", origin)).await;
            assert!(
                !answer.headers.keys().any(|name| name.as_str().starts_with("access-control")),
                "{path} from {origin}"
            );
            if !path.starts_with("//") {
                assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
            }
        }
    }
}

#[actix_web::test]
async fn no_other_site_may_write_with_somebodys_cookie() {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let student = world.student("Eva Muestra", &[]);
    world.set_password(student, PASSWORD);
    let log_in = json!({"login": world.email(student), "password": PASSWORD});
    let visitor = app.visitor();
    visitor.post("/session", &log_in).await.expect_status(200);
    // From here on the cookie store of this client plays the browser of the student.
    let host = app.address.strip_prefix("http://").expect("an address").to_owned();
    let strangers = [
        EVIL.to_owned(),
        "null".to_owned(),
        String::new(),
        format!("https://{host}.evil.example"),
        format!("http://{host}@evil.example"),
        format!("http://evil.example#{host}"),
        format!("http://evil.example/?{host}"),
        format!("{}1", app.address),
        "http://localhost".to_owned(),
        "file://".to_owned(),
    ];
    for origin in &strangers {
        for (method, path) in
            [(Method::POST, "/session/refresh"), (Method::DELETE, "/session"), (Method::POST, "/session")]
        {
            let request = visitor.request(method, path).header("Origin", origin).json(&log_in);
            send(request).await.refused(ErrorCode::CrossSiteRequest);
        }
    }
    let unreadable = reqwest::header::HeaderValue::from_bytes(b"https://\xff\xfe").expect("a header");
    send(visitor.request(Method::POST, "/session/refresh").header("Origin", unreadable))
        .await
        .refused(ErrorCode::CrossSiteRequest);
    for site in ["cross-site", "same-site"] {
        // Even of a browser that keeps its origin to itself.
        let request = visitor.request(Method::POST, "/session/refresh").header("Sec-Fetch-Site", site);
        send(request).await.refused(ErrorCode::CrossSiteRequest);
    }
    // None of it ended the log-in or used up its cookie.
    let own = visitor.request(Method::POST, "/session/refresh").header("Origin", &app.address);
    send(own.header("Sec-Fetch-Site", "same-origin")).await.expect_status(200);

    // The cookie is for renewing alone: elsewhere whoever has nothing else is a visitor.
    for path in ["/me", "/session", "/notifications", "/me/export"] {
        visitor.get(path).await.refused(if path == "/me/export" {
            ErrorCode::MethodNotAllowed
        } else {
            ErrorCode::NotAuthenticated
        });
    }
    visitor
        .post("/me/tokens", &json!({"name": "x", "scope": "write", "days": 9}))
        .await
        .refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn a_form_of_another_page_is_no_json() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let document = document();
    let mut wrong = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let takes_json = operation.pointer("/requestBody/content/application~1json").is_some();
            // The service outside signs what it sends; without one there is no such operation.
            if path.contains("similarity-reports")
                || !takes_json
                || operation.pointer("/requestBody/required") == Some(&json!(false))
            {
                continue;
            }
            let filled =
                path.replace("{id}", "1").replace("{academic_year}", "2026").replace("{role}", "tutor");
            let filled = filled.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
            let filled = filled.collect::<Vec<_>>().join("/");
            for media_type in
                ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
            {
                let method: Method = method.to_uppercase().parse().expect("a method");
                let request = admin
                    .request(method, &filled)
                    .header("Content-Type", media_type)
                    .header("If-Match", "\"-5\"");
                let answer = send(request.body("{\"name\":\"x\"}")).await;
                if answer.status.as_u16() != 415 {
                    wrong.push(format!("{path} took {media_type:?}: {} {}", answer.status, answer.text()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn links_lead_to_where_people_reach_us_whatever_a_request_says() {
    let app = TestApp::start_with(&[("PUBLIC_URL", "https://tfg.example.org"), ("TRUST_PROXY", "true")]);
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let student = world.student("Eva Muestra", &[]);
    let email = world.email(student);
    let poisoned = |method: Method, path: &str| {
        app.visitor()
            .request(method, path)
            .header("Host", "evil.example")
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Forwarded-Server", "evil.example")
            .header("X-Original-URL", "/api/v1/outbox")
            .header("X-Rewrite-URL", "/api/v1/outbox")
            .header("X-HTTP-Method-Override", "DELETE")
            .header("Forwarded", "host=evil.example;proto=http")
    };
    send(poisoned(Method::POST, "/password-resets").json(&json!({"login": email}))).await.expect_status(202);
    let new = json!({"email": "nueva.persona@correo.ugr.es", "first_name": "Nueva", "last_name": "Muestra"});
    send(poisoned(Method::POST, "/registration").json(&new)).await.expect_status(202);
    let mut conn = app.conn();
    for address in [email.as_str(), "nueva.persona@correo.ugr.es"] {
        let mails = mails_to(&mut conn, address);
        assert!(!mails.is_empty(), "{address}");
        for (kind, body) in mails {
            assert!(body.contains("https://tfg.example.org/"), "{kind}: {body}");
            assert!(!body.contains("evil.example"), "{kind}: {body}");
        }
    }
    // Whoever asks under another name gets the same, and is sent nowhere.
    for path in [
        "//",
        "//api/docs",
        "//api/docs/",
        "/areas",
        "/unsubscribe/x",
        "/configuration",
        "/calendar.ics",
        "/nowhere",
        "//nowhere",
    ] {
        let answer = send(poisoned(Method::GET, path)).await;
        assert!(answer.status.as_u16() < 500 || path == "//", "{path}: {}", answer.status);
        assert!(!answer.text().contains("evil.example"), "{path}: {}", answer.text());
        assert!(!answer.header("location").contains("evil.example"), "{path}");
        assert!(answer.header("location").is_empty() || answer.header("location").starts_with('/'), "{path}");
    }
    // No header turns one request into another.
    send(poisoned(Method::GET, "/areas")).await.expect_status(200);
}

#[actix_web::test]
async fn nobody_is_sent_to_another_site() {
    let app = TestApp::start();
    let visitor = app.visitor();
    for path in [
        "////evil.example",
        "////evil.example/%2e%2e",
        "///\\evil.example",
        "//%2f%2fevil.example",
        "//%5c%5cevil.example",
        "//api/docs?url=https://evil.example/openapi.json",
        "//api/docs/?configUrl=https://evil.example/x.json",
        "//login?next=https://evil.example",
        "/unsubscribe/%2f%2fevil.example",
        "/unsubscribe/..%2f..%2f%2fevil.example",
        "/unsubscribe/x%0d%0aLocation:%20https:%2f%2fevil.example",
    ] {
        let answer = visitor.get(path).await;
        let location = answer.header("location");
        assert!(
            answer.status.as_u16() < 500 || path.len() < 3 || answer.status.as_u16() == 503,
            "{path}: {}",
            answer.status
        );
        assert!(!location.contains("//") && !location.contains('\\'), "{path} leads to {location}");
        assert!(location.is_empty() || location.starts_with('/'), "{path} leads to {location}");
    }
}
