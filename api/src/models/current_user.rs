//! Everything rules need to know of the person behind a request, in one query.

use crate::auth::current_user::{CurrentUser, Key, Origin};
use crate::domain::actor::Actor;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::session::Language;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    language: String,
    #[diesel(sql_type = Bool)]
    is_admin: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    department: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    head_of: Option<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    coordinates: Vec<i64>,
    #[diesel(sql_type = Bool)]
    is_student: bool,
}

const QUERY: &str = "
    SELECT u.id, u.first_name || ' ' || u.last_name AS name, u.language, u.is_admin,
           p.department_id AS department,
           (SELECT d.id FROM departments d WHERE d.head_id = u.id) AS head_of,
           ARRAY(SELECT c.degree_id FROM degree_coordinators c WHERE c.professor_id = u.id ORDER BY 1) AS coordinates,
           EXISTS (SELECT 1 FROM students s WHERE s.user_id = u.id) AS is_student
    FROM users u LEFT JOIN professors p ON p.user_id = u.id
    WHERE u.id = ANY($1) AND u.is_active";

impl Row {
    fn actor(&self) -> Actor {
        Actor {
            id: UserId(self.id),
            is_admin: self.is_admin,
            department: self.department.map(DepartmentId),
            head_of: self.head_of.map(DepartmentId),
            coordinates: self.coordinates.iter().copied().map(DegreeId).collect(),
            is_student: self.is_student,
        }
    }
}

/// The active person with this id.
///
/// # Errors
/// When the database cannot answer.
pub fn load(
    conn: &mut PgConnection,
    id: UserId,
    key: Key,
    origin: Origin,
) -> QueryResult<Option<CurrentUser>> {
    let row =
        diesel::sql_query(QUERY).bind::<Array<BigInt>, _>(vec![id.0]).get_result::<Row>(conn).optional()?;
    Ok(row.map(|row| CurrentUser {
        actor: row.actor(),
        name: row.name,
        language: if row.language == "en" { Language::En } else { Language::Es },
        key,
        origin,
    }))
}

/// What rules need to know of these people; the active ones only.
///
/// # Errors
/// When the database cannot answer.
pub fn load_actors(conn: &mut PgConnection, ids: &[UserId]) -> QueryResult<Vec<Actor>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = diesel::sql_query(QUERY).bind::<Array<BigInt>, _>(ids).load::<Row>(conn)?;
    Ok(rows.iter().map(Row::actor).collect())
}
