//! A copy of everything kept about oneself.

use super::super::marks::Stage;
use super::super::session::PASSWORD;
use crate::support::actors::{Answer, Client};
use crate::support::builders::World;
use gestfg_types::accounts::ApiTokenCreated;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::personal::{PERSONAL_DATA_FORMAT, PersonalData, PersonalSection};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use zip::ZipArchive;

async fn ask(client: &Client, password: &str) -> Answer {
    client.post("/me/export", &json!({"password": password})).await
}

/// The data, and the documents by path.
fn open(answer: &Answer) -> (PersonalData, Vec<(String, Vec<u8>)>) {
    answer.expect_status(200);
    let mut archive = ZipArchive::new(Cursor::new(&answer.body)).expect("a ZIP file");
    let mut files = Vec::new();
    let mut data = None;
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        if name == "datos.json" {
            data = Some(serde_json::from_slice(&bytes).expect("the data"));
        } else {
            files.push((name, bytes));
        }
    }
    (data.expect("datos.json"), files)
}

fn rows(data: &PersonalData, section: PersonalSection) -> &[Value] {
    &data.sections[&section]
}

#[actix_web::test]
async fn a_student_takes_everything_that_is_theirs_and_nothing_that_is_not() {
    let stage = Stage::set();
    let mut conn = stage.app.conn();
    let mut world = World::new(&mut conn);
    let alba = stage.students[0];
    world.set_password(alba, PASSWORD);
    let request = gestfg_types::ids::EvaluationRequestId(1);
    let document = world.document(request, alba);
    world.run(&format!("UPDATE students SET record = 7.25 WHERE user_id = {alba}"));
    world.run(&format!(
        "INSERT INTO messages (assignment_id, author_id, body, created_at) VALUES (1, {alba}, 'Una pregunta', now()),
             (1, {}, 'Palabras de otra persona', now())",
        stage.tutor
    ));
    stage.mark_all(["6.0", "9.5"]).await;
    let student = stage.be(alba);
    let answer = ask(&student, PASSWORD).await;
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-disposition").contains("gestfg-2026-11-2"));
    let (data, files) = open(&answer);
    assert_eq!((data.format.as_str(), data.version), (PERSONAL_DATA_FORMAT, 1));
    assert!(data.sections.keys().copied().eq(PersonalSection::ALL.iter().copied()));
    let account = &rows(&data, PersonalSection::Account)[0];
    assert_eq!((&account["first_name"], &account["has_password"]), (&json!("Alba"), &json!(true)));
    assert_eq!(rows(&data, PersonalSection::Roles)[0]["student"]["record"], json!(7.25));
    assert_eq!(rows(&data, PersonalSection::Assignments)[0]["role"], "student");
    assert_eq!(rows(&data, PersonalSection::Defences)[0]["id"], stage.defences[0]);
    assert_eq!(rows(&data, PersonalSection::Messages)[0]["body"], "Una pregunta");
    assert!(!rows(&data, PersonalSection::Sessions).is_empty());
    let handed_in = &rows(&data, PersonalSection::Documents)[0];
    assert_eq!((&handed_in["id"], &handed_in["file_name"]), (&json!(document), &json!("memoria.pdf")));
    let path = handed_in["path"].as_str().expect("where it is");
    assert_eq!(
        files.iter().find(|file| file.0 == path).map(|file| file.1.as_slice()),
        Some(&b"%PDF-1.7"[..])
    );
    assert!(files.iter().any(|file| file.0 == "LEEME.txt"));
    // Everything is marked, and nothing of it is published.
    assert!(rows(&data, PersonalSection::Marks).is_empty());
    assert!(rows(&data, PersonalSection::TutorReports).is_empty());
    let text = serde_json::to_string(&data).expect("text");
    for absent in ["$argon2", "token_hash", "Palabras de otra persona", "Bruno", "\":9.5"] {
        assert!(!text.contains(absent), "{absent}");
    }

    let minutes = stage.publish().await;
    let (data, _) = open(&ask(&stage.be(alba), PASSWORD).await);
    let marks = rows(&data, PersonalSection::Marks);
    assert_eq!((marks.len(), &marks[0]["mark"], &marks[0]["state"]), (1, &json!(6.6), &json!("provisional")));
    assert!(rows(&data, PersonalSection::TutorReports).is_empty());
    stage.close(&minutes).await;
    let (data, _) = open(&ask(&stage.be(alba), PASSWORD).await);
    assert_eq!(rows(&data, PersonalSection::Marks)[0]["state"], "closed");
    assert_eq!(rows(&data, PersonalSection::TutorReports)[0]["marks"][0]["mark"], json!(8.0));
    assert!(rows(&data, PersonalSection::Actions).iter().any(|row| row["action"] == "user.export"));

    // A judge's copy says that they judged, not how or whom.
    let judge = stage.judges[0];
    world.set_password(judge, PASSWORD);
    let (data, files) = open(&ask(&stage.be(judge), PASSWORD).await);
    assert_eq!(rows(&data, PersonalSection::MarkSheets).len(), 2);
    assert_eq!(rows(&data, PersonalSection::Committees)[0]["seat"], "president");
    assert!(rows(&data, PersonalSection::Documents).is_empty() && files.len() == 1);
    let text = serde_json::to_string(&data.sections).expect("text");
    assert!(!text.contains("Alba Muestra") && !text.contains("\"mark\""), "{text}");
}

