//! Choices and records from a spreadsheet, up to a whole year of students.

use super::{CLOSES, Round};
use crate::support::actors::{Answer, send};
use gestfg_types::allocation_runs::{AllocationAnswer, AllocationPublication};
use gestfg_types::application_files::{ApplicationFile, ApplicationRowOutcome as Outcome};
use gestfg_types::errors::{ErrorCode, FieldCode};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use std::time::Instant;

impl Round {
    async fn send_file(&self, content: &str, mode: &'static str) -> Answer {
        let path = format!("/allocation-rounds/{}/application-files", self.id);
        let form = Form::new()
            .text("mode", mode)
            .part("file", Part::text(content.to_owned()).file_name("elecciones.csv"));
        send(self.coordinator().request(Method::POST, &path).multipart(form)).await
    }
}

#[actix_web::test]
async fn a_file_is_previewed_taken_and_taken_again() {
    let round = Round::open();
    let mails: Vec<String> = round.students.iter().map(|student| round.email(*student)).collect();
    let content = format!(
        "Correo;Expediente;Equipo;Opción 1;Opción 2\n{};8,75;;P000;p001\n{};9.1;A;P002|P003;\n{};7;A;P002|P003;\n",
        mails[0], mails[1], mails[2]
    );
    let preview: ApplicationFile = round.send_file(&content, "preview").await.expect(200);
    assert_eq!((preview.committed, preview.create, preview.error), (false, 3, 0), "{preview:?}");
    assert_eq!(round.coordinator().get("/applications").await.json(200)["total"], 0);
    let taken: ApplicationFile = round.send_file(&content, "all").await.expect(200);
    assert_eq!((taken.committed, taken.create), (true, 3));
    assert_eq!(round.coordinator().get("/applications").await.json(200)["total"], 2);
    let again: ApplicationFile = round.send_file(&content, "all").await.expect(200);
    assert_eq!((again.create, again.update, again.unchanged), (0, 0, 3), "{again:?}");
    let other: ApplicationFile = round.send_file(&content.replace("p001", "P004"), "all").await.expect(200);
    assert_eq!((other.update, other.unchanged), (1, 2));
}

#[actix_web::test]
async fn what_is_exported_can_be_taken_again() {
    let round = Round::open();
    let mails: Vec<String> = round.students.iter().map(|student| round.email(*student)).collect();
    let content = format!(
        "Correo;Expediente;Equipo;Opción 1;Opción 2\n{};8,70;;P000;p001\n{};9.1;A;P002|P003;\n{};7;A;P002|P003;\n",
        mails[0], mails[1], mails[2]
    );
    let _: ApplicationFile = round.send_file(&content, "all").await.expect(200);
    let invited = json!({"round_id": round.id, "invite": [mails[0]], "preferences": round.wishes(&[4])});
    round.be(round.students[3]).post("/applications", &invited).await.expect_status(201);
    let path = format!("/applications/export?round_id={}&state=live", round.id);
    let csv = round.coordinator().get(&format!("{path}&format=csv")).await;
    csv.expect_status(200);
    let csv = csv.text();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].ends_with(
            "Equipo,Sin confirmar,Opción 1,Opción 2,Opción 3,Opción 4,Opción 5,Motivación,Guardada el"
        ),
        "{}",
        lines[0]
    );
    assert_eq!(lines.len(), 5, "a row for each student who takes part: {csv}");
    assert!(lines[1].contains(&mails[0]) && lines[1].contains(",8.70,,,P000,P001,"), "{csv}");
    assert!(lines[4].contains(&mails[3]) && lines[4].contains(",,Estudiante0 Muestra,P004,"), "{csv}");
    let again: ApplicationFile = round.send_file(&csv, "preview").await.expect(200);
    assert_eq!((again.create, again.update, again.error), (0, 0, 0), "{again:?}");
    let some = round.coordinator().get(&format!("{path}&format=csv&q=p001")).await;
    assert_eq!(some.text().lines().count(), 2, "filtered as on the screen: {}", some.text());
    round.coordinator().get(&format!("{path}&format=xlsx")).await.expect_status(200);
}

