//! Lists as files: whole, as filtered, harmless, and the same when they come back.

use super::marks::Stage;
use crate::support::TestApp;
use crate::support::actors::{Client, send};
use crate::support::builders::World;
use gestfg::sheets;
use gestfg_types::errors::ErrorCode;
use gestfg_types::imports::{Import, ImportRow, RowOutcome};
use gestfg_types::pagination::Page;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;

/// A faculty whose texts try what spreadsheets stumble over.
struct Faculty {
    app: TestApp,
    admin: Client,
    student: Client,
    head: Client,
}

const NASTY: &str = "=cmd|' /C calc'!A1";

fn faculty() -> Faculty {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes, \"y\" sistemas");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    let mdb = world.degree("MDB", "master");
    let admin = world.admin("Alma Administra");
    let head = world.head("Jefa Demo", lsi);
    let tutor = world.professor("Ana López Ruiz", lsi);
    // Two of one name: only their addresses tell them apart.
    let same = world.professor("Ana López Ruiz", lsi);
    let pau = world.student("Pau Alumno", &[gii]);
    let eva = world.student("Eva Alumna", &[gii, mdb]);
    let poor = world.student("Sin Correo", &[gii]);
    world.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {eva}"));
    world.run(&format!(
        "UPDATE users SET dni = '00000000T', email = NULL, email_verified_at = NULL WHERE id = {poor}"
    ));
    world.run(&format!("UPDATE users SET last_name = '+Apellido; \"raro\"' WHERE id = {pau}"));
    let first = world.project(NASTY, gii, tutor, "published");
    let second = world.project("Ñandúes, «comillas» y \"más\"", gii, same, "published");
    world.project("Un borrador", gii, tutor, "draft");
    world.run(&format!(
        "UPDATE projects SET description = E'# Título\\n\\n- uno\\n- dos, \"tres\"', kind = 'T2', cotutor_id = {same},
                prior_knowledge = '-ninguno', resources = '@nada', keywords = '{{uno,dos}}' WHERE id = {first}"
    ));
    world.assignment(first, &[pau, eva], head);
    world.assignment(second, &[poor], head);
    let (admin, student, head) = (app.as_user(admin), app.as_user(pau), app.as_user(head));
    Faculty { app, admin, student, head }
}

async fn exported(client: &Client, path: &str) -> Vec<u8> {
    let answer = client.get(path).await;
    answer.expect_status(200);
    answer.body
}

/// The rows of an exported file below its header.
fn rows_of(bytes: &[u8]) -> Vec<Vec<String>> {
    let book = sheets::read(bytes, None).expect("it can be read");
    let last =
        book.sheet.rows.iter().filter_map(|row| row.cells.last()).map(|(at, _)| *at).max().unwrap_or(0);
    let texts = |row: &sheets::Row| (0..=last).map(|column| row.cell(column).to_owned()).collect();
    book.sheet.rows.iter().skip(1).map(texts).collect()
}

async fn outcomes(client: &Client, kind: &str, format: &str, file: Vec<u8>) -> Vec<ImportRow> {
    let form = Form::new()
        .text("kind", kind.to_owned())
        .text("options", "{}")
        .part("file", Part::bytes(file).file_name(format!("lista.{format}")));
    let import: Import = send(client.request(Method::POST, "/imports").multipart(form)).await.expect(201);
    let page: Page<ImportRow> =
        client.get(&format!("/imports/{}/rows?limit=200", import.id)).await.expect(200);
    page.items
}

#[actix_web::test]
async fn what_is_exported_comes_back_and_changes_nothing() {
    let faculty = faculty();
    for language in ["es", "en"] {
        diesel::RunQueryDsl::execute(
            diesel::sql_query(format!("UPDATE users SET language = '{language}'")),
            &mut faculty.app.conn(),
        )
        .expect("another language");
        for (kind, path, count) in [
            ("departments", "/departments/export?format=", 1),
            ("degrees", "/degrees/export?format=", 2),
            ("professors", "/users/export?role=professor&format=", 3),
            ("students", "/users/export?role=student&format=", 4),
            ("projects", "/projects/export?academic_year=2026&state=published,draft&format=", 3),
            ("preassigned_projects", "/assignments/export?state=active&format=", 2),
        ] {
            for format in ["csv", "xlsx"] {
                let file = exported(&faculty.admin, &format!("{path}{format}")).await;
                let rows = outcomes(&faculty.admin, kind, format, file).await;
                let told: Vec<_> = rows.iter().map(|row| (row.outcome, &row.problems)).collect();
                assert_eq!(rows.len(), count, "{kind} {format} {language}: {told:?}");
                assert!(
                    rows.iter().all(|row| row.outcome == RowOutcome::Unchanged),
                    "{kind} {format} {language}: {told:?}"
                );
            }
        }
    }
}

