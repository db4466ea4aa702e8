//! What people are: a question that spans six tables, answered in one query.

use crate::schema::{professors, student_degrees, students};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb};
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::session::Roles;
use std::collections::HashMap;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Jsonb)]
    roles: serde_json::Value,
}

const QUERY: &str = "
    SELECT u.id, jsonb_build_object(
        'admin', u.is_admin,
        'professor', (SELECT jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name)
            FROM professors p JOIN departments d ON d.id = p.department_id WHERE p.user_id = u.id),
        'head_of', (SELECT jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name)
            FROM departments d WHERE d.head_id = u.id),
        'coordinates', COALESCE((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name) ORDER BY g.code)
            FROM degree_coordinators c JOIN degrees g ON g.id = c.degree_id WHERE c.professor_id = u.id), '[]'),
        'student', CASE WHEN EXISTS (SELECT 1 FROM students s WHERE s.user_id = u.id) THEN
            COALESCE((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name) ORDER BY g.code)
                FROM student_degrees e JOIN degrees g ON g.id = e.degree_id WHERE e.student_id = u.id), '[]') END
    ) AS roles
    FROM users u WHERE u.id = ANY($1)";

/// The roles of each of these people.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, people: &[i64]) -> QueryResult<HashMap<i64, Roles>> {
    let rows = diesel::sql_query(QUERY).bind::<Array<BigInt>, _>(people).load::<Row>(conn)?;
    rows.into_iter()
        .map(|row| {
            let roles = serde_json::from_value(row.roles)
                .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
            Ok((row.id, roles))
        })
        .collect()
}

/// The roles of one person.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection, user: UserId) -> QueryResult<Roles> {
    Ok(load(conn, &[user.0])?.remove(&user.0).unwrap_or_default())
}

/// Make someone a professor of this department, or no professor.
///
/// # Errors
/// When something refers to the professor or the database cannot answer.
pub fn set_department(
    conn: &mut PgConnection,
    user: UserId,
    department: Option<DepartmentId>,
) -> QueryResult<()> {
    match department {
        Some(department) => diesel::insert_into(professors::table)
            .values((professors::user_id.eq(user.0), professors::department_id.eq(department.0)))
            .on_conflict(professors::user_id)
            .do_update()
            .set(professors::department_id.eq(department.0))
            .execute(conn),
        None => {
            crate::models::removal::forget_availability(conn, user)?;
            diesel::delete(professors::table.find(user.0)).execute(conn)
        }
    }
    .map(drop)
}

/// Make someone a student of exactly these degrees, or no student.
///
/// # Errors
/// When something refers to the student or the database cannot answer.
pub fn set_degrees(conn: &mut PgConnection, user: UserId, degrees: Option<&[DegreeId]>) -> QueryResult<()> {
    let kept: Vec<i64> = degrees.unwrap_or_default().iter().map(|id| id.0).collect();
    diesel::delete(
        student_degrees::table
            .filter(student_degrees::student_id.eq(user.0))
            .filter(student_degrees::degree_id.ne_all(&kept)),
    )
    .execute(conn)?;
    if degrees.is_none() {
        return diesel::delete(students::table.find(user.0)).execute(conn).map(drop);
    }
    diesel::insert_into(students::table)
        .values(students::user_id.eq(user.0))
        .on_conflict_do_nothing()
        .execute(conn)?;
    let rows: Vec<_> = kept
        .iter()
        .map(|degree| (student_degrees::student_id.eq(user.0), student_degrees::degree_id.eq(*degree)))
        .collect();
    diesel::insert_into(student_degrees::table).values(rows).on_conflict_do_nothing().execute(conn).map(drop)
}
