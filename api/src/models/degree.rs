//! Degrees, their coordinators and their rules.

use crate::models::usage;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{degree_coordinators, degree_rules, degrees, professors, users};
use crate::sql::{contains_pattern, fold_text};
use diesel::prelude::*;
use gestfg_types::errors::Usage;
use gestfg_types::ids::{DegreeId, UserId};
use gestfg_types::master::{DegreeRules, Level};
use gestfg_types::users::PersonRef;
use serde::Serialize;
use std::collections::HashMap;

/// A stored degree.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = degrees, check_for_backend(diesel::pg::Pg))]
pub struct DegreeRow {
    /// Its id.
    pub id: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `bachelor` or `master`.
    pub level: String,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Grows with every edit, of coordinators and rules too.
    pub version: i32,
}

/// A degree with what belongs to it.
#[derive(Debug, Clone, Serialize)]
pub struct WholeDegree {
    /// The degree.
    #[serde(flatten)]
    pub row: DegreeRow,
    /// Professors with duties over it, by name.
    pub coordinators: Vec<PersonRef>,
    /// Its rules in the academic year asked for.
    pub rules: DegreeRules,
}

/// A new degree.
#[derive(Debug, Insertable)]
#[diesel(table_name = degrees)]
pub struct NewDegree<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// `bachelor` or `master`.
    pub level: &'a str,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = degrees)]
pub struct DegreeChanges {
    /// New code.
    pub code: Option<String>,
    /// New name.
    pub name: Option<String>,
    /// New level.
    pub level: Option<String>,
    /// New standing.
    pub is_active: Option<bool>,
}

/// Which degrees to list.
#[derive(Debug, Clone, Default)]
pub struct DegreeFilter {
    /// Part of the code or name, folded.
    pub q: Option<String>,
    /// Active ones, or the others.
    pub is_active: Option<bool>,
    /// Of one level.
    pub level: Option<Level>,
}

/// A level as it is stored.
#[must_use]
pub const fn level_text(level: Level) -> &'static str {
    match level {
        Level::Bachelor => "bachelor",
        Level::Master => "master",
    }
}

/// A stored level; the schema lets no third value in.
#[must_use]
pub fn level_of(text: &str) -> Level {
    if text == "master" { Level::Master } else { Level::Bachelor }
}

/// A page of degrees by code, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &DegreeFilter,
    year: i16,
    page: &PageParams<(String, i64)>,
) -> QueryResult<Window<WholeDegree>> {
    let filtered = || {
        let mut query = degrees::table.into_boxed();
        if let Some(q) = &filter.q {
            let pattern = contains_pattern(q);
            query = query.filter(
                fold_text(degrees::code).like(pattern.clone()).or(fold_text(degrees::name).like(pattern)),
            );
        }
        if let Some(active) = filter.is_active {
            query = query.filter(degrees::is_active.eq(active));
        }
        if let Some(level) = filter.level {
            query = query.filter(degrees::level.eq(level_text(level)));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some((code, id)) = &page.after {
        query = query.filter(degrees::code.gt(code).or(degrees::code.eq(code).and(degrees::id.gt(id))));
    }
    let rows = query
        .order((degrees::code, degrees::id))
        .limit(page.fetch())
        .select(DegreeRow::as_select())
        .load(conn)?;
    let Window { rows, next_cursor, total } =
        page.window(rows, total, |row| Cursor::of(&(row.code.clone(), row.id)));
    Ok(Window { rows: complete(conn, rows, year)?, next_cursor, total })
}

/// One degree with what belongs to it.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: DegreeId, year: i16) -> QueryResult<WholeDegree> {
    let row = degrees::table.find(id.0).select(DegreeRow::as_select()).first(conn)?;
    complete(conn, vec![row], year)?.pop().ok_or(diesel::NotFound)
}

/// One degree, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: DegreeId) -> QueryResult<DegreeRow> {
    degrees::table.find(id.0).select(DegreeRow::as_select()).for_update().first(conn)
}

fn complete(conn: &mut PgConnection, rows: Vec<DegreeRow>, year: i16) -> QueryResult<Vec<WholeDegree>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut coordinators: HashMap<i64, Vec<PersonRef>> = HashMap::new();
    for (degree, id, first, last) in degree_coordinators::table
        .inner_join(professors::table.inner_join(users::table))
        .filter(degree_coordinators::degree_id.eq_any(&ids))
        .order((users::last_name, users::first_name, users::id))
        .select((degree_coordinators::degree_id, users::id, users::first_name, users::last_name))
        .load::<(i64, i64, String, String)>(conn)?
    {
        let person = PersonRef { id: UserId(id), name: format!("{first} {last}") };
        coordinators.entry(degree).or_default().push(person);
    }
    let mut rules = rules_of(conn, &ids, year)?;
    Ok(rows
        .into_iter()
        .map(|row| WholeDegree {
            coordinators: coordinators.remove(&row.id).unwrap_or_default(),
            rules: rules.remove(&row.id).unwrap_or_default(),
            row,
        })
        .collect())
}

