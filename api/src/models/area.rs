//! Areas.

use crate::models::usage;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::areas;
use crate::sql::{contains_pattern, fold_text};
use diesel::prelude::*;
use gestfg_types::errors::Usage;
use gestfg_types::ids::AreaId;
use serde::Serialize;

/// A stored area.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = areas, check_for_backend(diesel::pg::Pg))]
pub struct AreaRow {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Grows with every edit.
    pub version: i32,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = areas)]
pub struct AreaChanges {
    /// New name.
    pub name: Option<String>,
    /// New standing.
    pub is_active: Option<bool>,
}

/// Which areas to list.
#[derive(Debug, Clone, Default)]
pub struct AreaFilter {
    /// Part of the name, folded.
    pub q: Option<String>,
    /// Active ones, or the others.
    pub is_active: Option<bool>,
}

/// A page of areas by name, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &AreaFilter,
    page: &PageParams<(String, i64)>,
) -> QueryResult<Window<AreaRow>> {
    let filtered = || {
        let mut query = areas::table.into_boxed();
        if let Some(q) = &filter.q {
            query = query.filter(fold_text(areas::name).like(contains_pattern(q)));
        }
        if let Some(active) = filter.is_active {
            query = query.filter(areas::is_active.eq(active));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some((name, id)) = &page.after {
        query = query.filter(areas::name.gt(name).or(areas::name.eq(name).and(areas::id.gt(id))));
    }
    let rows =
        query.order((areas::name, areas::id)).limit(page.fetch()).select(AreaRow::as_select()).load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.name.clone(), row.id))))
}

/// One area.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: AreaId) -> QueryResult<AreaRow> {
    areas::table.find(id.0).select(AreaRow::as_select()).first(conn)
}

/// One area, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: AreaId) -> QueryResult<AreaRow> {
    areas::table.find(id.0).select(AreaRow::as_select()).for_update().first(conn)
}

/// A new area.
///
/// # Errors
/// When the name is taken or the database cannot answer.
pub fn create(conn: &mut PgConnection, name: &str) -> QueryResult<AreaRow> {
    diesel::insert_into(areas::table)
        .values(areas::name.eq(name))
        .returning(AreaRow::as_returning())
        .get_result(conn)
}

/// Edit one; its version grows.
///
/// # Errors
/// When the name is taken or the database cannot answer.
pub fn update(conn: &mut PgConnection, id: AreaId, changes: &AreaChanges) -> QueryResult<AreaRow> {
    diesel::update(areas::table.find(id.0))
        .set((changes, areas::version.eq(areas::version + 1)))
        .returning(AreaRow::as_returning())
        .get_result(conn)
}

/// Remove one.
///
/// # Errors
/// When something still refers to it or the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: AreaId) -> QueryResult<()> {
    diesel::delete(areas::table.find(id.0)).execute(conn).map(drop)
}

/// What uses it.
///
/// # Errors
/// When the database cannot answer.
pub fn usage(conn: &mut PgConnection, id: AreaId) -> QueryResult<Vec<Usage>> {
    usage::find(conn, id.0, &[("departments", "SELECT code AS name, id FROM departments WHERE area_id = $1")])
}
