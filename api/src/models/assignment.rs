//! Assignments: projects given to their students.

use crate::domain::actor::Actor;
use crate::domain::policy::{self, ProjectFacts};
use crate::models::project::state_of;
use crate::models::statement::{Statement, Value};
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{assignment_students, assignments, students};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz};
use gestfg_types::assignments::{AssignedStudent, AssignmentState};
use gestfg_types::ids::{AssignmentId, DegreeId, DepartmentId, ProjectId, UserId};
use serde::Serialize;

/// A stored assignment.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = assignments, check_for_backend(diesel::pg::Pg))]
pub struct AssignmentRow {
    /// Its id.
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// Where it is.
    pub state: String,
    /// Who assigned it.
    pub assigned_by: Option<i64>,
    /// Why it was undone.
    pub cancel_reason: Option<String>,
    /// When it was undone.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    pub version: i32,
}

/// An assignment with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct AssignmentDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// The project.
    #[diesel(sql_type = BigInt)]
    pub project_id: i64,
    /// The project's title.
    #[diesel(sql_type = Text)]
    pub project_title: String,
    /// Where the project is in its life.
    #[diesel(sql_type = Text)]
    pub project_state: String,
    /// The project's degree.
    #[diesel(sql_type = BigInt)]
    pub degree_id: i64,
    /// The degree's code.
    #[diesel(sql_type = Text)]
    pub degree_code: String,
    /// The degree's name.
    #[diesel(sql_type = Text)]
    pub degree_name: String,
    /// The tutor.
    #[diesel(sql_type = BigInt)]
    pub tutor_id: i64,
    /// The tutor's name.
    #[diesel(sql_type = Text)]
    pub tutor_name: String,
    /// The tutor's department.
    #[diesel(sql_type = BigInt)]
    pub department_id: i64,
    /// The co-tutor.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub cotutor_id: Option<i64>,
    /// The co-tutor's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub cotutor_name: Option<String>,
    /// Its students: id, name and address, in their places.
    #[diesel(sql_type = Jsonb)]
    pub students: serde_json::Value,
    /// Where it is.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Who assigned it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub assigner_id: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub assigner_name: Option<String>,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// When it was undone.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why it was undone.
    #[diesel(sql_type = Nullable<Text>)]
    pub cancel_reason: Option<String>,
    /// Its live evaluation request.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub evaluation_request_id: Option<i64>,
    /// The call that request is in.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub live_call_id: Option<i64>,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
}

impl AssignmentDetail {
    /// What counts for who may see or undo it.
    #[must_use]
    pub fn facts(&self) -> ProjectFacts {
        ProjectFacts {
            tutor: UserId(self.tutor_id),
            cotutor: self.cotutor_id.map(UserId),
            department: DepartmentId(self.department_id),
            degree: DegreeId(self.degree_id),
            state: state_of(&self.project_state),
        }
    }

    /// Its students, in their places.
    #[must_use]
    pub fn students(&self) -> Vec<AssignedStudent> {
        serde_json::from_value(self.students.clone()).unwrap_or_default()
    }

    /// Whether this person may know of it.
    #[must_use]
    pub fn is_visible_to(&self, actor: &Actor) -> bool {
        policy::may_see_assignment(actor, &self.facts(), &self.student_ids())
    }

    /// The ids of its students.
    #[must_use]
    pub fn student_ids(&self) -> Vec<UserId> {
        self.students().into_iter().map(|student| student.person.id).collect()
    }

    /// Its students and tutors, but for this person.
    #[must_use]
    pub fn concerned(&self, by: UserId) -> Vec<UserId> {
        let tutors = [Some(UserId(self.tutor_id)), self.cotutor_id.map(UserId)].into_iter().flatten();
        self.student_ids().into_iter().chain(tutors).filter(|person| *person != by).collect()
    }
}

