//! Which earlier deposits a document has passages in common with.

use crate::schema::similarity_matches as m;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Integer, Jsonb, SmallInt, Text, Timestamptz};
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::SimilarityPassage;

/// Keep the passages that a document has in common with an earlier one.
///
/// # Errors
/// When the database cannot take them.
pub fn create(
    conn: &mut PgConnection,
    document: DocumentId,
    earlier: DocumentId,
    words: i32,
    passages: &[SimilarityPassage],
) -> QueryResult<()> {
    let passages = serde_json::to_value(passages).map_err(|error| Error::SerializationError(error.into()))?;
    diesel::insert_into(m::table)
        .values((
            m::document_id.eq(document.0),
            m::earlier_id.eq(earlier.0),
            m::words.eq(words),
            m::passages.eq(passages),
        ))
        .execute(conn)
        .map(drop)
}

/// An earlier deposit, as those read of it who judge the later one: what it
/// was, and nobody's name but the tutor's.
#[derive(Debug, Clone, QueryableByName)]
pub struct MatchRow {
    /// Title of its project.
    #[diesel(sql_type = Text)]
    pub project_title: String,
    /// Code of its degree.
    #[diesel(sql_type = Text)]
    pub degree_code: String,
    /// The year of its call.
    #[diesel(sql_type = SmallInt)]
    pub academic_year: i16,
    /// Who tutored it.
    #[diesel(sql_type = Text)]
    pub tutor: String,
    /// When it was handed in.
    #[diesel(sql_type = Timestamptz)]
    pub uploaded_at: DateTime<Utc>,
    /// Words in common.
    #[diesel(sql_type = Integer)]
    pub words: i32,
    /// The passages.
    #[diesel(sql_type = Jsonb)]
    pub passages: serde_json::Value,
}

/// What a document has in common with earlier ones, the most first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, document: DocumentId) -> QueryResult<Vec<MatchRow>> {
    diesel::sql_query(
        "SELECT p.title AS project_title, g.code AS degree_code, c.academic_year,
                u.first_name || ' ' || u.last_name AS tutor, d.created_at AS uploaded_at, m.words, m.passages
         FROM similarity_matches m JOIN documents d ON d.id = m.earlier_id
         JOIN evaluation_requests r ON r.id = d.evaluation_request_id JOIN calls c ON c.id = r.call_id
         JOIN projects p ON p.id = r.project_id JOIN degrees g ON g.id = p.degree_id JOIN users u ON u.id = p.tutor_id
         WHERE m.document_id = $1 ORDER BY m.words DESC, m.earlier_id",
    )
    .bind::<BigInt, _>(document.0)
    .load(conn)
}