/// The rules of degrees in an academic year: the newest written for it or for
/// a year before; those that have none follow the defaults.
///
/// # Errors
/// When the database cannot answer.
pub fn rules_of(
    conn: &mut PgConnection,
    degrees: &[i64],
    year: i16,
) -> QueryResult<HashMap<i64, DegreeRules>> {
    let rows = degree_rules::table
        .filter(degree_rules::degree_id.eq_any(degrees))
        .filter(degree_rules::academic_year.le(year))
        .distinct_on(degree_rules::degree_id)
        .order((degree_rules::degree_id, degree_rules::academic_year.desc()))
        .select((degree_rules::degree_id, degree_rules::rules))
        .load::<(i64, serde_json::Value)>(conn)?;
    rows.into_iter()
        .map(|(degree, rules)| {
            let rules = serde_json::from_value(rules)
                .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
            Ok((degree, rules))
        })
        .collect()
}

/// A new degree.
///
/// # Errors
/// When the code is taken or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewDegree<'_>) -> QueryResult<DegreeRow> {
    diesel::insert_into(degrees::table).values(new).returning(DegreeRow::as_returning()).get_result(conn)
}

/// Edit one; its version grows.
///
/// # Errors
/// When the code is taken or the database cannot answer.
pub fn update(conn: &mut PgConnection, id: DegreeId, changes: &DegreeChanges) -> QueryResult<()> {
    diesel::update(degrees::table.find(id.0))
        .set((changes, degrees::version.eq(degrees::version + 1)))
        .execute(conn)
        .map(drop)
}

/// Replace its coordinators.
///
/// # Errors
/// When one of them is no professor or the database cannot answer.
pub fn set_coordinators(conn: &mut PgConnection, id: DegreeId, people: &[UserId]) -> QueryResult<()> {
    use degree_coordinators as c;
    diesel::delete(c::table.filter(c::degree_id.eq(id.0))).execute(conn)?;
    let rows: Vec<_> =
        people.iter().map(|person| (c::degree_id.eq(id.0), c::professor_id.eq(person.0))).collect();
    diesel::insert_into(c::table).values(rows).execute(conn).map(drop)
}

/// Who coordinates it.
///
/// # Errors
/// When the database cannot answer.
pub fn coordinators(conn: &mut PgConnection, id: DegreeId) -> QueryResult<Vec<UserId>> {
    use degree_coordinators as c;
    let found: Vec<i64> =
        c::table.filter(c::degree_id.eq(id.0)).order(c::professor_id).select(c::professor_id).load(conn)?;
    Ok(found.into_iter().map(UserId).collect())
}

/// Its rules in an academic year.
///
/// # Errors
/// When the database cannot answer.
pub fn rules(conn: &mut PgConnection, id: DegreeId, year: i16) -> QueryResult<DegreeRules> {
    Ok(rules_of(conn, &[id.0], year)?.remove(&id.0).unwrap_or_default())
}

/// Those of these people who are not active professors.
///
/// # Errors
/// When the database cannot answer.
pub fn not_professors(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<UserId>> {
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let known: Vec<i64> = professors::table
        .inner_join(users::table)
        .filter(professors::user_id.eq_any(&ids))
        .filter(users::is_active)
        .select(professors::user_id)
        .load(conn)?;
    Ok(people.iter().copied().filter(|id| !known.contains(&id.0)).collect())
}

/// Write its rules from an academic year on; earlier years keep theirs.
///
/// # Errors
/// When the database cannot answer.
pub fn set_rules(conn: &mut PgConnection, id: DegreeId, year: i16, rules: &DegreeRules) -> QueryResult<()> {
    use degree_rules as r;
    let rules = serde_json::to_value(rules)
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    diesel::insert_into(r::table)
        .values((r::degree_id.eq(id.0), r::academic_year.eq(year), r::rules.eq(&rules)))
        .on_conflict((r::degree_id, r::academic_year))
        .do_update()
        .set(r::rules.eq(&rules))
        .execute(conn)
        .map(drop)
}

/// Remove one, with its coordinators and rules.
///
/// # Errors
/// When something still refers to it or the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: DegreeId) -> QueryResult<()> {
    diesel::delete(degrees::table.find(id.0)).execute(conn).map(drop)
}

/// What uses it.
///
/// # Errors
/// When the database cannot answer.
pub fn usage(conn: &mut PgConnection, id: DegreeId) -> QueryResult<Vec<Usage>> {
    usage::find(
        conn,
        id.0,
        &[
            ("projects", "SELECT title AS name, id FROM projects WHERE degree_id = $1"),
            (
                "students",
                "SELECT u.first_name || ' ' || u.last_name AS name, u.id
                 FROM student_degrees s JOIN users u ON u.id = s.student_id WHERE s.degree_id = $1",
            ),
            (
                "calls",
                "SELECT s.name || ' ' || c.academic_year AS name, c.id
                 FROM calls c JOIN sittings s ON s.id = c.sitting_id WHERE c.degree_id = $1",
            ),
            ("events", "SELECT title AS name, id FROM events WHERE degree_id = $1"),
        ],
    )
}
