//! What a person has in hand, for what is due and how far they have come.

use crate::domain::actor::Actor;
use crate::domain::duties::{Entered, Studies, Work, Workload};
use crate::models::outstanding::{self, UNREPORTED};
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
    #[diesel(sql_type = Nullable<Timestamptz>)]
    applied_at: Option<DateTime<Utc>>,
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
    #[diesel(sql_type = Bool)]
    is_finished: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    request_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    call_id: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    requested_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    is_over: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    defended_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    is_absent: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    marked_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    has_passed: bool,
    #[diesel(sql_type = Bool)]
    is_reported: bool,
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
        let own = || works.iter().filter(|row| !row.is_tutor);
        let requests: Vec<i64> = own().filter_map(|row| row.request_id).collect();
        let documents = outstanding::documents(conn, &requests, Some(actor.id))?;
        for studies in &mut load.studies {
            // The active one is the first.
            let Some(row) = own().find(|row| row.degree_id == studies.degree.id.0) else { continue };
            let mut work = work(row);
            let theirs = documents.iter().find(|of| Some(of.request.0) == row.request_id);
            if let (Some(entered), Some(theirs)) = (&mut work.entered, theirs) {
                entered.documents_at = theirs.complete_at;
                entered.extended_until = theirs.extended_until;
            }
            studies.work = Some(work);
        }
    }
    if actor.is_professor() {
        load.tutored = works.iter().filter(|row| row.is_tutor).map(work).collect();
        load.unassigned = unassigned(conn, actor, year)?;
    }
    if !actor.coordinates.is_empty() {
        load.to_place = to_place(conn, actor)?;
    }
    if actor.is_professor() {
        let owed = outstanding::marks(conn, None, Some(actor.id))?;
        load.to_mark = owed.into_iter().map(|owed| (owed.call, owed.count)).collect();
        load.to_close = to_close(conn, actor, year)?;
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
        is_finished: row.is_finished,
        entered: row.call_id.zip(row.requested_at).map(|(call, at)| Entered {
            is_over: row.is_over,
            defended_at: row.defended_at,
            is_absent: row.is_absent,
            marked_at: row.marked_at,
            has_passed: row.has_passed,
            is_reported: row.is_reported,
            ..Entered::new(CallId(call), at)
        }),
    }
}

fn studies(conn: &mut PgConnection, actor: &Actor) -> QueryResult<Vec<Studies>> {
    let rows = diesel::sql_query(
        "SELECT d.id, d.code, d.name,
             EXISTS (SELECT 1 FROM assignment_students m JOIN assignments a ON a.id = m.assignment_id JOIN projects p ON p.id = a.project_id
                 WHERE m.student_id = $1 AND (m.is_active AND m.level = d.level OR a.state = 'finished' AND p.degree_id = d.id)) AS has_project,
             (SELECT max(m.confirmed_at) FROM application_members m JOIN applications a ON a.id = m.application_id
                 WHERE m.student_id = $1 AND m.is_live AND a.degree_id = d.id) AS applied_at
         FROM student_degrees s JOIN degrees d ON d.id = s.degree_id WHERE s.student_id = $1 ORDER BY d.code, d.id",
    )
    .bind::<BigInt, _>(actor.id.0)
    .load::<StudiesRow>(conn)?;
    Ok(rows
        .into_iter()
        .map(|StudiesRow { id, code, name, has_project, applied_at }| Studies {
            degree: DegreeRef { id: DegreeId(id), code, name },
            has_project,
            applied_at,
            work: None,
        })
        .collect())
}

