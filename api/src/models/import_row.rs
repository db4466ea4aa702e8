//! The rows of imports, under the numbers they have in the sheet.

use crate::import::layout::RowValues;
use crate::import::plan::Checked;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::import_rows;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use gestfg_types::ids::ImportId;
use serde_json::Value;

/// Rows written with one statement.
const CHUNK: usize = 5_000;

/// A stored row.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = import_rows, check_for_backend(diesel::pg::Pg))]
pub struct StoredRow {
    /// Its number in the sheet.
    pub row_number: i32,
    /// What would happen, or happened.
    pub outcome: String,
    /// What was read, by field.
    pub cells: Value,
    /// What there is to say.
    pub problems: Value,
}

/// What was done for a row, kept for the undo.
#[derive(Debug, Clone)]
pub struct Done {
    /// The row.
    pub row: u32,
    /// What was made or changed.
    pub target: i64,
    /// What came along.
    pub extra: Vec<i64>,
    /// How to take it back.
    pub trace: Value,
}

/// Which rows to list.
#[derive(Debug, Clone, Default)]
pub struct RowFilter {
    /// Only of this outcome.
    pub outcome: Option<String>,
    /// Only with a problem of this severity.
    pub problem: Option<&'static str>,
}

/// Replaces the rows of an import.
///
/// # Errors
/// When the database cannot take them.
pub fn replace(
    conn: &mut PgConnection,
    id: ImportId,
    rows: &[RowValues],
    checked: &[Checked],
) -> QueryResult<()> {
    diesel::delete(import_rows::table.filter(import_rows::import_id.eq(id.0))).execute(conn)?;
    let pairs: Vec<(&RowValues, &Checked)> = rows.iter().zip(checked).collect();
    for chunk in pairs.chunks(CHUNK) {
        let numbers: Vec<i32> = chunk.iter().map(|(row, _)| number(row.number)).collect();
        let outcomes: Vec<&str> = chunk.iter().map(|(_, checked)| outcome_text(checked)).collect();
        let cells: Vec<String> = chunk.iter().map(|(row, _)| json(&row.values)).collect();
        let problems: Vec<String> = chunk.iter().map(|(_, checked)| json(&checked.problems)).collect();
        diesel::sql_query(
            "INSERT INTO import_rows (import_id, row_number, outcome, cells, problems)
             SELECT $1, n, o, c::jsonb, p::jsonb FROM unnest($2, $3, $4, $5) AS t(n, o, c, p)",
        )
        .bind::<BigInt, _>(id.0)
        .bind::<Array<Integer>, _>(numbers)
        .bind::<Array<Text>, _>(outcomes)
        .bind::<Array<Text>, _>(cells)
        .bind::<Array<Text>, _>(problems)
        .execute(conn)?;
    }
    Ok(())
}

/// Stores what a new check said of the same rows.
///
/// # Errors
/// When the database cannot take it.
pub fn update_outcomes(conn: &mut PgConnection, id: ImportId, checked: &[&Checked]) -> QueryResult<()> {
    for chunk in checked.chunks(CHUNK) {
        let numbers: Vec<i32> = chunk.iter().map(|checked| number(checked.number)).collect();
        let outcomes: Vec<&str> = chunk.iter().map(|checked| outcome_text(checked)).collect();
        let problems: Vec<String> = chunk.iter().map(|checked| json(&checked.problems)).collect();
        diesel::sql_query(
            "UPDATE import_rows r SET outcome = t.o, problems = t.p::jsonb
             FROM unnest($2, $3, $4) AS t(n, o, p) WHERE r.import_id = $1 AND r.row_number = t.n",
        )
        .bind::<BigInt, _>(id.0)
        .bind::<Array<Integer>, _>(numbers)
        .bind::<Array<Text>, _>(outcomes)
        .bind::<Array<Text>, _>(problems)
        .execute(conn)?;
    }
    Ok(())
}

/// Stores what was done for each row.
///
/// # Errors
/// When the database cannot take it.
pub fn store_done(conn: &mut PgConnection, id: ImportId, done: &[Done]) -> QueryResult<()> {
    for chunk in done.chunks(CHUNK) {
        let numbers: Vec<i32> = chunk.iter().map(|done| number(done.row)).collect();
        let targets: Vec<i64> = chunk.iter().map(|done| done.target).collect();
        let extra: Vec<String> = chunk.iter().map(|done| json(&done.extra)).collect();
        let traces: Vec<String> = chunk.iter().map(|done| done.trace.to_string()).collect();
        diesel::sql_query(
            "UPDATE import_rows r SET target_id = t.target, before = t.trace::jsonb,
                    extra_ids = ARRAY(SELECT jsonb_array_elements_text(t.extra::jsonb)::bigint)
             FROM unnest($2, $3, $4, $5) AS t(n, target, extra, trace) WHERE r.import_id = $1 AND r.row_number = t.n",
        )
        .bind::<BigInt, _>(id.0)
        .bind::<Array<Integer>, _>(numbers)
        .bind::<Array<BigInt>, _>(targets)
        .bind::<Array<Text>, _>(extra)
        .bind::<Array<Text>, _>(traces)
        .execute(conn)?;
    }
    Ok(())
}

/// Every row, in the order of the sheet.
///
/// # Errors
/// When the database cannot answer.
pub fn all(conn: &mut PgConnection, id: ImportId) -> QueryResult<Vec<StoredRow>> {
    import_rows::table
        .filter(import_rows::import_id.eq(id.0))
        .order(import_rows::row_number)
        .select(StoredRow::as_select())
        .load(conn)
}

/// What was done, for the undo: row, target and trace.
///
/// # Errors
/// When the database cannot answer.
pub fn done_rows(conn: &mut PgConnection, id: ImportId) -> QueryResult<Vec<(i32, i64, Value)>> {
    import_rows::table
        .filter(import_rows::import_id.eq(id.0))
        .filter(import_rows::target_id.is_not_null())
        .order(import_rows::row_number)
        .select((
            import_rows::row_number,
            import_rows::target_id.assume_not_null(),
            import_rows::before.assume_not_null(),
        ))
        .load(conn)
}

/// A page of rows, in the order of the sheet.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    id: ImportId,
    filter: &RowFilter,
    page: &PageParams<i32>,
) -> QueryResult<Window<StoredRow>> {
    let filtered = || {
        let mut query = import_rows::table.filter(import_rows::import_id.eq(id.0)).into_boxed();
        if let Some(outcome) = &filter.outcome {
            query = query.filter(import_rows::outcome.eq(outcome.clone()));
        }
        if let Some(severity) = filter.problem {
            query =
                query.filter(import_rows::problems.contains(serde_json::json!([{ "severity": severity }])));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some(after) = page.after {
        query = query.filter(import_rows::row_number.gt(after));
    }
    let rows =
        query.order(import_rows::row_number).limit(page.fetch()).select(StoredRow::as_select()).load(conn)?;
    Ok(page.window(rows, total, |row: &StoredRow| Cursor::of(&row.row_number)))
}

/// An outcome as it is stored.
#[must_use]
pub const fn outcome_text(checked: &Checked) -> &'static str {
    use gestfg_types::imports::RowOutcome as O;
    match checked.outcome {
        O::Create => "create",
        O::Update => "update",
        O::Unchanged => "unchanged",
        O::Error => "error",
    }
}

fn number(row: u32) -> i32 {
    i32::try_from(row).unwrap_or(i32::MAX)
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