#[actix_web::test]
async fn errors_are_told_by_row_and_cell() {
    let round = Round::open();
    let mails: Vec<String> = round.students.iter().map(|student| round.email(*student)).collect();
    let content = format!(
        "Solicitudes del curso\nAlumno;Nota media;Opción 1;Opción 2\n{};11;P000;\nnadie@correo.ugr.es;8;P000;\n{};8;No existe;\n{};8;P000;P000\n{};8;P001;\n",
        mails[0], mails[1], mails[2], mails[3]
    );
    let preview: ApplicationFile = round.send_file(&content, "preview").await.expect(200);
    let told: Vec<_> = preview
        .rows
        .iter()
        .map(|row| (row.row, row.outcome, row.errors.first().map(|error| (error.column.clone(), error.code))))
        .collect();
    let wrong = |row, column: &str, code| (row, Outcome::Error, Some((column.to_owned(), code)));
    assert_eq!(
        told,
        [
            wrong(3, "B", FieldCode::NotANumber),
            wrong(4, "A", FieldCode::Unknown),
            wrong(5, "C", FieldCode::Unknown),
            wrong(6, "D", FieldCode::Duplicate),
            (7, Outcome::Create, None),
        ]
    );
    round.send_file(&content, "all").await.refused(ErrorCode::ImportHasErrors);
    let taken: ApplicationFile = round.send_file(&content, "valid").await.expect(200);
    assert_eq!((taken.create, taken.error), (1, 4));
    assert_eq!(round.coordinator().get("/applications").await.json(200)["total"], 1);
    round.send_file("Uno;Dos\n1;2\n", "preview").await.refused(ErrorCode::ValidationFailed);
    round.at(CLOSES, 0);
    round.send_file(&content, "valid").await.refused(ErrorCode::PhaseNotOpen);
}

/// 600 students and 600 projects in one sitting: from the file to everybody's answer.
#[actix_web::test]
async fn a_whole_year_is_imported_allocated_explained_and_exported() {
    let round = Round::with(600, 600);
    let mails: Vec<String> =
        round.stage.with_world(|world| round.students.iter().map(|student| world.email(*student)).collect());
    let mut content = String::from("Correo;Expediente;1;2;3;4;5\n");
    for (n, mail) in mails.iter().enumerate() {
        // Some projects are wanted by many.
        let wish = |k: usize| (n * 7 + k * k * 13 + (n % 5) * k) % (120 + 96 * k);
        let mut wishes: Vec<usize> = (0..5).map(wish).collect();
        let mut seen = std::collections::BTreeSet::new();
        for choice in &mut wishes {
            while !seen.insert(*choice) {
                *choice = (*choice + 1) % 600;
            }
        }
        let titles: Vec<String> = wishes.iter().map(|choice| format!("P{choice:03}")).collect();
        content.push_str(&format!("{mail};{}.{:02};{}\n", 5 + n % 5, (n * 37) % 100, titles.join(";")));
    }
    let begun = Instant::now();
    let taken: ApplicationFile = round.send_file(&content, "all").await.expect(200);
    assert_eq!(
        (taken.create, taken.error),
        (600, 0),
        "{:?}",
        taken.rows.iter().find(|row| !row.errors.is_empty())
    );
    let imported = begun.elapsed();
    round.at(CLOSES, 60);
    let run = round.allocate(json!({"method": "serial_dictatorship"})).await;
    let allocated = begun.elapsed() - imported;
    let measures = run.summary.measures.clone().expect("measures");
    assert_eq!(measures.applicants, 600);
    for format in ["json", "csv", "xlsx"] {
        let export = format!("/allocation-runs/{}/export?format={format}", run.summary.id);
        let file = round.coordinator().get(&export).await;
        file.expect_status(200);
        if format == "json" {
            let report = gestfg_planner::allocation::verify_export(&file.text()).expect("a sound export");
            assert!(report.valid, "{:?}", report.violations);
        }
        if format == "csv" {
            assert_eq!(file.text().lines().count(), 601);
        }
    }
    let before = begun.elapsed();
    let published: AllocationPublication = round.publish(&run).await.expect(200);
    eprintln!(
        "600 x 600: imported in {imported:?}, allocated and explained in {allocated:?}, published in {:?}, {} matched",
        begun.elapsed() - before,
        measures.matched,
    );
    assert_eq!(published.assignments.len(), measures.matched);
    let mut explained = 0;
    for student in round.students.iter().step_by(60) {
        let path = format!("/allocation-rounds/{}/answer", round.id);
        let answer: AllocationAnswer = round.be(*student).get(&path).await.expect(200);
        assert_eq!(answer.wishes.len(), 5);
        assert!(answer.wishes.iter().all(|wish| wish.granted == wish.reason.is_none()), "{answer:?}");
        explained += 1;
    }
    assert_eq!(explained, 10);
}
