//! Imports, and the mappings of columns that people corrected by hand.

use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{import_mappings, imports, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::{ImportId, UserId};
use gestfg_types::imports::{ImportField, ImportKind};
use serde_json::Value;
use std::collections::BTreeMap;

/// A stored import, without its file.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = imports, check_for_backend(diesel::pg::Pg))]
pub struct ImportRecord {
    /// Its id.
    pub id: i64,
    /// What it holds.
    pub kind: String,
    /// Where it is.
    pub state: String,
    /// Who gave it.
    pub created_by: i64,
    /// The file's name.
    pub file_name: String,
    /// What the caller asked for.
    pub options: Value,
    /// What was understood, with the hash of the header.
    pub layout: Value,
    /// How many rows of each outcome.
    pub summary: Value,
    /// How it was committed.
    pub mode: Option<String>,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// When its rows went in.
    pub committed_at: Option<DateTime<Utc>>,
    /// When its rows went out again.
    pub undone_at: Option<DateTime<Utc>>,
}

/// An import with the name of who gave it.
#[derive(Debug, Clone, Queryable)]
pub struct ImportWithAuthor {
    /// The import.
    pub record: ImportRecord,
    /// Their given name.
    pub first_name: String,
    /// Their family names.
    pub last_name: String,
}

/// What a preview found out.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the caller asked for.
    pub options: Value,
    /// What was understood.
    pub layout: Value,
    /// How many rows of each outcome.
    pub summary: Value,
}

/// A new preview.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    kind: ImportKind,
    author: UserId,
    (file_name, hash, file): (&str, &[u8], &[u8]),
    reading: &Reading,
) -> QueryResult<ImportId> {
    diesel::insert_into(imports::table)
        .values((
            imports::kind.eq(kind.as_str()),
            imports::created_by.eq(author.0),
            imports::file_name.eq(file_name),
            imports::file_hash.eq(hash),
            imports::file.eq(file),
            imports::options.eq(&reading.options),
            imports::layout.eq(&reading.layout),
            imports::summary.eq(&reading.summary),
        ))
        .returning(imports::id)
        .get_result(conn)
        .map(ImportId)
}

/// Stores what was found out anew.
///
/// # Errors
/// When the database cannot take it.
pub fn update_reading(conn: &mut PgConnection, id: ImportId, reading: &Reading) -> QueryResult<()> {
    diesel::update(imports::table.find(id.0))
        .set((
            imports::options.eq(&reading.options),
            imports::layout.eq(&reading.layout),
            imports::summary.eq(&reading.summary),
            imports::version.eq(imports::version + 1),
        ))
        .execute(conn)
        .map(drop)
}

/// A page of imports, newest first: of one person, or everybody's.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    author: Option<UserId>,
    page: &PageParams<i64>,
) -> QueryResult<Window<ImportWithAuthor>> {
    let mut count = imports::table.count().into_boxed();
    let mut query = imports::table
        .inner_join(users::table)
        .select((ImportRecord::as_select(), users::first_name, users::last_name))
        .order(imports::id.desc())
        .limit(page.fetch())
        .into_boxed();
    if let Some(author) = author {
        count = count.filter(imports::created_by.eq(author.0));
        query = query.filter(imports::created_by.eq(author.0));
    }
    if let Some(after) = page.after {
        query = query.filter(imports::id.lt(after));
    }
    let total = count.get_result(conn)?;
    let rows = query.load(conn)?;
    Ok(page.window(rows, total, |row: &ImportWithAuthor| Cursor::of(&row.record.id)))
}

/// One import.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: ImportId) -> QueryResult<ImportWithAuthor> {
    imports::table
        .inner_join(users::table)
        .filter(imports::id.eq(id.0))
        .select((ImportRecord::as_select(), users::first_name, users::last_name))
        .first(conn)
}

/// One import, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: ImportId) -> QueryResult<ImportRecord> {
    imports::table.find(id.0).select(ImportRecord::as_select()).for_update().first(conn)
}

/// The file as it was given.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn file(conn: &mut PgConnection, id: ImportId) -> QueryResult<Vec<u8>> {
    imports::table.find(id.0).select(imports::file).first(conn)
}

/// Removes a preview with its rows.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: ImportId) -> QueryResult<()> {
    diesel::delete(imports::table.find(id.0)).execute(conn).map(drop)
}

/// Removes previews of one person that they forgot; files are large.
///
/// # Errors
/// When the database cannot answer.
pub fn delete_forgotten(conn: &mut PgConnection, author: UserId, before: DateTime<Utc>) -> QueryResult<()> {
    diesel::delete(
        imports::table
            .filter(imports::created_by.eq(author.0))
            .filter(imports::state.eq("previewed"))
            .filter(imports::updated_at.lt(before)),
    )
    .execute(conn)
    .map(drop)
}

/// Notes that the rows went in.
///
/// # Errors
/// When the database cannot take it.
pub fn mark_committed(
    conn: &mut PgConnection,
    id: ImportId,
    mode: &str,
    summary: &Value,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(imports::table.find(id.0))
        .set((
            imports::state.eq("committed"),
            imports::mode.eq(mode),
            imports::summary.eq(summary),
            imports::committed_at.eq(now),
            imports::version.eq(imports::version + 1),
        ))
        .execute(conn)
        .map(drop)
}

/// Notes that the rows went out again.
///
/// # Errors
/// When the database cannot take it.
pub fn mark_undone(conn: &mut PgConnection, id: ImportId, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(imports::table.find(id.0))
        .set((
            imports::state.eq("undone"),
            imports::undone_at.eq(now),
            imports::version.eq(imports::version + 1),
        ))
        .execute(conn)
        .map(drop)
}

/// The mapping kept for a header, if any.
///
/// # Errors
/// When the database cannot answer.
pub fn find_mapping(
    conn: &mut PgConnection,
    kind: ImportKind,
    header: &[u8],
) -> QueryResult<Option<BTreeMap<ImportField, String>>> {
    let stored: Option<Value> = import_mappings::table
        .find((kind.as_str(), header))
        .select(import_mappings::mapping)
        .first(conn)
        .optional()?;
    Ok(stored.and_then(|mapping| serde_json::from_value(mapping).ok()))
}

/// Keeps a mapping for the next file with the same header.
///
/// # Errors
/// When the database cannot take it.
pub fn keep_mapping(
    conn: &mut PgConnection,
    kind: ImportKind,
    header: &[u8],
    mapping: &BTreeMap<ImportField, String>,
    by: UserId,
) -> QueryResult<()> {
    let mapping = serde_json::to_value(mapping).unwrap_or_default();
    diesel::insert_into(import_mappings::table)
        .values((
            import_mappings::kind.eq(kind.as_str()),
            import_mappings::header_hash.eq(header),
            import_mappings::mapping.eq(&mapping),
            import_mappings::updated_by.eq(by.0),
        ))
        .on_conflict((import_mappings::kind, import_mappings::header_hash))
        .do_update()
        .set((
            import_mappings::mapping.eq(&mapping),
            import_mappings::updated_by.eq(by.0),
            import_mappings::updated_at.eq(diesel::dsl::now),
        ))
        .execute(conn)
        .map(drop)
}