#[actix_web::test]
async fn no_cell_is_a_formula() {
    let faculty = faculty();
    let csv =
        String::from_utf8(exported(&faculty.admin, "/projects/export?format=csv").await).expect("UTF-8");
    assert!(csv.starts_with('\u{feff}') && csv.contains("'=cmd|") && csv.contains("'@nada"), "{csv}");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for record in reader.records() {
        for cell in &record.expect("a record") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
    let xlsx = exported(&faculty.admin, "/projects/export?format=xlsx").await;
    assert!(rows_of(&xlsx).iter().flatten().any(|cell| cell == &format!("'{NASTY}")));
}

#[actix_web::test]
async fn a_list_longer_than_a_page_is_whole_and_filtered() {
    let faculty = faculty();
    let mut behind = faculty.app.conn();
    World::new(&mut behind).run(
        "INSERT INTO projects (degree_id, level, academic_year, title, description, tutor_id, state, submitted_at, validated_at, published_at)
         SELECT degree_id, level, academic_year, 'Largo ' || n, 'x', tutor_id, 'published', now(), now(), now()
         FROM projects, generate_series(1, 1200) n WHERE title = 'Un borrador'",
    );
    for format in ["csv", "xlsx"] {
        let all = rows_of(
            &exported(&faculty.student, &format!("/projects/export?sort=title&format={format}")).await,
        );
        assert_eq!(all.len(), 1202);
        let titles: std::collections::HashSet<_> = all.iter().map(|row| &row[1]).collect();
        assert_eq!(titles.len(), 1202, "each once");
        let some =
            exported(&faculty.student, &format!("/projects/export?q=largo%201200&format={format}")).await;
        assert_eq!(rows_of(&some).len(), 1);
    }
    let empty = exported(&faculty.student, "/projects/export?q=nadanadanada&format=csv").await;
    assert_eq!(rows_of(&empty).len(), 0);
}

#[actix_web::test]
async fn nobody_reads_more_in_a_file_than_on_the_page() {
    let faculty = faculty();
    let path = "/projects/export?format=csv";
    let address = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8").contains("@ugr.es");
    assert!(address(exported(&faculty.head, path).await));
    assert!(!address(exported(&faculty.student, path).await));
    assert!(!address(exported(&faculty.app.visitor(), path).await));
    let own = rows_of(&exported(&faculty.student, "/assignments/export?format=csv").await);
    assert_eq!(own.len(), 1, "students get their own assignment alone");
    let dni = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8").contains("00000000T");
    assert!(dni(exported(&faculty.admin, "/assignments/export?format=csv").await));
    assert!(!dni(exported(&faculty.head, "/assignments/export?format=csv").await), "heads read no DNI");
}

#[actix_web::test]
async fn every_list_can_be_had_in_either_form() {
    let faculty = faculty();
    for path in [
        "/areas",
        "/sittings",
        "/rooms",
        "/calls",
        "/audit-log",
        "/outbox",
        "/participation",
        "/conflicts-of-interest",
        "/events",
        "/identity-claims",
        "/imports",
    ] {
        for format in ["csv", "xlsx"] {
            let answer = faculty.admin.get(&format!("{path}/export?format={format}")).await;
            answer.expect_status(200);
            let name = answer.header("content-disposition");
            assert!(name.starts_with("attachment") && name.contains(&format!(".{format}")), "{path}: {name}");
            sheets::read(&answer.body, None).unwrap_or_else(|error| panic!("{path} {format}: {error}"));
        }
    }
    for wrong in ["/areas/export", "/areas/export?format=pdf", "/areas/export?format=csv&limit=3"] {
        faculty.admin.get(wrong).await.refused(ErrorCode::MalformedRequest);
    }
}

/// The rows of a list as CSV, below its header.
async fn lines(client: &Client, path: &str) -> Vec<Vec<String>> {
    let format = if path.contains('?') { "&format=csv" } else { "?format=csv" };
    rows_of(&exported(client, &format!("{path}{format}")).await)
}

#[actix_web::test]
async fn minutes_and_claims_are_read_in_files_as_on_their_page() {
    let stage = Stage::set();
    stage.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {}", stage.students[0]));
    stage
        .run(&format!("UPDATE projects SET title = '=1+1' WHERE title = 'Trabajo de {}'", stage.students[0]));
    stage.report(0, "8.0").await;
    for judge in 0..3 {
        stage.mark(0, judge, "7.0").await;
    }
    stage.run(&format!("UPDATE defences SET state = 'not_presented' WHERE id = {}", stage.defences[1]));
    let minutes = stage.publish().await;
    let path = format!("/minutes/{}/export", minutes.id);
    let coordinator = stage.be(stage.coordinator);
    let rows = lines(&coordinator, &path).await;
    let alba = ["1", "Muestra, Alba", "12345678Z", "'=1+1"];
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[0][..4], alba, "{rows:?}");
    assert_eq!(rows[0][6..], ["8,000", "7,000", "7,3", "Notable", "no", "sí"]);
    assert_eq!(rows[1][8..], ["", "No presentado", "no", "no"]);
    let sheet = rows_of(&exported(&coordinator, &format!("{path}?format=xlsx")).await);
    assert_eq!(sheet[0][6..9], ["8", "7", "7.3"], "marks are numbers");
    let seen = lines(&stage.be(stage.judges[0]), &path).await;
    assert_eq!((seen[0][1].as_str(), seen[0][2].as_str()), ("Muestra, Alba", ""), "presidents read no DNI");
    for stranger in [stage.tutor, stage.judges[1], stage.students[0]] {
        stage.be(stranger).get(&format!("{path}?format=csv")).await.refused(ErrorCode::NotFound);
    }
    let claim = json!({"text": "=HYPERLINK(\"http://x\")"});
    let student = stage.be(stage.students[0]);
    student.post(&format!("/defences/{}/mark-claims", stage.defences[0]), &claim).await.expect_status(201);
    let claims = format!("/mark-claims/export?call_id={}", stage.call);
    for reader in [stage.coordinator, stage.judges[1], stage.students[0]] {
        let rows = lines(&stage.be(reader), &claims).await;
        assert_eq!(rows[0][3..6], ["'=HYPERLINK(\"http://x\")", "7,3", "Pendiente de respuesta"]);
    }
    for other in [stage.students[1], stage.tutor] {
        assert!(lines(&stage.be(other), &claims).await.is_empty(), "nothing of others' claims");
    }
}

