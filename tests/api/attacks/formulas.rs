//! Every list that can be had as a file, over a database whose texts are all
//! formulas.

use crate::permissions::ask_as;
use crate::permissions::matrix::MATRIX;
use crate::permissions::world::{Body, MatrixWorld};
use diesel::connection::SimpleConnection;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read;

const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What of the world is not there to be exported: minutes, answers to claims,
/// and what a run that was stopped came to.
const NOT_THERE: &[&str] = &["GET /minutes/{id}/export", "GET /allocation-runs/{id}/export"];

/// Puts the beginning of a formula before every text that takes it. Words of a
/// closed list, addresses and the like refuse it by their constraints.
fn poison(world: &MatrixWorld) {
    let sql = "DO $$
        DECLARE place record;
        BEGIN
            FOR place IN
                SELECT c.table_name AS named, c.column_name AS part, row_number() OVER (ORDER BY c.table_name, c.column_name) AS n
                FROM information_schema.columns c
                JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
                WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'text'
                    AND c.is_generated = 'NEVER' AND c.table_name NOT LIKE '\\_\\_%'
                    AND c.column_name NOT IN ('state', 'kind', 'role', 'phase', 'source', 'answer', 'audience', 'method',
                        'outcome', 'seat', 'language', 'level', 'action', 'entity', 'store', 'scope', 'template', 'password_hash',
                        'dni', 'media_type', 'handed_in_by', 'mail', 'fill', 'topic')
            LOOP
                BEGIN
                    EXECUTE format('UPDATE %I SET %I = %L || %I WHERE %I <> %L', place.named, place.part,
                        (ARRAY['=', '+', '-', '@', E'\\t=', E'\\r='])[place.n % 6 + 1], place.part, place.part, '');
                EXCEPTION WHEN OTHERS THEN NULL;
                END;
            END LOOP;
        END $$";
    world.app().conn().batch_execute(sql).expect("poisoned");
}

#[actix_web::test]
async fn no_cell_of_any_file_is_a_formula() {
    let world = MatrixWorld::build().await;
    poison(&world);
    let document = serde_json::to_value(gestfg::openapi::document()).expect("a document");
    let admin = world.client(8);
    let (mut files, mut neutral, mut absent) = (0, 0, BTreeSet::new());
    for row in MATRIX.iter().filter(|row| row.operation.starts_with("GET ")) {
        let pattern = row.operation.split_once(' ').expect("method and path").1;
        let content = format!("/paths/~1api~1v1{}/get/responses/200/content", pattern.replace('/', "~1"));
        let types = document.pointer(&content).and_then(Value::as_object);
        let gives = |media_type: &str| {
            types.is_some_and(|types| types.keys().any(|known| known.contains(media_type)))
        };
        for (format, media_type) in [("csv", "text/csv"), ("xlsx", "spreadsheetml")] {
            if !gives(media_type) {
                continue;
            }
            let (path, _) = world.fill(row.operation, pattern, 8);
            let path = path.replace("format=csv", &format!("format={format}"));
            let answer = ask_as(&admin, row.operation, &path, Body::None).await;
            if answer.status.as_u16() != 200 {
                absent.insert(row.operation);
                assert!(NOT_THERE.contains(&row.operation), "{path}: {} {}", answer.status, answer.text());
                continue;
            }
            files += 1;
            neutral += if format == "csv" {
                check_csv(&answer.body, &path)
            } else {
                check_xlsx(&answer.body, &path)
            };
        }
    }
    assert_eq!(absent, NOT_THERE.iter().copied().collect());
    assert!(files > 50, "{files}");
    assert!(neutral > 60, "only {neutral} cells were tried");
}

/// How many cells had to be made harmless.
fn check_csv(bytes: &[u8], path: &str) -> usize {
    let text = std::str::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{feff}');
    let mut neutral = 0;
    // Programs of here separate by semicolons, others by commas.
    for separator in [b';', b','] {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.expect("a record") {
                assert!(!cell.starts_with(STARTS), "{path}: {cell:?}");
                neutral += usize::from(cell.starts_with('\'') && cell[1..].starts_with(STARTS));
            }
        }
    }
    neutral
}

fn check_xlsx(bytes: &[u8], path: &str) -> usize {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        // Templates count their rows by a formula of their own.
        let is_ours = path.contains("/imports/templates/");
        assert!(is_ours || !text.contains("<f>") && !text.contains("<f "), "{path}: {name} holds a formula");
        assert!(!text.contains("TargetMode=\"External\""), "{path}: {name} leads elsewhere");
    }
    let book = gestfg::sheets::read(bytes, None);
    let Ok(book) = book else { return 0 };
    let cells = book.sheet.rows.iter().flat_map(|row| &row.cells);
    let mut neutral = 0;
    for (_, cell) in cells {
        // Negative numbers are numbers; texts are not.
        assert!(!cell.starts_with(STARTS) || cell.parse::<f64>().is_ok(), "{path}: {cell:?}");
        neutral += usize::from(cell.starts_with('\'') && cell[1..].starts_with(STARTS));
    }
    neutral
}
