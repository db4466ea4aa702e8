//! Projects that resemble one.

use crate::models::project_view::{COLUMNS, JOINS, SummaryRow};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg_types::ids::ProjectId;

/// How many at most.
pub const MAX: u32 = 6;

/// The published projects that share the most words of title and keywords with
/// this one, the closest first; itself is not among them.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, id: ProjectId) -> QueryResult<Vec<SummaryRow>> {
    // Words become a query through their text form, so quotes and backslashes
    // in them are doubled.
    let query = format!(
        "WITH source AS MATERIALIZED (
            SELECT s.id, s.title_folded, (
                SELECT string_agg('''' || replace(replace(w.lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')
                FROM unnest(ts_filter(s.search, '{{a,b}}')) w
            )::tsquery AS words
            FROM projects s WHERE s.id = $1
         ), near AS MATERIALIZED (
            SELECT p.id, ts_rank(p.search, source.words, 1) + similarity(p.title_folded, source.title_folded) AS score
            FROM source JOIN projects p ON p.search @@ source.words AND p.state = 'published' AND p.id <> source.id
            ORDER BY score DESC, p.id DESC LIMIT {MAX}
         )
         SELECT {COLUMNS} FROM near JOIN projects p ON p.id = near.id {JOINS} ORDER BY near.score DESC, p.id DESC"
    );
    diesel::sql_query(query).bind::<BigInt, _>(id.0).load(conn)
}
