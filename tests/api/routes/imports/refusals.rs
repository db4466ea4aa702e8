use super::upload;
use crate::support::TestApp;
use crate::support::actors::send;
use crate::support::builders::World;
use diesel::prelude::*;
use gestfg_types::errors::{ErrorCode as E, FieldCode};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use std::io::Write;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, body) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(body).expect("its bytes");
    }
    zip.finish().expect("a file").into_inner()
}

/// Eighty megabytes of blanks in eighty kilobytes.
fn bomb() -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/worksheets/sheet1.xml", &vec![b' '; 80 * 1024 * 1024]),
    ])
}

#[actix_web::test]
async fn files_that_cannot_be_taken_are_refused_with_a_sentence() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    for (name, file, code) in [
        ("empty.csv", Vec::new(), E::UnreadableFile),
        ("blank.csv", b"  \r\n ".to_vec(), E::UnreadableFile),
        ("page.xls", b"<html><table></table></html>".to_vec(), E::UnreadableFile),
        ("paper.xlsx", b"%PDF-1.7\n%\xe2\xe3".to_vec(), E::UnreadableFile),
        ("broken.xlsx", b"PK\x03\x04nothing more".to_vec(), E::UnreadableFile),
        ("old.xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].to_vec(), E::UnreadableFile),
        ("letter.docx", zipped(&[("word/document.xml", b"<x/>")]), E::UnreadableFile),
        ("quote.csv", b"codigo;nombre\nX;\"abierta\n".to_vec(), E::UnreadableFile),
        ("bomb.xlsx", bomb(), E::TooLarge),
        ("wide.csv", ";".repeat(300).into_bytes().into_iter().chain(*b"x").collect(), E::TooLarge),
    ] {
        let started = std::time::Instant::now();
        let problem = upload(&admin, "degrees", name, file, json!({})).await.refused(code);
        assert!(problem.detail.ends_with('.'), "{name}: {}", problem.detail);
        assert!(started.elapsed() < std::time::Duration::from_secs(5), "{name}");
    }
    let kept: i64 = gestfg::schema::imports::table.count().get_result(&mut app.conn()).expect("a count");
    assert_eq!(kept, 0);
}

#[actix_web::test]
async fn more_than_twenty_megabytes_are_refused_while_they_come() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let file = vec![b'a'; 21 * 1024 * 1024];
    upload(&admin, "degrees", "large.csv", file, json!({})).await.refused(E::TooLarge);
}

#[actix_web::test]
async fn forms_and_options_that_make_no_sense_are_refused_at_their_place() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let file = || b"codigo;nombre;nivel\nGII;Grado;grado\n".to_vec();
    for (options, pointer, code) in [
        (json!({ "sheet": "Hoja7" }), "/options/sheet", FieldCode::Unknown),
        (json!({ "header_row": 0 }), "/options/header_row", FieldCode::OutOfRange),
        (json!({ "header_row": 2, "first_row": 2 }), "/options/first_row", FieldCode::OutOfRange),
        (json!({ "last_row": 1 }), "/options/last_row", FieldCode::OutOfRange),
        (json!({ "mapping": { "code": "7" } }), "/options/mapping/code", FieldCode::OutOfRange),
        (json!({ "mapping": { "title": "A" } }), "/options/mapping/title", FieldCode::OutOfRange),
        (json!({ "degree_id": 999 }), "/options/degree_id", FieldCode::Unknown),
    ] {
        let problem = upload(&admin, "degrees", "f.csv", file(), options).await.refused(E::ValidationFailed);
        assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), (pointer, code));
    }
    upload(&admin, "degrees", "f.csv", file(), json!({ "shet": "x" })).await.refused(E::MalformedRequest);
    let problem = upload(&admin, "recipes", "f.csv", file(), json!({})).await.refused(E::ValidationFailed);
    assert_eq!(problem.errors[0].pointer, "/kind");

    let post = |form| send(admin.request(Method::POST, "/imports").multipart(form));
    let problem = post(Form::new().text("kind", "degrees")).await.refused(E::ValidationFailed);
    assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), ("/file", FieldCode::Required));
    let extra = Form::new().text("note", "x").part("file", Part::bytes(file()));
    assert_eq!(post(extra).await.refused(E::ValidationFailed).errors[0].pointer, "/note");
    admin.post("/imports", &json!({ "kind": "degrees" })).await.refused(E::UnsupportedMediaType);
    let broken = admin
        .request(Method::POST, "/imports")
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x\r\nno end");
    send(broken).await.refused(E::MalformedRequest);

    admin.post("/imports/1/commit", &json!({ "mode": "some" })).await.refused(E::MalformedRequest);
    admin.post("/imports/1/commit", &json!({ "mode": "all" })).await.refused(E::NotFound);
    admin.get("/imports?limit=0").await.refused(E::ValidationFailed);
    admin.get("/imports?cursor=xx").await.refused(E::InvalidCursor);
}

#[actix_web::test]
async fn the_same_key_gives_the_same_import() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let form = |text: &'static str| {
        Form::new().text("kind", "degrees").part("file", Part::bytes(text.as_bytes()).file_name("f.csv"))
    };
    let post = |text| {
        send(admin.request(Method::POST, "/imports").header("Idempotency-Key", "k1").multipart(form(text)))
    };
    let first = post("codigo;nombre;nivel\nGII;Grado;grado\n").await.json(201);
    let second = post("codigo;nombre;nivel\nGII;Grado;grado\n").await.json(201);
    assert_eq!(first["id"], second["id"]);
    post("codigo;nombre;nivel\nGIT;Grado;grado\n").await.refused(E::IdempotencyConflict);
}
