//! Lists as files: whole, as filtered, harmless, and the same when they come back.

use crate::support::TestApp;
use crate::support::actors::{Client, send};
use crate::support::builders::World;
use gestfg::sheets;
use gestfg_types::errors::ErrorCode;
use gestfg_types::imports::{Import, ImportRow, RowOutcome};
use gestfg_types::pagination::Page;
use reqwest::Method;
use reqwest::multipart::{Form, Part};

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
