//! Departments.

use crate::models::usage;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{areas, departments, professors, users};
use crate::sql::{contains_pattern, fold_text};
use diesel::prelude::*;
use gestfg_types::errors::Usage;
use gestfg_types::ids::{AreaId, DepartmentId, UserId};
use serde::Serialize;

/// A stored department.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = departments, check_for_backend(diesel::pg::Pg))]
pub struct DepartmentRow {
    /// Its id.
    pub id: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The area it counts with.
    pub area_id: i64,
    /// Who heads it.
    pub head_id: Option<i64>,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Grows with every edit.
    pub version: i32,
}

/// A department with the names of its area and head.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct NamedDepartment {
    /// The department.
    #[diesel(embed)]
    pub row: DepartmentRow,
    /// Its area's name.
    #[diesel(select_expression = areas::name)]
    pub area: String,
    /// Its head's names.
    #[diesel(select_expression = (users::first_name, users::last_name).nullable())]
    pub head: Option<(String, String)>,
}

/// A new department.
#[derive(Debug, Insertable)]
#[diesel(table_name = departments)]
pub struct NewDepartment<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The area it counts with.
    pub area_id: i64,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = departments)]
pub struct DepartmentChanges {
    /// New code.
    pub code: Option<String>,
    /// New name.
    pub name: Option<String>,
    /// New area.
    pub area_id: Option<i64>,
    /// New head, or none.
    pub head_id: Option<Option<i64>>,
    /// New standing.
    pub is_active: Option<bool>,
}

/// Which departments to list.
#[derive(Debug, Clone, Default)]
pub struct DepartmentFilter {
    /// Part of the code or name, folded.
    pub q: Option<String>,
    /// Active ones, or the others.
    pub is_active: Option<bool>,
    /// Those of one area.
    pub area: Option<AreaId>,
}

#[diesel::dsl::auto_type(no_type_alias)]
fn named() -> _ {
    departments::table
        .inner_join(areas::table)
        .left_join(users::table.on(departments::head_id.eq(users::id.nullable())))
}

/// A page of departments by code, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &DepartmentFilter,
    page: &PageParams<(String, i64)>,
) -> QueryResult<Window<NamedDepartment>> {
    let filtered = || {
        let mut query = named().into_boxed();
        if let Some(q) = &filter.q {
            let pattern = contains_pattern(q);
            query = query.filter(
                fold_text(departments::code)
                    .like(pattern.clone())
                    .or(fold_text(departments::name).like(pattern)),
            );
        }
        if let Some(active) = filter.is_active {
            query = query.filter(departments::is_active.eq(active));
        }
        if let Some(area) = filter.area {
            query = query.filter(departments::area_id.eq(area.0));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some((code, id)) = &page.after {
        query = query
            .filter(departments::code.gt(code).or(departments::code.eq(code).and(departments::id.gt(id))));
    }
    let rows = query
        .order((departments::code, departments::id))
        .limit(page.fetch())
        .select(NamedDepartment::as_select())
        .load(conn)?;
    Ok(page.window(rows, total, |found| Cursor::of(&(found.row.code.clone(), found.row.id))))
}

/// One department with its names.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: DepartmentId) -> QueryResult<NamedDepartment> {
    named().filter(departments::id.eq(id.0)).select(NamedDepartment::as_select()).first(conn)
}

/// One department, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: DepartmentId) -> QueryResult<DepartmentRow> {
    departments::table.find(id.0).select(DepartmentRow::as_select()).for_update().first(conn)
}

/// A new department.
///
/// # Errors
/// When the code is taken or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewDepartment<'_>) -> QueryResult<DepartmentRow> {
    diesel::insert_into(departments::table)
        .values(new)
        .returning(DepartmentRow::as_returning())
        .get_result(conn)
}

/// Edit one; its version grows.
///
/// # Errors
/// When the code is taken, the head heads another, or the database cannot answer.
pub fn update(
    conn: &mut PgConnection,
    id: DepartmentId,
    changes: &DepartmentChanges,
) -> QueryResult<DepartmentRow> {
    diesel::update(departments::table.find(id.0))
        .set((changes, departments::version.eq(departments::version + 1)))
        .returning(DepartmentRow::as_returning())
        .get_result(conn)
}

/// Remove one.
///
/// # Errors
/// When something still refers to it or the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: DepartmentId) -> QueryResult<()> {
    diesel::delete(departments::table.find(id.0)).execute(conn).map(drop)
}

/// Whether this professor teaches there and may log in.
///
/// # Errors
/// When the database cannot answer.
pub fn has_professor(conn: &mut PgConnection, id: DepartmentId, professor: UserId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        professors::table
            .inner_join(users::table)
            .filter(professors::user_id.eq(professor.0))
            .filter(professors::department_id.eq(id.0))
            .filter(users::is_active),
    ))
    .get_result(conn)
}

/// What uses it.
///
/// # Errors
/// When the database cannot answer.
pub fn usage(conn: &mut PgConnection, id: DepartmentId) -> QueryResult<Vec<Usage>> {
    usage::find(
        conn,
        id.0,
        &[
            (
                "professors",
                "SELECT u.first_name || ' ' || u.last_name AS name, u.id
                 FROM professors p JOIN users u ON u.id = p.user_id WHERE p.department_id = $1",
            ),
            ("events", "SELECT title AS name, id FROM events WHERE department_id = $1"),
        ],
    )
}
