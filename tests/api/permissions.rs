//! The permission matrix: every operation of the API, asked by everybody.
//!
//! The operations come from the OpenAPI document, so a new one without a row
//! fails here. Each cell is the exact status that person gets. Requests that
//! edit carry a version nobody ever saw: whoever may edit gets as far as 412,
//! and nothing changes between two cells.

pub mod matrix;
pub mod world;

use crate::support::Client;
use crate::support::actors::{Answer, send};
use matrix::{ACTORS, MATRIX, Row};
use reqwest::Method;
use std::collections::BTreeSet;
use world::{Body, MatrixWorld};

fn operations() -> BTreeSet<String> {
    let document = serde_json::to_value(gestfg::openapi::document()).expect("a document");
    let mut found = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            let path = path.strip_prefix("/api/v1").expect("everything is under /api/v1");
            found.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    found
}

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let rows: BTreeSet<String> = MATRIX.iter().map(|row| row.operation.to_owned()).collect();
    assert_eq!(rows.len(), MATRIX.len(), "an operation has two rows");
    let operations = operations();
    let without_row: Vec<_> = operations.difference(&rows).collect();
    let without_operation: Vec<_> = rows.difference(&operations).collect();
    assert!(without_row.is_empty(), "operations without a row: {without_row:#?}");
    assert!(without_operation.is_empty(), "rows without an operation: {without_operation:#?}");
}

#[actix_web::test]
async fn everybody_gets_exactly_what_the_matrix_says() {
    let mut wrong = Vec::new();
    let world = MatrixWorld::build().await;
    for row in MATRIX {
        for (n, actor) in ACTORS.iter().enumerate() {
            let got = ask(&world, row, n).await;
            if got.0 != row.statuses[n] {
                wrong.push(format!(
                    "{} as {actor}: {} instead of {} — {}",
                    row.operation, got.0, row.statuses[n], got.1
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

async fn ask(world: &MatrixWorld, row: &Row, actor: usize) -> (u16, String) {
    let (_, pattern) = row.operation.split_once(' ').expect("method and path");
    let (path, body) = world.fill(row.operation, pattern, actor);
    // Personal operations: log-outs and new passwords must not leak into the next row.
    let answer = ask_as(&world.client(actor), row.operation, &path, body).await;
    (answer.status.as_u16(), answer.text().chars().take(160).collect())
}

/// Ask an operation of this path, with a version nobody ever saw.
pub async fn ask_as(client: &Client, operation: &str, path: &str, body: Body) -> Answer {
    let (method, _) = operation.split_once(' ').expect("method and path");
    let method: Method = method.parse().expect("a method");
    let mut request = client.request(method, path).header("If-Match", "\"-5\"");
    request = match body {
        Body::None => request,
        Body::Json(value) => request.json(&value),
        Body::Calendar(text) => request.header("Content-Type", "text/calendar").body(text),
        Body::Choices(content) => request.multipart(
            reqwest::multipart::Form::new()
                .part("file", reqwest::multipart::Part::text(content).file_name("elecciones.csv")),
        ),
        Body::File { kind, name, content } => request.multipart(
            reqwest::multipart::Form::new()
                .text("kind", kind)
                .part("file", reqwest::multipart::Part::text(content).file_name(name)),
        ),
    };
    if operation == "GET /updates" {
        // An answer that never ends.
        let answer = request.send().await.expect("an answer");
        return Answer { status: answer.status(), headers: answer.headers().clone(), body: Vec::new() };
    }
    send(request).await
}
