//! What closing minutes settles: requests that stand in no one's way any more, and assignments
//! that are finished.
//!
//! Who has failed, or did not come, keeps the project and can be entered in the next call; of a
//! team, those who have passed are not marked again.

use crate::schema::evaluation_requests;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use gestfg_types::ids::{AssignmentId, CallId};

/// Of students `s` of a request `r`: who has not passed in an earlier call.
pub(super) const NOT_PASSED_BEFORE: &str = "NOT EXISTS (SELECT 1 FROM passed_students y
    WHERE y.assignment_id = s.assignment_id AND y.student_id = s.student_id AND y.evaluation_request_id < r.id)";

#[derive(QueryableByName)]
struct Settled {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn assignments(rows: Vec<Settled>) -> Vec<AssignmentId> {
    rows.into_iter().map(|row| AssignmentId(row.id)).collect()
}

/// Settle the requests of a call whose minutes were just closed; answers the assignments that
/// are finished by it: those whose students have all passed, in this call or before.
///
/// # Errors
/// When the database cannot answer.
pub fn settle(conn: &mut PgConnection, call: CallId, now: DateTime<Utc>) -> QueryResult<Vec<AssignmentId>> {
    use evaluation_requests as r;
    diesel::update(r::table.filter(r::call_id.eq(call.0)).filter(r::state.eq("requested")))
        .set((r::settled_at.eq(now), r::version.eq(r::version + 1)))
        .execute(conn)?;
    diesel::sql_query(
        "UPDATE assignments a SET state = 'finished', is_active = false, version = version + 1 WHERE a.is_active
         AND EXISTS (SELECT 1 FROM evaluation_requests r WHERE r.assignment_id = a.id AND r.call_id = $1 AND r.state = 'requested')
         AND NOT EXISTS (SELECT 1 FROM assignment_students s WHERE s.assignment_id = a.id AND NOT EXISTS (
             SELECT 1 FROM passed_students p WHERE p.assignment_id = a.id AND p.student_id = s.student_id))
         RETURNING a.id",
    )
    .bind::<BigInt, _>(call.0)
    .load(conn)
    .map(assignments)
}

/// What has been built on the minutes of a call since they were closed.
#[derive(Debug, Clone, QueryableByName)]
pub struct BuiltOn {
    /// Title of a project of the call.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Whether it was entered in another call; else one of its students has another project.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub is_entered_again: bool,
}

/// The first thing that stands against opening the minutes of a call again: a project that was
/// entered in another call, or a student who was given another one.
///
/// # Errors
/// When the database cannot answer.
pub fn find_built_on(conn: &mut PgConnection, call: CallId) -> QueryResult<Option<BuiltOn>> {
    diesel::sql_query(
        "SELECT p.title, x.is_entered_again FROM evaluation_requests r JOIN projects p ON p.id = r.project_id
         CROSS JOIN LATERAL (
             SELECT true AS is_entered_again FROM evaluation_requests o
             WHERE o.assignment_id = r.assignment_id AND o.id <> r.id AND o.state = 'requested' AND o.id > r.id
             UNION ALL
             SELECT false FROM assignments a
             WHERE a.id = r.assignment_id AND a.state = 'finished' AND (EXISTS (
                 SELECT 1 FROM assignments b WHERE b.project_id = a.project_id AND b.is_active AND b.id <> a.id
             ) OR EXISTS (
                 SELECT 1 FROM assignment_students s JOIN assignment_students t ON t.student_id = s.student_id
                     AND t.level = s.level AND t.is_active AND t.assignment_id <> s.assignment_id
                 WHERE s.assignment_id = a.id))
         ) x
         WHERE r.call_id = $1 AND r.state = 'requested' AND r.settled_at IS NOT NULL ORDER BY r.id LIMIT 1",
    )
    .bind::<BigInt, _>(call.0)
    .get_result(conn)
    .optional()
}

/// Undo [`settle`], because the minutes are open again; answers the assignments that are active
/// again.
///
/// # Errors
/// When something was built on it, or the database cannot answer.
pub fn unsettle(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<AssignmentId>> {
    use evaluation_requests as r;
    diesel::update(r::table.filter(r::call_id.eq(call.0)).filter(r::settled_at.is_not_null()))
        .set((r::settled_at.eq(None::<DateTime<Utc>>), r::version.eq(r::version + 1)))
        .execute(conn)?;
    diesel::sql_query(
        "UPDATE assignments a SET state = 'active', is_active = true, version = version + 1 WHERE a.state = 'finished'
         AND EXISTS (SELECT 1 FROM evaluation_requests r WHERE r.assignment_id = a.id AND r.call_id = $1 AND r.state = 'requested')
         RETURNING a.id",
    )
    .bind::<BigInt, _>(call.0)
    .load(conn)
    .map(assignments)
}

/// A defence that will not take place.
#[derive(Debug, Clone, QueryableByName)]
pub struct Dropped {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Before which committee.
    #[diesel(sql_type = BigInt)]
    pub committee_id: i64,
}

/// Cancel the planned defences of a request that was taken back.
///
/// # Errors
/// When the database cannot answer.
pub fn drop_defences(conn: &mut PgConnection, request: i64) -> QueryResult<Vec<Dropped>> {
    diesel::sql_query(
        "UPDATE defences SET state = 'cancelled', version = version + 1
         WHERE evaluation_request_id = $1 AND state = 'planned' RETURNING id, committee_id",
    )
    .bind::<BigInt, _>(request)
    .load(conn)
}
