//! Projects that resemble one.

use crate::models::project_view::{COLUMNS, JOINS, SummaryRow};
use crate::models::statement::Statement;
use diesel::prelude::*;
use gestfg_types::ids::ProjectId;

/// How many at most.
pub const MAX: u32 = 6;

/// The published projects that share the most telling words of title and
/// keywords with this one, the closest first; itself is not among them.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, id: ProjectId) -> QueryResult<Vec<SummaryRow>> {
    // Words that many projects have say nothing and are dear to look up: the
    // statistics Postgres keeps of the column tell the rare ones. Words become a
    // query through their text form, so quotes and backslashes in them are doubled.
    let mut query = Statement::new();
    query.sql(
        "WITH source AS MATERIALIZED (
            SELECT s.id, s.title_folded, (
                SELECT string_agg('''' || replace(replace(r.lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')
                FROM (
                    SELECT w.lexeme FROM unnest(ts_filter(s.search, '{a,b}')) w
                    LEFT JOIN (
                        SELECT e.lexeme, e.share
                        FROM pg_stats g, unnest(g.most_common_elems::text::text[], g.most_common_elem_freqs) AS e (lexeme, share)
                        WHERE g.schemaname = 'public' AND g.tablename = 'projects' AND g.attname = 'search'
                    ) common ON common.lexeme = w.lexeme
                    ORDER BY common.share NULLS FIRST, w.lexeme LIMIT 8
                ) r
            )::tsquery AS words
            FROM projects s WHERE s.id = ",
    );
    query.bind(id.0).sql(format!(
        "), candidate AS MATERIALIZED (
            SELECT p.id, p.title_folded, ts_rank(p.search, source.words) AS rank
            FROM source JOIN projects p ON p.search @@ source.words AND p.state = 'published' AND p.id <> source.id
            ORDER BY rank DESC, p.id DESC LIMIT 30
         ), near AS MATERIALIZED (
            SELECT n.id, n.rank + similarity(n.title_folded, source.title_folded) AS score
            FROM candidate n, source ORDER BY score DESC, n.id DESC LIMIT {MAX}
         )
         SELECT {COLUMNS} FROM near JOIN projects p ON p.id = near.id {JOINS} ORDER BY near.score DESC, p.id DESC"
    ));
    query.load(conn)
}
