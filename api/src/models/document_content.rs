//! The bytes of documents: those on their way in, and those that are kept.

use crate::schema::{document_contents as c, document_pieces as p};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
use gestfg_types::documents::DocumentStore;
use uuid::Uuid;

/// Bytes of a piece in the database; only the last of a content has fewer.
pub const PIECE: usize = 512 * 1024;

/// Make room for bytes that are about to come. Written before anything is
/// stored anywhere, so that whatever is left behind can be found.
///
/// # Errors
/// When the database cannot take it.
pub fn begin(conn: &mut PgConnection, id: Uuid, store: DocumentStore, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::insert_into(c::table)
        .values((c::id.eq(id), c::store.eq(store.as_str()), c::seen_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// Note that more has come, and what the bucket calls the upload. Says
/// whether it is still waited for.
///
/// # Errors
/// When the database cannot answer.
pub fn note_arrival(
    conn: &mut PgConnection,
    id: Uuid,
    multipart: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(c::table.find(id).filter(c::state.eq("receiving")))
        .set((c::seen_at.eq(now), multipart.map(|name| c::multipart_id.eq(name.to_owned()))))
        .execute(conn)
        .map(|count| count > 0)
}

/// Add the next piece. Says whether it was still waited for.
///
/// # Errors
/// When the database cannot take it.
pub fn add_piece(
    conn: &mut PgConnection,
    id: Uuid,
    position: i32,
    bytes: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    if !note_arrival(conn, id, None, now)? {
        return Ok(false);
    }
    diesel::insert_into(p::table)
        .values((p::content_id.eq(id), p::position.eq(position), p::bytes.eq(bytes)))
        .execute(conn)
        .map(|_| true)
}

/// Keep what has come for good. Says whether it was still waited for.
///
/// # Errors
/// When the database cannot take it.
pub fn keep(conn: &mut PgConnection, id: Uuid, size: i64, sha256: &[u8]) -> QueryResult<bool> {
    diesel::update(c::table.find(id).filter(c::state.eq("receiving")))
        .set((
            c::state.eq("kept"),
            c::size.eq(size),
            c::sha256.eq(sha256),
            c::multipart_id.eq(None::<String>),
        ))
        .execute(conn)
        .map(|count| count > 0)
}

/// Bytes that nobody waits for any more.
#[derive(Debug, Clone)]
pub struct Given {
    /// Which.
    pub id: Uuid,
    /// Whether they are, or may be, in the bucket.
    pub is_in_bucket: bool,
    /// What the bucket calls the upload.
    pub multipart: Option<String>,
}

/// Give up what is on its way in: it cannot be kept from here on. Nothing of
/// what is kept is ever given up.
///
/// # Errors
/// When the database cannot answer.
pub fn give_up(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Given>> {
    let found: Option<(String, Option<String>)> =
        diesel::update(c::table.find(id).filter(c::state.eq_any(["receiving", "dropped"])))
            .set(c::state.eq("dropped"))
            .returning((c::store, c::multipart_id))
            .get_result(conn)
            .optional()?;
    Ok(found.map(|(store, multipart)| Given {
        id,
        is_in_bucket: store == DocumentStore::Bucket.as_str(),
        multipart,
    }))
}

/// Give up everything that has been silent since this moment.
///
/// # Errors
/// When the database cannot answer.
pub fn give_up_silent(conn: &mut PgConnection, since: DateTime<Utc>) -> QueryResult<Vec<Given>> {
    let silent: Vec<Uuid> = c::table
        .filter(c::state.eq_any(["receiving", "dropped"]))
        .filter(c::seen_at.lt(since))
        .order(c::seen_at)
        .limit(100)
        .select(c::id)
        .load(conn)?;
    let mut given = Vec::new();
    for id in silent {
        given.extend(give_up(conn, id)?);
    }
    Ok(given)
}

/// Forget what was given up, pieces and all.
///
/// # Errors
/// When the database cannot answer.
pub fn forget(conn: &mut PgConnection, id: Uuid) -> QueryResult<()> {
    let dropped = c::table.filter(c::id.eq(id)).filter(c::state.eq("dropped")).select(c::id);
    diesel::delete(p::table.filter(p::content_id.eq_any(dropped))).execute(conn)?;
    diesel::delete(c::table.find(id).filter(c::state.eq("dropped"))).execute(conn).map(drop)
}

/// Contents whose time is over and whose bytes are still there, and whether in the bucket.
///
/// # Errors
/// When the database cannot answer.
pub fn list_expiring(conn: &mut PgConnection) -> QueryResult<Vec<(Uuid, bool)>> {
    let found: Vec<(Uuid, String)> = c::table
        .filter(c::state.eq("expiring"))
        .order(c::id)
        .limit(100)
        .select((c::id, c::store))
        .load(conn)?;
    Ok(found.into_iter().map(|(id, store)| (id, store == DocumentStore::Bucket.as_str())).collect())
}

/// The bytes of a content whose time is over are gone for good: those in the database with this,
/// and with them its words, kept to be compared and beside what has them in common.
///
/// # Errors
/// When the database cannot answer.
pub fn expire(conn: &mut PgConnection, id: Uuid) -> QueryResult<()> {
    let expiring = c::table.filter(c::id.eq(id)).filter(c::state.eq("expiring"));
    diesel::delete(p::table.filter(p::content_id.eq_any(expiring.select(c::id)))).execute(conn)?;
    let words = [
        "DELETE FROM deposit_texts WHERE document_id IN (SELECT id FROM documents WHERE content_id = $1)",
        "UPDATE similarity_matches SET passages = '[]' WHERE EXISTS (
             SELECT 1 FROM documents WHERE content_id = $1 AND id IN (document_id, earlier_id))",
    ];
    for statement in words {
        diesel::sql_query(statement).bind::<diesel::sql_types::Uuid, _>(id).execute(conn)?;
    }
    diesel::update(c::table.find(id).filter(c::state.eq("expiring")))
        .set(c::state.eq("expired"))
        .execute(conn)
        .map(drop)
}

/// A piece of what is kept.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn piece(conn: &mut PgConnection, id: Uuid, position: i32) -> QueryResult<Vec<u8>> {
    p::table.find((id, position)).select(p::bytes).first(conn)
}

/// A content that is kept, as it ought to be and as its pieces are.
#[derive(Debug, Clone, QueryableByName)]
pub struct Kept {
    /// Which.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// `database` or `bucket`.
    #[diesel(sql_type = Text)]
    pub store: String,
    /// Bytes there ought to be.
    #[diesel(sql_type = BigInt)]
    pub size: i64,
    /// Pieces in the database.
    #[diesel(sql_type = BigInt)]
    pub pieces: i64,
    /// Their bytes.
    #[diesel(sql_type = BigInt)]
    pub piece_bytes: i64,
    /// SHA-256 there ought to be.
    #[diesel(sql_type = diesel::sql_types::Binary)]
    pub sha256: Vec<u8>,
    /// Documents that have it: one.
    #[diesel(sql_type = BigInt)]
    pub documents: i64,
}

/// Everything that is kept, by id, so many after this one.
///
/// # Errors
/// When the database cannot answer.
pub fn list_kept(conn: &mut PgConnection, after: Uuid, limit: i64) -> QueryResult<Vec<Kept>> {
    diesel::sql_query(
        "SELECT c.id, c.store, c.size, c.sha256, count(p.position) AS pieces,
                COALESCE(sum(octet_length(p.bytes)), 0)::bigint AS piece_bytes,
                (SELECT count(*) FROM documents d WHERE d.content_id = c.id) AS documents
         FROM document_contents c LEFT JOIN document_pieces p ON p.content_id = c.id
         WHERE c.state = 'kept' AND c.id > $1 GROUP BY c.id ORDER BY c.id LIMIT $2",
    )
    .bind::<SqlUuid, _>(after)
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// Whether this is kept.
///
/// # Errors
/// When the database cannot answer.
pub fn is_kept(conn: &mut PgConnection, id: Uuid) -> QueryResult<bool> {
    let kept = c::table.find(id).filter(c::state.eq("kept"));
    diesel::select(diesel::dsl::exists(kept)).get_result(conn)
}

/// Which of these are known, kept or on their way.
///
/// # Errors
/// When the database cannot answer.
pub fn known(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    c::table.filter(c::id.eq_any(ids)).select(c::id).load(conn)
}

/// How much is kept where, and what the whole database takes.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Usage {
    /// Contents in the database.
    #[diesel(sql_type = BigInt)]
    pub in_database: i64,
    /// Their bytes.
    #[diesel(sql_type = BigInt)]
    pub bytes_in_database: i64,
    /// Contents in the bucket.
    #[diesel(sql_type = BigInt)]
    pub in_bucket: i64,
    /// Their bytes.
    #[diesel(sql_type = BigInt)]
    pub bytes_in_bucket: i64,
    /// What the whole database takes on its disk.
    #[diesel(sql_type = BigInt)]
    pub database_bytes: i64,
}

/// How much is kept where.
///
/// # Errors
/// When the database cannot answer.
pub fn usage(conn: &mut PgConnection) -> QueryResult<Usage> {
    diesel::sql_query(
        "SELECT count(*) FILTER (WHERE store = 'database') AS in_database,
                COALESCE(sum(size) FILTER (WHERE store = 'database'), 0)::bigint AS bytes_in_database,
                count(*) FILTER (WHERE store = 'bucket') AS in_bucket,
                COALESCE(sum(size) FILTER (WHERE store = 'bucket'), 0)::bigint AS bytes_in_bucket,
                pg_database_size(current_database()) AS database_bytes
         FROM document_contents WHERE state = 'kept'",
    )
    .get_result(conn)
}