#[actix_web::test]
async fn a_copy_takes_a_log_in_the_password_and_patience() {
    let stage = Stage::set();
    let mut conn = stage.app.conn();
    let alba = stage.students[0];
    World::new(&mut conn).set_password(alba, PASSWORD);
    stage
        .app
        .visitor()
        .post("/me/export", &json!({"password": PASSWORD}))
        .await
        .refused(ErrorCode::NotAuthenticated);
    let student = stage.be(alba);
    let problem = ask(&student, "otra cosa").await.refused(ErrorCode::ValidationFailed);
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code),
        ("/password", FieldCode::WrongPassword)
    );
    let token: ApiTokenCreated = student
        .post("/me/tokens", &json!({"name": "Biblioteca", "scope": "write", "days": 1}))
        .await
        .expect(201);
    ask(&student.with_token(&token.secret), PASSWORD).await.refused(ErrorCode::Forbidden);
    for _ in 0..5 {
        ask(&student, PASSWORD).await.expect_status(200);
    }
    ask(&student, PASSWORD).await.refused(ErrorCode::TooManyAttempts);
    ask(&stage.be(stage.students[1]), PASSWORD).await.refused(ErrorCode::ValidationFailed);
}

#[actix_web::test]
async fn a_large_document_passes_through_in_pieces() {
    let stage = Stage::set();
    let mut conn = stage.app.conn();
    let mut world = World::new(&mut conn);
    let alba = stage.students[0];
    world.set_password(alba, PASSWORD);
    world.document(gestfg_types::ids::EvaluationRequestId(1), alba);
    // Three pieces, the last one short, behind the server's back.
    world.run(
        "WITH content AS (INSERT INTO document_contents (id, store, state, size, sha256, seen_at)
             VALUES (gen_random_uuid(), 'database', 'kept', 1048579, sha256('x'::bytea), '2026-11-20') RETURNING id),
         pieces AS (INSERT INTO document_pieces (content_id, position, bytes)
             SELECT id, n, convert_to(repeat(chr(97 + n), CASE n WHEN 2 THEN 3 ELSE 524288 END), 'UTF8') FROM content, generate_series(0, 2) n)
         INSERT INTO documents (evaluation_request_id, kind, version, file_name, media_type, content_id, uploaded_by, handed_in_by, created_at)
         SELECT evaluation_request_id, kind, 2, 'grande.pdf', media_type, content.id, uploaded_by, handed_in_by, created_at FROM documents, content",
    );
    let (_, files) = open(&ask(&stage.be(alba), PASSWORD).await);
    let large = &files.iter().find(|file| file.0.ends_with("report-v2.pdf")).expect("the document").1;
    assert_eq!(
        (large.len(), large[524_287], large[524_288], &large[1_048_576..]),
        (1_048_579, b'a', b'b', &b"ccc"[..])
    );
}