/// Which assignments to list.
#[derive(Debug, Clone, Default)]
pub struct AssignmentFilter {
    /// Of this project.
    pub project: Option<ProjectId>,
    /// With this student.
    pub student: Option<UserId>,
    /// In this state.
    pub state: Option<AssignmentState>,
    /// Of projects of this degree.
    pub degree: Option<DegreeId>,
    /// With the viewer as student, tutor or co-tutor.
    pub mine: bool,
    /// Entered in a call, or not.
    pub requested: Option<bool>,
}

/// The state a column holds; the schema knows no others.
#[must_use]
pub fn assignment_state_of(text: &str) -> AssignmentState {
    match text {
        "finished" => AssignmentState::Finished,
        "cancelled" => AssignmentState::Cancelled,
        _ => AssignmentState::Active,
    }
}

pub(super) const COLUMNS: &str = "\
a.id, a.project_id, p.title AS project_title, p.state AS project_state, p.degree_id, d.code AS degree_code, d.name AS degree_name, \
p.tutor_id, t.first_name || ' ' || t.last_name AS tutor_name, tp.department_id, \
p.cotutor_id, c.first_name || ' ' || c.last_name AS cotutor_name, \
COALESCE((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.first_name || ' ' || u.last_name, 'email', u.email) ORDER BY s.position) \
FROM assignment_students s JOIN users u ON u.id = s.student_id WHERE s.assignment_id = a.id), '[]') AS students, \
a.state, b.id AS assigner_id, b.first_name || ' ' || b.last_name AS assigner_name, \
a.created_at, a.cancelled_at, a.cancel_reason, live.id AS evaluation_request_id, live.call_id AS live_call_id, a.version";

pub(super) const TABLES: &str = "\
assignments a JOIN projects p ON p.id = a.project_id JOIN degrees d ON d.id = p.degree_id \
JOIN professors tp ON tp.user_id = p.tutor_id JOIN users t ON t.id = p.tutor_id \
LEFT JOIN users c ON c.id = p.cotutor_id LEFT JOIN users b ON b.id = a.assigned_by \
LEFT JOIN evaluation_requests live ON live.assignment_id = a.id AND live.state = 'requested' AND live.settled_at IS NULL";

/// A page of the assignments this person may see, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    viewer: &Actor,
    filter: &AssignmentFilter,
    page: &PageParams<i64>,
) -> QueryResult<Window<AssignmentDetail>> {
    let filters = conditions(viewer, filter);
    let mut counting = Statement::new();
    counting.sql(format!("SELECT count(*) AS count FROM {TABLES} WHERE ")).append(&filters).once();
    let total = counting.count(conn)?;
    let mut statement = Statement::new();
    statement.sql(format!("SELECT {COLUMNS} FROM {TABLES} WHERE ")).append(&filters);
    if let Some(after) = page.after {
        statement.sql(" AND a.id < ").bind(after);
    }
    statement.sql(" ORDER BY a.id DESC LIMIT ").bind(page.fetch()).once();
    let rows = statement.load::<AssignmentDetail>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.id)))
}

pub(super) fn conditions(viewer: &Actor, filter: &AssignmentFilter) -> Statement {
    let mut s = Statement::new();
    let as_student =
        " EXISTS (SELECT 1 FROM assignment_students s WHERE s.assignment_id = a.id AND s.student_id = ";
    let mut own = Statement::new();
    own.sql("(p.tutor_id = ").bind(viewer.id.0).sql(" OR p.cotutor_id = ").bind(viewer.id.0);
    own.sql(" OR").sql(as_student).bind(viewer.id.0).sql("))");
    // The SQL of `policy::may_see_assignment`; a test compares them.
    if filter.mine {
        s.append(&own);
    } else if viewer.is_admin {
        s.sql("true");
    } else {
        s.sql("(").append(&own);
        let degrees: Vec<i64> = viewer.coordinates.iter().map(|degree| degree.0).collect();
        s.sql(" OR p.degree_id = ANY(").bind(degrees).sql(")");
        if let Some(department) = viewer.head_of {
            s.sql(" OR tp.department_id = ").bind(department.0);
        }
        s.sql(")");
    }
    if let Some(project) = filter.project {
        s.sql(" AND a.project_id = ").bind(project.0);
    }
    if let Some(student) = filter.student {
        s.sql(" AND").sql(as_student).bind(student.0).sql(")");
    }
    if let Some(state) = filter.state {
        s.sql(" AND a.state = ").bind(Value::from(state.as_str()));
    }
    if let Some(degree) = filter.degree {
        s.sql(" AND p.degree_id = ").bind(degree.0);
    }
    if let Some(requested) = filter.requested {
        s.sql(if requested { " AND live.id IS NOT NULL" } else { " AND live.id IS NULL" });
    }
    s
}

