//! The way of a file: given, previewed, committed, taken back.

mod commit;
mod files;
mod people;
mod permissions;
mod preassigned;
mod preview;
mod refusals;
mod size;
mod undo;

use crate::support::actors::{Answer, Client, send};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::ImportId;
use gestfg_types::imports::{Import, ImportCommitted, ImportField, ImportRow, RowOutcome, Severity};
use gestfg_types::pagination::Page;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

/// Give a file to the server.
async fn upload(client: &Client, kind: &str, name: &str, file: Vec<u8>, options: Value) -> Answer {
    let form = Form::new()
        .text("kind", kind.to_owned())
        .text("options", options.to_string())
        .part("file", Part::bytes(file).file_name(name.to_owned()));
    send(client.request(Method::POST, "/imports").multipart(form)).await
}

/// A preview that must succeed.
#[track_caller]
fn expect_import(answer: &Answer) -> Import {
    answer.expect(201)
}

async fn preview(client: &Client, kind: &str, file: Vec<u8>) -> Import {
    expect_import(&upload(client, kind, "datos.xlsx", file, json!({})).await)
}

async fn rows(client: &Client, id: ImportId) -> Vec<ImportRow> {
    let page: Page<ImportRow> = client.get(&format!("/imports/{id}/rows?limit=200")).await.expect(200);
    page.items
}

async fn commit(client: &Client, id: ImportId, mode: &str) -> Answer {
    client.post(&format!("/imports/{id}/commit"), &json!({ "mode": mode })).await
}

async fn committed(client: &Client, id: ImportId, mode: &str) -> ImportCommitted {
    commit(client, id, mode).await.expect(200)
}

async fn undo(client: &Client, id: ImportId) -> Answer {
    client.post(&format!("/imports/{id}/undo"), &json!({})).await
}

/// What is told of a row: its number, outcome, and each problem as code and cell.
type Told<'a> = (u32, RowOutcome, Vec<(FieldCode, &'a str)>);

fn told(rows: &[ImportRow]) -> Vec<Told<'_>> {
    rows.iter()
        .map(|row| {
            let problems =
                row.problems.iter().map(|p| (p.code, p.cell.as_deref().unwrap_or_default())).collect();
            (row.row, row.outcome, problems)
        })
        .collect()
}

/// Every problem is said in both languages and points at its cell.
#[track_caller]
fn assert_said(rows: &[ImportRow]) {
    for problem in rows.iter().flat_map(|row| &row.problems) {
        assert!(problem.message_es.ends_with(['.', '?']), "{problem:?}");
        assert!(problem.message_en.ends_with(['.', '?']), "{problem:?}");
        assert_ne!(problem.message_es, problem.message_en);
        assert!(matches!(problem.severity, Severity::Error | Severity::Warning));
    }
}

fn value(row: &ImportRow, field: ImportField) -> &str {
    row.values.get(&field).map_or("", String::as_str)
}
