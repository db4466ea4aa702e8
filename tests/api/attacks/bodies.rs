//! Bodies with more in them than was asked for, and bodies without measure.

use super::{raw, status};
use crate::permissions::ask_as;
use crate::permissions::matrix::MATRIX;
use crate::permissions::world::{Body, MatrixWorld};
use crate::support::TestApp;
use crate::support::actors::send;
use crate::support::builders::World;
use flate2::Compression;
use flate2::write::GzEncoder;
use gestfg_types::errors::ErrorCode;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;

/// What somebody would like to set on the way.
const EXTRA: &[&str] = &[
    "id",
    "role",
    "is_admin",
    "password_hash",
    "state",
    "version",
    "tutor_id",
    "user_id",
    "created_at",
    "__proto__",
];

fn document() -> Value {
    serde_json::to_value(gestfg::openapi::document()).expect("a document")
}

/// The properties of what an operation takes, wherever the schema keeps them.
fn known(document: &Value, schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).expect("a schema").clone();
        known(document, &target, found);
    }
    if let Some(properties) = schema["properties"].as_object() {
        found.extend(properties.keys().cloned());
    }
    for list in ["allOf", "oneOf", "anyOf"] {
        for part in schema[list].as_array().into_iter().flatten() {
            known(document, part, found);
        }
    }
}

