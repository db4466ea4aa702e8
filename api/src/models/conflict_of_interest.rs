//! Declared conflicts of interest.

use crate::models::statement::Statement;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::conflicts_of_interest;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use gestfg_types::ids::{ConflictOfInterestId, ProjectId, UserId};
use serde::Serialize;

/// A declaration, with the names it is shown by.
#[derive(Debug, Clone, QueryableByName, Serialize)]
pub struct ConflictRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Whose.
    #[diesel(sql_type = BigInt)]
    pub professor_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub professor_name: String,
    /// The project they may not judge.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub project_id: Option<i64>,
    /// Its title.
    #[diesel(sql_type = Nullable<Text>)]
    pub project_title: Option<String>,
    /// The student they may not judge.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub student_id: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub student_name: Option<String>,
    /// The professor they may not sit beside.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub other_professor_id: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub other_professor_name: Option<String>,
    /// Why.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// Who declared it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub declared_by: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub declared_by_name: Option<String>,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub declared_at: DateTime<Utc>,
}

/// With whom or what somebody is in conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A project they may not judge.
    Project(ProjectId),
    /// A student they may not judge.
    Student(UserId),
    /// A professor they may not sit beside.
    Professor(UserId),
}

const SELECT: &str = "\
SELECT k.id, k.professor_id, a.first_name || ' ' || a.last_name AS professor_name, k.project_id, p.title AS project_title, \
k.student_id, s.first_name || ' ' || s.last_name AS student_name, \
k.other_professor_id, o.first_name || ' ' || o.last_name AS other_professor_name, \
k.reason, k.declared_by, d.first_name || ' ' || d.last_name AS declared_by_name, k.declared_at \
FROM conflicts_of_interest k JOIN users a ON a.id = k.professor_id LEFT JOIN projects p ON p.id = k.project_id \
LEFT JOIN users s ON s.id = k.student_id LEFT JOIN users o ON o.id = k.other_professor_id \
LEFT JOIN users d ON d.id = k.declared_by";

/// A page of declarations, the latest first: of one professor, or all.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    professor: Option<UserId>,
    page: &PageParams<i64>,
) -> QueryResult<Window<ConflictRow>> {
    use conflicts_of_interest as c;
    let mut counted = c::table.into_boxed();
    let mut listing = Statement::new();
    listing.sql(format!("{SELECT} WHERE true"));
    if let Some(professor) = professor {
        counted = counted.filter(c::professor_id.eq(professor.0));
        listing.sql(" AND k.professor_id = ").bind(professor.0);
    }
    if let Some(after) = page.after {
        listing.sql(" AND k.id < ").bind(after);
    }
    let total = counted.count().get_result(conn)?;
    listing.sql(" ORDER BY k.id DESC LIMIT ").bind(page.fetch());
    let rows = listing.load::<ConflictRow>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.id)))
}

/// One declaration.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: ConflictOfInterestId) -> QueryResult<ConflictRow> {
    diesel::sql_query(format!("{SELECT} WHERE k.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// Declare one.
///
/// # Errors
/// When it is declared already, somebody is unknown or the database cannot answer.
pub fn create(
    conn: &mut PgConnection,
    professor: UserId,
    target: Target,
    reason: &str,
    declared_by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<ConflictOfInterestId> {
    use conflicts_of_interest as c;
    let (project, student, other) = match target {
        Target::Project(id) => (Some(id.0), None, None),
        Target::Student(id) => (None, Some(id.0), None),
        Target::Professor(id) => (None, None, Some(id.0)),
    };
    diesel::insert_into(c::table)
        .values((
            c::professor_id.eq(professor.0),
            c::project_id.eq(project),
            c::student_id.eq(student),
            c::other_professor_id.eq(other),
            c::reason.eq(reason),
            c::declared_by.eq(declared_by.0),
            c::declared_at.eq(now),
        ))
        .returning(c::id)
        .get_result(conn)
        .map(ConflictOfInterestId)
}

/// Take one back.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: ConflictOfInterestId) -> QueryResult<()> {
    diesel::delete(conflicts_of_interest::table.find(id.0)).execute(conn).map(drop)
}
