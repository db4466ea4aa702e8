//! What a person has in hand, for what is due and how far they have come.

use crate::domain::actor::Actor;
use crate::domain::duties::{Studies, Work, Workload};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, ProjectId};
use gestfg_types::session::DegreeRef;

#[derive(QueryableByName)]
struct StudiesRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    has_project: bool,
}

#[derive(QueryableByName)]
struct WorkRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Timestamptz)]
    since: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    project_id: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = BigInt)]
    degree_id: i64,
    #[diesel(sql_type = Bool)]
    is_tutor: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    call_id: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    requested_at: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Everything this person has in hand in this academic year.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection, actor: &Actor, year: i16) -> QueryResult<Workload> {
    let mut load = Workload::default();
    let works = works(conn, actor)?;
    if actor.is_student {
        load.studies = studies(conn, actor)?;
        for studies in &mut load.studies {
            let own = |row: &&WorkRow| !row.is_tutor && row.degree_id == studies.degree.id.0;
            studies.work = works.iter().find(own).map(work);
        }
    }
    if actor.is_professor() {
        load.tutored = works.iter().filter(|row| row.is_tutor).map(work).collect();
        load.unassigned = unassigned(conn, actor, year)?;
    }
    if !actor.coordinates.is_empty() {
        load.entered = entered(conn, actor)?;
    }
    if !actor.coordinates.is_empty() || actor.head_of.is_some() {
        load.to_validate = to_validate(conn, actor)?;
    }
    Ok(load)
}

fn work(row: &WorkRow) -> Work {
    Work {
        assignment: AssignmentId(row.id),
        since: row.since,
        project: ProjectId(row.project_id),
        title: row.title.clone(),
        degree: DegreeId(row.degree_id),
        entered: row.call_id.map(CallId).zip(row.requested_at),
    }
}

fn studies(conn: &mut PgConnection, actor: &Actor) -> QueryResult<Vec<Studies>> {
    let rows = diesel::sql_query(
        "SELECT d.id, d.code, d.name,
             EXISTS (SELECT 1 FROM assignment_students a WHERE a.student_id = $1 AND a.is_active AND a.level = d.level) AS has_project
         FROM student_degrees s JOIN degrees d ON d.id = s.degree_id WHERE s.student_id = $1 ORDER BY d.code, d.id",
    )
    .bind::<BigInt, _>(actor.id.0)
    .load::<StudiesRow>(conn)?;
    Ok(rows
        .into_iter()
        .map(|StudiesRow { id, code, name, has_project }| Studies {
            degree: DegreeRef { id: DegreeId(id), code, name },
            has_project,
            work: None,
        })
        .collect())
}

/// Active assignments of a student or a tutor.
fn works(conn: &mut PgConnection, actor: &Actor) -> QueryResult<Vec<WorkRow>> {
    diesel::sql_query(
        "SELECT a.id, a.created_at AS since, p.id AS project_id, p.title, p.degree_id, p.tutor_id = $1 AS is_tutor,
             r.call_id, r.created_at AS requested_at
         FROM assignments a JOIN projects p ON p.id = a.project_id
         LEFT JOIN evaluation_requests r ON r.assignment_id = a.id AND r.state = 'requested' AND r.settled_at IS NULL
         WHERE a.is_active AND a.id IN (
             SELECT s.assignment_id FROM assignment_students s WHERE s.student_id = $1 AND s.is_active
             UNION SELECT t.id FROM assignments t JOIN projects q ON q.id = t.project_id WHERE q.tutor_id = $1 AND t.is_active)
         ORDER BY a.id",
    )
    .bind::<BigInt, _>(actor.id.0)
    .load(conn)
}

/// Published projects that still want students, by degree.
fn unassigned(conn: &mut PgConnection, actor: &Actor, year: i16) -> QueryResult<Vec<(DegreeId, i64)>> {
    let rows = diesel::sql_query(
        "SELECT p.degree_id AS id, count(*) AS count FROM projects p
         WHERE p.tutor_id = $1 AND p.state = 'published' AND p.academic_year >= $2
             AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.project_id = p.id AND a.state <> 'cancelled')
         GROUP BY p.degree_id ORDER BY p.degree_id",
    )
    .bind::<BigInt, _>(actor.id.0)
    .bind::<SmallInt, _>(year)
    .load::<CountRow>(conn)?;
    Ok(rows.into_iter().map(|row| (DegreeId(row.id), row.count)).collect())
}

/// Live requests in the calls of a coordinator.
fn entered(conn: &mut PgConnection, actor: &Actor) -> QueryResult<Vec<(CallId, i64)>> {
    let rows = diesel::sql_query(
        "SELECT r.call_id AS id, count(*) AS count FROM evaluation_requests r
         WHERE r.state = 'requested' AND r.degree_id = ANY($1) GROUP BY r.call_id ORDER BY r.call_id",
    )
    .bind::<Array<BigInt>, _>(actor.coordinates.iter().map(|id| id.0).collect::<Vec<_>>())
    .load::<CountRow>(conn)?;
    Ok(rows.into_iter().map(|row| (CallId(row.id), row.count)).collect())
}

/// Submitted projects of others that wait for a coordinator or a head.
fn to_validate(conn: &mut PgConnection, actor: &Actor) -> QueryResult<i64> {
    let row = diesel::sql_query(
        "SELECT $1 AS id, count(*) AS count FROM projects p JOIN professors t ON t.user_id = p.tutor_id
         WHERE p.state = 'submitted' AND (p.degree_id = ANY($2) OR t.department_id = $3)
             AND p.tutor_id <> $1 AND p.cotutor_id IS DISTINCT FROM $1",
    )
    .bind::<BigInt, _>(actor.id.0)
    .bind::<Array<BigInt>, _>(actor.coordinates.iter().map(|id| id.0).collect::<Vec<_>>())
    .bind::<Nullable<BigInt>, _>(actor.head_of.map(|id| id.0))
    .get_result::<CountRow>(conn)?;
    Ok(row.count)
}