#[actix_web::test]
async fn events_are_exported_for_whom_they_are() {
    let faculty = faculty();
    let mut behind = faculty.app.conn();
    World::new(&mut behind).announcement("@aviso", "'professors', NULL, NULL");
    let entry = json!({
        "kind": "entry", "title": "Jornadas", "audience": "public", "is_all_day": true,
        "starts_at": "2026-12-24T23:00:00Z", "ends_at": "2026-12-26T23:00:00Z",
    });
    faculty.admin.post("/events", &entry).await.expect_status(201);
    let public = lines(&faculty.app.visitor(), "/events/export").await;
    assert_eq!(public.len(), 1);
    assert_eq!(public[0][..3], ["Jornadas", "Evento", "Todo el mundo"]);
    assert_eq!(public[0][4..7], ["2026-12-25", "2026-12-26", "sí"], "whole days, the last one included");
    assert_eq!(public[0][10], "", "visitors read no author");
    let managed = lines(&faculty.admin, "/events/export?managed=true&kind=announcement").await;
    assert_eq!(managed[0][..3], ["'@aviso", "Aviso", "Profesorado"]);
    let refused = faculty.app.visitor().get("/events/export?managed=true&format=csv").await;
    refused.refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn what_the_office_plans_with_is_exported_to_the_office() {
    let faculty = faculty();
    let mut behind = faculty.app.conn();
    let mut world = World::new(&mut behind);
    let room = world.room("Aula 1.4");
    world.run(
        "INSERT INTO identity_claims (claimant_id, preloaded_id)
         SELECT a.id, p.id FROM users a, users p WHERE a.first_name = 'Eva' AND p.dni = '00000000T'",
    );
    let closures = format!("/rooms/{room}/closures");
    let closure = json!({
        "starts_at": "2027-06-21T08:00:00Z", "ends_at": "2027-06-21T10:00:00Z", "reason": "-obras",
    });
    faculty.admin.post(&closures, &closure).await.expect_status(201);
    let rows = lines(&faculty.admin, &format!("{closures}/export")).await;
    assert_eq!(rows, [["Aula 1.4", "2027-06-21 10:00", "2027-06-21 12:00", "'-obras"]], "by the clock here");
    let later = format!("{closures}/export?from=2027-06-22T00:00:00Z");
    assert!(lines(&faculty.admin, &later).await.is_empty());
    let claims = lines(&faculty.admin, "/identity-claims/export").await;
    assert_eq!((claims.len(), claims[0][3].as_str()), (1, "00000000T"));
    let file = "tutor;titulo;titulacion\n".as_bytes().to_vec();
    outcomes(&faculty.head, "projects", "csv", file).await;
    for (reader, count) in [(&faculty.admin, 1), (&faculty.head, 1), (&faculty.student, 0)] {
        assert_eq!(lines(reader, "/imports/export").await.len(), count, "one's own, and all for admins");
    }
    let imports = lines(&faculty.admin, "/imports/export").await;
    assert_eq!(imports[0][..4], ["lista.csv", "Oferta de proyectos", "Sin confirmar", "0"]);
    for path in [format!("{closures}/export?format=csv"), "/identity-claims/export?format=csv".to_owned()] {
        for refused in [&faculty.head, &faculty.student] {
            refused.get(&path).await.refused(ErrorCode::Forbidden);
        }
    }
}

#[actix_web::test]
async fn what_professors_say_and_students_may_choose_is_exported() {
    let stage = Stage::set();
    let mut behind = stage.app.conn();
    let mut world = World::new(&mut behind);
    let poll = world.poll(stage.call, "2026-11-30T00:00:00Z");
    let round = world.round(stage.call, "2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z").0;
    let offer = world.project(NASTY, stage.degree, stage.tutor, "published");
    let applicant = world.student("Celia Muestra", &[stage.degree]);
    world.application(round, &[applicant], &[offer]);
    let said = json!({
        "starts_at": "2026-11-25T08:00:00Z", "ends_at": "2026-11-25T09:45:00Z", "answer": "no", "note": "+viaje",
    });
    let tutor = stage.be(stage.tutor);
    send(tutor.request(Method::PUT, "/unavailability").json(&said)).await.expect_status(200);
    let answers = format!("/availability-polls/{poll}/answers/export");
    let coordinator = stage.be(stage.coordinator);
    let rows = lines(&coordinator, &answers).await;
    assert_eq!(rows, [["Tania Muestra", "LSI", "", "1,75", "0,00"]]);
    assert!(lines(&coordinator, &format!("{answers}?answered=true")).await.is_empty());
    tutor.get(&format!("{answers}?format=csv")).await.refused(ErrorCode::Forbidden);
    let own = lines(&tutor, "/unavailability/export").await;
    let told = ["Tania Muestra", "2026-11-25 09:00", "2026-11-25 10:45", "No", "En persona", "'+viaje"];
    assert_eq!(own, [told]);
    let of_tutor = format!("/unavailability/export?professor_id={}", stage.tutor);
    assert_eq!(lines(&coordinator, &of_tutor).await, own);
    let other = stage.be(stage.stranger).get(&format!("{of_tutor}&format=csv")).await;
    other.refused(ErrorCode::Forbidden);
    let offered = format!("/allocation-rounds/{round}/projects/export");
    let title = format!("'{NASTY}");
    let kept = lines(&coordinator, &format!("{offered}?q=calc")).await;
    assert_eq!(kept, [[title.as_str(), "Tania Muestra", "3", "1", "1"]]);
    let seen = lines(&stage.be(applicant), &offered).await;
    assert_eq!(seen[0][0], title);
    assert!(seen[0][3..].iter().all(String::is_empty), "the round hides how many ask: {seen:?}");
}
