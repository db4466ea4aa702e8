//! Sittings of the year.

use crate::models::usage;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::sittings;
use crate::sql::{contains_pattern, fold_text};
use diesel::prelude::*;
use gestfg_types::errors::Usage;
use gestfg_types::ids::SittingId;
use serde::Serialize;

/// A stored sitting.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = sittings, check_for_backend(diesel::pg::Pg))]
pub struct SittingRow {
    /// Its id.
    pub id: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place in the year.
    pub position: i16,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Grows with every edit.
    pub version: i32,
}

/// A new sitting.
#[derive(Debug, Insertable)]
#[diesel(table_name = sittings)]
pub struct NewSitting<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its place in the year.
    pub position: i16,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = sittings)]
pub struct SittingChanges {
    /// New code.
    pub code: Option<String>,
    /// New name.
    pub name: Option<String>,
    /// New place in the year.
    pub position: Option<i16>,
    /// New standing.
    pub is_active: Option<bool>,
}

/// Which sittings to list.
#[derive(Debug, Clone, Default)]
pub struct SittingFilter {
    /// Part of the code or name, folded.
    pub q: Option<String>,
    /// Active ones, or the others.
    pub is_active: Option<bool>,
}

/// A page of sittings by their place in the year, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &SittingFilter,
    page: &PageParams<(i16, i64)>,
) -> QueryResult<Window<SittingRow>> {
    let filtered = || {
        let mut query = sittings::table.into_boxed();
        if let Some(q) = &filter.q {
            let pattern = contains_pattern(q);
            query = query.filter(
                fold_text(sittings::code).like(pattern.clone()).or(fold_text(sittings::name).like(pattern)),
            );
        }
        if let Some(active) = filter.is_active {
            query = query.filter(sittings::is_active.eq(active));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some((position, id)) = page.after {
        query = query.filter(
            sittings::position.gt(position).or(sittings::position.eq(position).and(sittings::id.gt(id))),
        );
    }
    let rows = query
        .order((sittings::position, sittings::id))
        .limit(page.fetch())
        .select(SittingRow::as_select())
        .load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.position, row.id))))
}

/// One sitting.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: SittingId) -> QueryResult<SittingRow> {
    sittings::table.find(id.0).select(SittingRow::as_select()).first(conn)
}

/// One sitting, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: SittingId) -> QueryResult<SittingRow> {
    sittings::table.find(id.0).select(SittingRow::as_select()).for_update().first(conn)
}

/// A new sitting.
///
/// # Errors
/// When the code is taken or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewSitting<'_>) -> QueryResult<SittingRow> {
    diesel::insert_into(sittings::table).values(new).returning(SittingRow::as_returning()).get_result(conn)
}

/// Edit one; its version grows.
///
/// # Errors
/// When the code is taken or the database cannot answer.
pub fn update(conn: &mut PgConnection, id: SittingId, changes: &SittingChanges) -> QueryResult<SittingRow> {
    diesel::update(sittings::table.find(id.0))
        .set((changes, sittings::version.eq(sittings::version + 1)))
        .returning(SittingRow::as_returning())
        .get_result(conn)
}

/// Remove one; nothing refers to sittings yet.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: SittingId) -> QueryResult<()> {
    diesel::delete(sittings::table.find(id.0)).execute(conn).map(drop)
}

/// What uses it.
///
/// # Errors
/// When the database cannot answer.
pub fn usage(conn: &mut PgConnection, id: SittingId) -> QueryResult<Vec<Usage>> {
    usage::find(
        conn,
        id.0,
        &[(
            "calls",
            "SELECT d.code || ' ' || c.academic_year AS name, c.id
             FROM calls c JOIN degrees d ON d.id = c.degree_id WHERE c.sitting_id = $1",
        )],
    )
}
