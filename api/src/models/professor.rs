//! Professors, as everyone may see them.

use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{departments, professors, projects, users};
use crate::sql::{contains_pattern, fold_text};
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use gestfg_types::ids::DepartmentId;

/// A professor and their department.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ProfessorRow {
    /// Their id.
    pub id: i64,
    /// Given name.
    pub first_name: String,
    /// Family names.
    pub last_name: String,
    /// Department: its id, code and name.
    pub department: (i64, String, String),
}

/// Which professors to list.
#[derive(Debug, Clone, Default)]
pub struct ProfessorFilter {
    /// Words of the name.
    pub q: Option<String>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// Only those a visitor finds in the catalogue anyway.
    pub only_public: bool,
}

/// A degree hides its tutors from visitors by the rules of the project's year.
const TUTORS_ARE_PUBLIC: &str = "COALESCE((SELECT (r.rules->>'tutors_public')::boolean FROM degree_rules r
    WHERE r.degree_id = projects.degree_id AND r.academic_year <= projects.academic_year
    ORDER BY r.academic_year DESC LIMIT 1), true)";

/// A page of active professors by name, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &ProfessorFilter,
    page: &PageParams<(String, String, i64)>,
) -> QueryResult<Window<ProfessorRow>> {
    let filtered = || {
        let mut query = professors::table
            .inner_join(users::table)
            .inner_join(departments::table.on(departments::id.eq(professors::department_id)))
            .filter(users::is_active)
            .into_boxed();
        for word in filter.q.iter().flat_map(|q| q.split_whitespace()).take(10) {
            query = query.filter(users::name_folded.like(contains_pattern(word)));
        }
        if let Some(department) = filter.department {
            query = query.filter(professors::department_id.eq(department.0));
        }
        if filter.only_public {
            let tutored = projects::table
                .filter(
                    projects::tutor_id.eq(users::id).or(projects::cotutor_id.assume_not_null().eq(users::id)),
                )
                .filter(projects::state.eq("published"))
                .filter(sql::<Bool>(TUTORS_ARE_PUBLIC));
            query = query.filter(exists(tutored));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    let (last_name, first_name) = (fold_text(users::last_name), fold_text(users::first_name));
    if let Some((last, first, id)) = page.after.clone() {
        let (last, first) = (fold_text(last), fold_text(first));
        query = query.filter(
            last_name.gt(last.clone()).or(last_name
                .eq(last)
                .and(first_name.gt(first.clone()).or(first_name.eq(first).and(users::id.gt(id))))),
        );
    }
    let rows = query
        .order((last_name, first_name, users::id))
        .limit(page.fetch())
        .select((
            users::id,
            users::first_name,
            users::last_name,
            (departments::id, departments::code, departments::name),
        ))
        .load::<ProfessorRow>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(&row.last_name, &row.first_name, row.id))))
}
