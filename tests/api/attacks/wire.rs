//! Requests that no client would write, and what every answer carries.

use super::{raw, status};
use crate::permissions::ask_as;
use crate::permissions::matrix::MATRIX;
use crate::permissions::world::MatrixWorld;
use crate::support::TestApp;

#[actix_web::test]
async fn requests_that_two_servers_would_read_in_two_ways_are_refused() {
    let app = TestApp::start();
    let smuggled = "GET /api/v1/areas HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let with = |headers: &str, body: &str| {
        format!(
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}"
        )
    };
    for (what, request) in [
        ("two lengths", with("Content-Length: 2\r\nContent-Length: 4", &format!("{{}}{smuggled}"))),
        ("a list of lengths", with("Content-Length: 2, 4", &format!("{{}}{smuggled}"))),
        ("a signed length", with("Content-Length: +2", &format!("{{}}{smuggled}"))),
        ("a negative length", with("Content-Length: -2", &format!("{{}}{smuggled}"))),
        ("a length in hexadecimal", with("Content-Length: 0x2", &format!("{{}}{smuggled}"))),
        (
            "chunks and a length",
            with("Content-Length: 4\r\nTransfer-Encoding: chunked", &format!("0\r\n\r\n{smuggled}")),
        ),
        ("another coding", with("Transfer-Encoding: chunked, identity", &format!("0\r\n\r\n{smuggled}"))),
        ("an unknown coding", with("Transfer-Encoding: xchunked", &format!("0\r\n\r\n{smuggled}"))),
        ("a blank before the colon", with("Transfer-Encoding : chunked", &format!("0\r\n\r\n{smuggled}"))),
        (
            "a folded header",
            with("Content-Length: 2\r\nX-A: b\r\n Transfer-Encoding: chunked", &format!("{{}}{smuggled}")),
        ),
        (
            "a bare line feed",
            with("Content-Length: 2\nTransfer-Encoding: chunked", &format!("{{}}{smuggled}")),
        ),
        (
            "a chunk without measure",
            with("Transfer-Encoding: chunked", &format!("fffffffffffffffff\r\n{smuggled}")),
        ),
        ("a negative chunk", with("Transfer-Encoding: chunked", &format!("-1\r\n{smuggled}"))),
        ("a NUL in a header", with("X-A: a\0b\r\nContent-Length: 2", "{}")),
        ("no method", " /api/v1/areas HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned()),
        ("another protocol", "GET /api/v1/areas HTTP/9.9\r\nHost: localhost\r\n\r\n".to_owned()),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}".to_owned() + "\r\n\r\n"),
    ] {
        let answer = raw(&app, request.as_bytes()).await;
        // One refusal and the end of the connection; nothing that came behind is answered.
        assert!(answer.is_empty() || (400..600).contains(&status(&answer)), "{what}: {answer}");
        assert!(!answer.contains("HTTP/1.1 200"), "{what}: {answer}");
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{what}: {answer}");
    }
    app.visitor().get("/areas").await.expect_status(200);
}

#[actix_web::test]
async fn heads_without_measure_are_refused() {
    let app = TestApp::start();
    let long = "a".repeat(70_000);
    let huge = "a".repeat(400_000);
    let many = (0..300).map(|n| format!("X-{n}: a\r\n")).collect::<String>();
    let end = "Host: localhost\r\nConnection: close\r\n\r\n";
    for (what, request) in [
        ("a long path", format!("GET /{long} HTTP/1.1\r\n{end}")),
        ("a huge path", format!("GET /{huge} HTTP/1.1\r\n{end}")),
        ("a long query", format!("GET /api/v1/projects?q={long} HTTP/1.1\r\n{end}")),
        (
            "a query of many names",
            format!("GET /api/v1/projects?{} HTTP/1.1\r\n{end}", "q=a&".repeat(10_000)),
        ),
        ("a long header", format!("GET /api/v1/areas HTTP/1.1\r\nX-A: {huge}\r\n{end}")),
        (
            "a long cookie",
            format!("POST /api/v1/session/refresh HTTP/1.1\r\nCookie: gestfg_refresh={long}\r\n{end}"),
        ),
        (
            "many cookies",
            format!("POST /api/v1/session/refresh HTTP/1.1\r\nCookie: {}\r\n{end}", "a=b; ".repeat(10_000)),
        ),
        ("a long token", format!("GET /api/v1/me HTTP/1.1\r\nAuthorization: Bearer {long}\r\n{end}")),
        ("many headers", format!("GET /api/v1/me HTTP/1.1\r\n{many}{end}")),
        ("a long method", format!("{long} / HTTP/1.1\r\n{end}")),
    ] {
        let answer = raw(&app, request.as_bytes()).await;
        assert!(answer.is_empty() || (400..500).contains(&status(&answer)), "{what}: {answer:.400}");
    }
    app.visitor().get("/areas").await.expect_status(200);
}

#[actix_web::test]
async fn every_answer_is_guarded_and_no_personal_one_is_kept() {
    let world = MatrixWorld::build().await;
    // The student, the admin, and whoever has not logged in.
    for actor in [0, 1, 8] {
        let client = world.client(actor);
        for row in MATRIX.iter().filter(|row| row.operation.starts_with("GET ")) {
            let pattern = row.operation.split_once(' ').expect("method and path").1;
            let (path, body) = world.fill(row.operation, pattern, actor);
            let answer = ask_as(&client, row.operation, &path, body).await;
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
            // A document that is shown stands in a frame of our own page.
            assert!(policy.contains("frame-ancestors") || policy.contains("sandbox"), "{path}: {policy}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("strict-transport-security", "max-age=31536000; includeSubDomains"),
            ] {
                assert_eq!(answer.header(name), value, "{path}: {name}");
            }
            for telling in ["server", "x-powered-by", "via"] {
                assert!(answer.headers.get(telling).is_none(), "{path} tells {telling}");
            }
            let kept = answer.header("cache-control");
            let is_private = kept.contains("no-store") || kept.contains("private");
            // What the server is set to is the same for everybody.
            let is_for_all = actor == 0
                || ["GET /configuration", "GET /calendar.ics", "GET /defences.ics"].contains(&row.operation);
            assert!(is_private || (is_for_all && kept.contains("no-cache")), "{path}: {kept:?}");
            if kept.contains("public") {
                assert!(is_for_all, "{path} may be kept by anybody");
                assert!(
                    row.operation == "GET /calendar.ics"
                        || answer.header("vary").to_lowercase().contains("authorization"),
                    "{path}"
                );
            }
            let media_type = answer.header("content-type");
            assert!(!media_type.starts_with("text/html"), "{path} answers a page");
        }
    }
}