#[actix_web::test]
async fn no_operation_takes_a_field_it_does_not_declare() {
    let world = MatrixWorld::build().await;
    let document = document();
    let mut wrong = Vec::new();
    let (mut operations, mut tried) = (0, 0);
    for row in MATRIX {
        let (method, pattern) = row.operation.split_once(' ').expect("method and path");
        let at = format!("/paths/~1api~1v1{}/{}", pattern.replace('/', "~1"), method.to_lowercase());
        let operation = document.pointer(&at).unwrap_or_else(|| panic!("{at}"));
        let Some(schema) = operation.pointer("/requestBody/content/application~1json/schema") else {
            continue;
        };
        let mut properties = BTreeSet::new();
        known(&document, schema, &mut properties);
        operations += 1;
        for extra in EXTRA.iter().filter(|extra| !properties.contains(**extra)) {
            let (path, body) = world.fill(row.operation, pattern, 8);
            let Body::Json(mut value) = body else { break };
            value[*extra] = json!(true);
            let answer = ask_as(&world.client(8), row.operation, &path, Body::Json(value)).await;
            tried += 1;
            if answer.status.as_u16() != 400 || !answer.text().contains("unknown field") {
                let text: String = answer.text().chars().take(160).collect();
                wrong.push(format!("{} with {extra}: {} {text}", row.operation, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(operations > 80, "{operations}");
}

/// Every object that may stand in a body, however deep, is closed.
#[test]
fn no_part_of_a_body_is_open_for_more() {
    let document = document();
    let mut open = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for item in document["paths"].as_object().expect("paths").values() {
        for operation in item.as_object().expect("operations").values() {
            if let Some(schema) = operation.pointer("/requestBody/content/application~1json/schema") {
                walk(&document, schema, "a body", &mut seen, &mut open);
            }
        }
    }
    assert!(open.is_empty(), "{open:#?}");
}

fn walk(
    document: &Value,
    schema: &Value,
    name: &str,
    seen: &mut BTreeSet<String>,
    open: &mut BTreeSet<String>,
) {
    if let Some(reference) = schema["$ref"].as_str() {
        if seen.insert(reference.to_owned()) {
            let target = document.pointer(reference.trim_start_matches('#')).expect("a schema");
            walk(document, target, reference, seen, open);
        }
        return;
    }
    if schema.get("properties").is_some() && schema["additionalProperties"] != json!(false) {
        open.insert(name.to_owned());
    }
    match schema {
        Value::Object(fields) => fields.values().for_each(|field| walk(document, field, name, seen, open)),
        Value::Array(items) => items.iter().for_each(|item| walk(document, item, name, seen, open)),
        _ => {}
    }
}

#[actix_web::test]
async fn bodies_without_measure_are_refused_and_the_next_is_served() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let post = |path: &str, media_type: &'static str, body: Vec<u8>| {
        let request =
            admin.request(Method::POST, path).header("Content-Type", media_type).header("If-Match", "*");
        send(request.body(body))
    };
    // JSON: too long, too deep, too long once unpacked.
    let long = json!({"name": "x".repeat(300 * 1024)}).to_string().into_bytes();
    post("/areas", "application/json", long).await.refused(ErrorCode::TooLarge);
    for deep in ["[".repeat(100_000), "{\"a\":".repeat(40_000), format!("{{\"name\":{}", "[".repeat(100_000))]
    {
        post("/areas", "application/json", deep.into_bytes()).await.refused(ErrorCode::MalformedRequest);
    }
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b' '; 64 * 1024 * 1024]).expect("memory");
    let bomb = bomb.finish().expect("a stream");
    let started = std::time::Instant::now();
    let packed = admin.request(Method::POST, "/areas").header("Content-Type", "application/json");
    let answer = send(packed.header("Content-Encoding", "gzip").body(bomb.clone())).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
    // A file's limit is for what comes, packed or not.
    let packed = admin.request(Method::POST, "/imports").header("Content-Encoding", "gzip");
    let form = Form::new().text("kind", "areas").part("file", Part::bytes(bomb).file_name("a.csv"));
    assert!(send(packed.multipart(form)).await.status.is_client_error());
    post("/unavailability/calendar-file", "text/calendar", vec![b'a'; 6 * 1024 * 1024])
        .await
        .refused(ErrorCode::TooLarge);
    // Forms: parts without end, texts without end, no end.
    let many = "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nstudents\r\n".repeat(20_000)
        + "--x--\r\n";
    let many = post("/imports", "multipart/form-data; boundary=x", many.into_bytes()).await;
    assert!(many.status.is_client_error(), "{}", many.text());
    let form = Form::new().text("options", "x".repeat(100 * 1024));
    send(admin.request(Method::POST, "/imports").multipart(form)).await.refused(ErrorCode::TooLarge);
    for body in
        ["--x\r\n", "--x--", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n", "--y\r\n\r\n"]
    {
        let answer = post("/imports", "multipart/form-data; boundary=x", body.into()).await;
        assert!(answer.status.is_client_error(), "{body:?}: {}", answer.text());
    }
    // A length that is a lie is no reason to set memory aside.
    for (path, media_type) in [
        ("/api/v1/areas", "application/json"),
        ("/api/v1/session", "application/json"),
        ("/api/v1/imports", "multipart/form-data; boundary=x"),
        ("/api/v1/unavailability/calendar-file", "text/calendar"),
    ] {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {media_type}\r\nContent-Length: 99999999999999\r\n\r\n"
        );
        let answer = raw(&app, request.as_bytes()).await;
        assert!((400..500).contains(&status(&answer)), "{path}: {answer}");
    }
    admin.get("/areas").await.expect_status(200);
}

#[actix_web::test]
async fn search_words_made_to_take_long_do_not() {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Sistemas");
    let department = world.department("LSI", area);
    let degree = world.degree("GII", "bachelor");
    let tutor = world.professor("Tania Muestra", department);
    let admin = app.as_user(world.admin("Ada Muestra"));
    world.run(&format!(
        "INSERT INTO projects (degree_id, level, academic_year, title, description, tutor_id, state, submitted_at, validated_at, published_at)
         SELECT {degree}, 'bachelor', 2026, repeat('aprendizaje ', 15) || n, repeat('aaaaaaaaaa ', 300), {tutor}, 'published', now(), now(), now()
         FROM generate_series(1, 400) n"
    ));
    let longest = 200;
    let words = [
        "a".repeat(longest),
        "%".repeat(longest),
        "_".repeat(longest),
        "\\".repeat(longest),
        "%_".repeat(longest / 2),
        "a ".repeat(longest / 2),
        "(".repeat(longest),
        "((a|a)+)+$".to_owned(),
        "a & | ! <-> (".to_owned(),
        "'':*&!".repeat(30),
        "\"".repeat(longest),
        "-".repeat(longest),
        "aprendizajx ".repeat(16),
        "ﷺ".repeat(60),
        "é\u{301}\u{301}\u{301}".repeat(40),
        "\u{202e}\u{0}x".to_owned(),
    ];
    for q in &words {
        let q = percent_encoding::utf8_percent_encode(q, percent_encoding::NON_ALPHANUMERIC).to_string();
        for path in [
            "/projects",
            "/users",
            "/professors",
            "/audit-log",
            "/outbox",
            "/rooms",
            "/areas",
            "/departments",
            "/degrees",
            "/sittings",
        ] {
            let started = std::time::Instant::now();
            let answer = admin.get(&format!("{path}?q={q}")).await;
            assert!(answer.status.as_u16() < 500, "{path} {q}: {}", answer.text());
            assert!(
                started.elapsed() < std::time::Duration::from_secs(4),
                "{path} {q}: {:?}",
                started.elapsed()
            );
        }
    }
}
