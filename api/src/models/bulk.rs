//! Writing many rows with few statements, for imports and notices.

use crate::mail::Message;
use crate::models::audit::Author;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Nullable, Text, Timestamptz};
use serde_json::Value;

/// Rows written with one statement.
const CHUNK: usize = 5_000;

/// Ids for rows about to be inserted, so that what refers to them can be
/// written in the same breath.
///
/// # Errors
/// When the database cannot answer.
pub fn reserve_ids(conn: &mut PgConnection, table: &str, count: usize) -> QueryResult<Vec<i64>> {
    #[derive(QueryableByName)]
    struct Reserved {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let rows: Vec<Reserved> = diesel::sql_query(
        "SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2)",
    )
    .bind::<Text, _>(table)
    .bind::<BigInt, _>(i64::try_from(count).unwrap_or_default())
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// One audit row per thing a batch wrote.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// `entity.verb`.
    pub action: &'static str,
    /// Which one.
    pub id: i64,
    /// The degree whose coordinators may read of it.
    pub degree: Option<i64>,
    /// Values before.
    pub before: Option<Value>,
    /// Values after.
    pub after: Option<Value>,
}

/// Writes audit rows in bulk.
///
/// # Errors
/// When the database cannot take them.
pub fn audit(conn: &mut PgConnection, author: &Author, lines: &[AuditLine]) -> QueryResult<()> {
    for chunk in lines.chunks(CHUNK) {
        let text = |value: &Option<Value>| value.as_ref().map(ToString::to_string);
        diesel::sql_query(
            "INSERT INTO audit_log (actor_id, actor_name, address, request_id, action, entity, entity_id, degree_id, before, after)
             SELECT $1, $2, $3, $4, a, split_part(a, '.', 1), i, d, b::jsonb, f::jsonb
             FROM unnest($5, $6, $7, $8, $9) AS t(a, i, d, b, f)",
        )
        .bind::<Nullable<BigInt>, _>(author.id.map(|id| id.0))
        .bind::<Text, _>(&author.name)
        .bind::<Nullable<Text>, _>(author.origin.address.as_deref())
        .bind::<Nullable<Text>, _>(author.origin.request_id.as_deref())
        .bind::<Array<Text>, _>(chunk.iter().map(|line| line.action).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(chunk.iter().map(|line| line.id).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(chunk.iter().map(|line| line.degree).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(chunk.iter().map(|line| text(&line.before)).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(chunk.iter().map(|line| text(&line.after)).collect::<Vec<_>>())
        .execute(conn)?;
    }
    Ok(())
}

/// Queues mails; they are sent once the transaction has committed.
///
/// # Errors
/// When the database cannot take them.
pub fn queue_mails(conn: &mut PgConnection, messages: &[Message]) -> QueryResult<()> {
    for chunk in messages.chunks(CHUNK) {
        diesel::sql_query(
            "INSERT INTO outgoing_mails (recipient, kind, language, subject, body, unsubscribe_url)
             SELECT * FROM unnest($1, $2, $3, $4, $5, $6)",
        )
        .bind::<Array<Text>, _>(chunk.iter().map(|message| message.recipient.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(chunk.iter().map(|message| message.kind).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(chunk.iter().map(|message| message.language.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(chunk.iter().map(|message| message.subject.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(chunk.iter().map(|message| message.body.as_str()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            chunk.iter().map(|message| message.unsubscribe_url.as_deref()).collect::<Vec<_>>(),
        )
        .execute(conn)?;
    }
    Ok(())
}

/// Stores one-time links for new accounts: who, and the digest of the token.
///
/// # Errors
/// When the database cannot take them.
pub fn store_links(
    conn: &mut PgConnection,
    links: &[(i64, Vec<u8>)],
    now: chrono::DateTime<chrono::Utc>,
    expires: chrono::DateTime<chrono::Utc>,
) -> QueryResult<()> {
    for chunk in links.chunks(CHUNK) {
        diesel::sql_query(
            "INSERT INTO one_time_links (user_id, purpose, token_hash, created_at, expires_at)
             SELECT u, 'set_password', t, $3, $4 FROM unnest($1, $2) AS l(u, t)",
        )
        .bind::<Array<BigInt>, _>(chunk.iter().map(|(user, _)| *user).collect::<Vec<_>>())
        .bind::<Array<Binary>, _>(chunk.iter().map(|(_, digest)| digest.as_slice()).collect::<Vec<_>>())
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(expires)
        .execute(conn)?;
    }
    Ok(())
}