/// Assignments of a student that were not cancelled, the active ones first, and
/// active ones of a tutor. Each with the call it is entered in, or was last.
fn works(conn: &mut PgConnection, actor: &Actor) -> QueryResult<Vec<WorkRow>> {
    diesel::sql_query(format!(
        "SELECT a.id, a.created_at AS since, p.id AS project_id, p.title, p.degree_id, p.tutor_id = $1 AS is_tutor,
             a.state = 'finished' AS is_finished, r.id AS request_id, r.call_id, r.created_at AS requested_at,
             r.settled_at IS NOT NULL AS is_over,
             CASE WHEN d.state = 'held' THEN COALESCE(d.starts_at, d.updated_at) END AS defended_at,
             COALESCE(d.state = 'not_presented', false) AS is_absent,
             m.published_at AS marked_at, COALESCE(r.has_passed, false) AS has_passed,
             r.id IS NOT NULL AND NOT {UNREPORTED} AS is_reported
         FROM assignments a JOIN projects p ON p.id = a.project_id
         LEFT JOIN LATERAL (SELECT q.id, q.assignment_id, q.call_id, q.settled_at, q.created_at,
                 EXISTS (SELECT 1 FROM passed_students y WHERE y.evaluation_request_id = q.id AND y.student_id = $1) AS has_passed
             FROM evaluation_requests q
             WHERE q.assignment_id = a.id AND q.state = 'requested' ORDER BY has_passed DESC, q.settled_at IS NULL DESC, q.id DESC LIMIT 1) r ON true
         LEFT JOIN defences d ON d.evaluation_request_id = r.id AND d.student_id = $1 AND d.state <> 'cancelled'
         LEFT JOIN LATERAL (SELECT k.published_at FROM minutes k JOIN minutes_entries e ON e.minutes_id = k.id
             WHERE k.call_id = r.call_id AND k.state IN ('provisional', 'closed') AND e.defence_id = d.id LIMIT 1) m ON true
         WHERE a.id IN (
             SELECT s.assignment_id FROM assignment_students s JOIN assignments b ON b.id = s.assignment_id
                 WHERE s.student_id = $1 AND b.state <> 'cancelled'
             UNION SELECT t.id FROM assignments t JOIN projects q ON q.id = t.project_id WHERE q.tutor_id = $1 AND t.is_active)
         ORDER BY a.is_active DESC, a.id DESC",
    ))
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

fn coordinated(actor: &Actor) -> Vec<i64> {
    actor.coordinates.iter().map(|id| id.0).collect()
}

/// Live requests in the calls of a coordinator that were given no defence.
fn to_place(conn: &mut PgConnection, actor: &Actor) -> QueryResult<Vec<(CallId, i64)>> {
    let rows = diesel::sql_query(
        "SELECT r.call_id AS id, count(*) AS count FROM evaluation_requests r
         WHERE r.state = 'requested' AND r.settled_at IS NULL AND r.degree_id = ANY($1)
             AND NOT EXISTS (SELECT 1 FROM defences d WHERE d.evaluation_request_id = r.id AND d.state <> 'cancelled')
         GROUP BY r.call_id ORDER BY r.call_id",
    )
    .bind::<Array<BigInt>, _>(coordinated(actor))
    .load::<CountRow>(conn)?;
    Ok(rows.into_iter().map(|row| (CallId(row.id), row.count)).collect())
}

/// Requests in the calls of a coordinator or a president, this year's and last
/// year's, whose minutes are not closed.
fn to_close(conn: &mut PgConnection, actor: &Actor, year: i16) -> QueryResult<Vec<(CallId, i64)>> {
    let rows = diesel::sql_query(
        "SELECT r.call_id AS id, count(*) AS count FROM evaluation_requests r JOIN calls c ON c.id = r.call_id
         WHERE r.state <> 'withdrawn' AND c.academic_year >= $3 AND r.call_id IN (
                 SELECT o.id FROM calls o WHERE o.degree_id = ANY($2)
                 UNION SELECT k.call_id FROM committees k JOIN committee_seats s ON s.committee_id = k.id
                     WHERE s.professor_id = $1 AND COALESCE(s.acting_for, s.seat) = 'president')
             AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.call_id = r.call_id AND m.state = 'closed')
         GROUP BY r.call_id ORDER BY r.call_id",
    )
    .bind::<BigInt, _>(actor.id.0)
    .bind::<Array<BigInt>, _>(coordinated(actor))
    .bind::<SmallInt, _>(year - 1)
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
    .bind::<Array<BigInt>, _>(coordinated(actor))
    .bind::<Nullable<BigInt>, _>(actor.head_of.map(|id| id.0))
    .get_result::<CountRow>(conn)?;
    Ok(row.count)
}