/// One assignment with everything that is shown of it.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: AssignmentId) -> QueryResult<AssignmentDetail> {
    diesel::sql_query(format!("SELECT {COLUMNS} FROM {TABLES} WHERE a.id = $1"))
        .bind::<BigInt, _>(id.0)
        .get_result(conn)
}

/// One assignment, if this person may see it: to others it does not exist.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_visible(
    conn: &mut PgConnection,
    id: AssignmentId,
    viewer: &Actor,
) -> QueryResult<AssignmentDetail> {
    let row = find(conn, id)?;
    if row.is_visible_to(viewer) { Ok(row) } else { Err(diesel::result::Error::NotFound) }
}

/// One assignment, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: AssignmentId) -> QueryResult<AssignmentRow> {
    assignments::table.find(id.0).select(AssignmentRow::as_select()).for_update().first(conn)
}

/// Lock students until the transaction ends, always in the same order, so that
/// two who take the same students wait for each other instead of deadlocking.
///
/// # Errors
/// When the database cannot answer.
pub fn lock_students(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<UserId>> {
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let locked: Vec<i64> = students::table
        .filter(students::user_id.eq_any(ids))
        .order(students::user_id)
        .select(students::user_id)
        .for_no_key_update()
        .load(conn)?;
    Ok(locked.into_iter().map(UserId).collect())
}

/// Those of these people with an active assignment at this level.
///
/// # Errors
/// When the database cannot answer.
pub fn list_assigned(conn: &mut PgConnection, people: &[UserId], level: &str) -> QueryResult<Vec<UserId>> {
    use assignment_students as s;
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let assigned: Vec<i64> = s::table
        .filter(s::student_id.eq_any(ids))
        .filter(s::level.eq(level))
        .filter(s::is_active)
        .select(s::student_id)
        .load(conn)?;
    Ok(assigned.into_iter().map(UserId).collect())
}

/// Give a project to its students.
///
/// # Errors
/// When the project or a student has one already, or the database cannot answer.
pub fn create(
    conn: &mut PgConnection,
    project: &crate::models::project::ProjectRow,
    team: &[UserId],
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<AssignmentRow> {
    let row: AssignmentRow = diesel::insert_into(assignments::table)
        .values((
            assignments::project_id.eq(project.id),
            assignments::level.eq(&project.level),
            assignments::capacity.eq(project.student_count),
            assignments::assigned_by.eq(by.0),
            assignments::created_at.eq(now),
        ))
        .returning(AssignmentRow::as_returning())
        .get_result(conn)?;
    let places: Vec<_> = team
        .iter()
        .zip(1i16..)
        .map(|(student, place)| {
            (
                assignment_students::assignment_id.eq(row.id),
                assignment_students::student_id.eq(student.0),
                assignment_students::position.eq(place),
                assignment_students::level.eq(&project.level),
                assignment_students::capacity.eq(project.student_count),
            )
        })
        .collect();
    diesel::insert_into(assignment_students::table).values(places).execute(conn)?;
    Ok(row)
}

/// Undo one; its version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn cancel(
    conn: &mut PgConnection,
    id: AssignmentId,
    reason: &str,
    now: DateTime<Utc>,
) -> QueryResult<AssignmentRow> {
    diesel::update(assignments::table.find(id.0))
        .set((
            assignments::state.eq(AssignmentState::Cancelled.as_str()),
            assignments::is_active.eq(false),
            assignments::cancel_reason.eq(reason),
            assignments::cancelled_at.eq(now),
            assignments::version.eq(assignments::version + 1),
        ))
        .returning(AssignmentRow::as_returning())
        .get_result(conn)
}
