//! What uses a piece of master data, by kind and with a few names.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use gestfg_types::errors::Usage;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Array<Text>)]
    examples: Vec<String>,
}

/// Count the rows of a query with columns `name` and `id`, one question per kind of user;
/// those without any are left out. `$1` is the id of what is to be removed.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection, id: i64, questions: &[(&str, &str)]) -> QueryResult<Vec<Usage>> {
    let mut found = Vec::new();
    for (kind, users) in questions {
        let query = format!(
            "WITH used AS ({users}) SELECT (SELECT count(*) FROM used) AS count,
             ARRAY(SELECT name FROM used ORDER BY name, id LIMIT 5) AS examples"
        );
        let Row { count, examples } = diesel::sql_query(query).bind::<BigInt, _>(id).get_result(conn)?;
        if count > 0 {
            found.push(Usage { kind: (*kind).to_owned(), count, examples });
        }
    }
    Ok(found)
}
