//! Assignments entered for evaluation in a call.

use crate::domain::actor::Actor;
use crate::models::assignment::{self, AssignmentDetail, AssignmentFilter};
use crate::models::statement::{Statement, Value};
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::evaluation_requests;
use crate::sql::contains_pattern;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::calls::{CallRef, SittingRef};
use gestfg_types::evaluation_requests::EvaluationRequestState;
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, EvaluationRequestId, SittingId, UserId};
use gestfg_types::session::DegreeRef;
use serde::Serialize;

/// A stored request.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = evaluation_requests, check_for_backend(diesel::pg::Pg))]
pub struct EvaluationRequestRow {
    /// Its id.
    pub id: i64,
    /// In which call.
    pub call_id: i64,
    /// The degree of both.
    pub degree_id: i64,
    /// Which assignment.
    pub assignment_id: i64,
    /// Where it is.
    pub state: String,
    /// Grows with every edit.
    pub version: i32,
}

/// A request with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct EvaluationRequestDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub request_id: i64,
    /// Where it is.
    #[diesel(sql_type = Text)]
    pub request_state: String,
    /// In which call.
    #[diesel(sql_type = BigInt)]
    pub call_id: i64,
    /// The call's year.
    #[diesel(sql_type = SmallInt)]
    pub academic_year: i16,
    /// The call's sitting.
    #[diesel(sql_type = BigInt)]
    pub sitting_id: i64,
    /// The sitting's code.
    #[diesel(sql_type = Text)]
    pub sitting_code: String,
    /// The sitting's name.
    #[diesel(sql_type = Text)]
    pub sitting_name: String,
    /// Who entered it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub requester_id: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub requester_name: Option<String>,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub requested_at: DateTime<Utc>,
    /// When it was taken back.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When the minutes of its call were closed.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub settled_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub request_version: i32,
    /// The assignment.
    #[diesel(embed)]
    pub assignment: AssignmentDetail,
}

impl EvaluationRequestDetail {
    /// The call, in passing.
    #[must_use]
    pub fn call(&self) -> CallRef {
        CallRef {
            id: CallId(self.call_id),
            degree: DegreeRef {
                id: DegreeId(self.assignment.degree_id),
                code: self.assignment.degree_code.clone(),
                name: self.assignment.degree_name.clone(),
            },
            academic_year: self.academic_year,
            sitting: SittingRef {
                id: SittingId(self.sitting_id),
                code: self.sitting_code.clone(),
                name: self.sitting_name.clone(),
            },
        }
    }
}

/// Which requests to list.
#[derive(Debug, Clone, Default)]
pub struct EvaluationRequestFilter {
    /// In this call.
    pub call: Option<CallId>,
    /// Of this degree.
    pub degree: Option<DegreeId>,
    /// Of this assignment.
    pub assignment: Option<AssignmentId>,
    /// In this state.
    pub state: Option<EvaluationRequestState>,
    /// With the viewer as student, tutor or co-tutor.
    pub mine: bool,
    /// Part of the title or of the name of a student or tutor, folded.
    pub q: Option<String>,
}

/// The state a column holds; the schema knows no others.
#[must_use]
pub fn request_state_of(text: &str) -> EvaluationRequestState {
    EvaluationRequestState::from_name(text).unwrap_or(EvaluationRequestState::Withdrawn)
}

fn select() -> String {
    format!(
        "SELECT r.id AS request_id, r.state AS request_state, r.call_id, k.academic_year, k.sitting_id, \
         sit.code AS sitting_code, sit.name AS sitting_name, q.id AS requester_id, \
         q.first_name || ' ' || q.last_name AS requester_name, r.created_at AS requested_at, r.withdrawn_at, r.settled_at, \
         r.version AS request_version, {} FROM {}",
        assignment::COLUMNS,
        tables()
    )
}

fn tables() -> String {
    format!(
        "{} JOIN evaluation_requests r ON r.assignment_id = a.id JOIN calls k ON k.id = r.call_id \
         JOIN sittings sit ON sit.id = k.sitting_id LEFT JOIN users q ON q.id = r.requested_by",
        assignment::TABLES
    )
}

fn conditions(viewer: &Actor, filter: &EvaluationRequestFilter) -> Statement {
    // Whoever sees the assignment sees its requests.
    let seen = AssignmentFilter { degree: filter.degree, mine: filter.mine, ..AssignmentFilter::default() };
    let mut s = assignment::conditions(viewer, &seen);
    if let Some(call) = filter.call {
        s.sql(" AND r.call_id = ").bind(call.0);
    }
    if let Some(assignment) = filter.assignment {
        s.sql(" AND r.assignment_id = ").bind(assignment.0);
    }
    if let Some(state) = filter.state {
        s.sql(" AND r.state = ").bind(Value::from(state.as_str()));
    }
    if let Some(q) = &filter.q {
        let pattern = contains_pattern(q);
        s.sql(" AND (p.title_folded LIKE ").bind(pattern.as_str()).sql(" OR t.name_folded LIKE ");
        s.bind(pattern.as_str()).sql(
            " OR EXISTS (SELECT 1 FROM assignment_students s JOIN users u ON u.id = s.student_id \
             WHERE s.assignment_id = a.id AND u.name_folded LIKE ",
        );
        s.bind(pattern.as_str()).sql("))");
    }
    s
}

/// A page of the requests this person may see, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    viewer: &Actor,
    filter: &EvaluationRequestFilter,
    page: &PageParams<i64>,
) -> QueryResult<Window<EvaluationRequestDetail>> {
    let wanted = conditions(viewer, filter);
    let mut counting = Statement::new();
    counting.sql(format!("SELECT count(*) AS count FROM {} WHERE ", tables())).append(&wanted).once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    listing.sql(select()).sql(" WHERE ").append(&wanted);
    if let Some(after) = page.after {
        listing.sql(" AND r.id < ").bind(after);
    }
    listing.sql(" ORDER BY r.id DESC LIMIT ").bind(page.fetch()).once();
    let rows = listing.load::<EvaluationRequestDetail>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.request_id)))
}

/// The live requests of a call, by title.
///
/// # Errors
/// When the database cannot answer.
pub fn all_live(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<EvaluationRequestDetail>> {
    let condition = "WHERE r.call_id = $1 AND r.state = 'requested' ORDER BY p.title_folded, r.id";
    diesel::sql_query(format!("{} {condition}", select())).bind::<BigInt, _>(call.0).load(conn)
}

/// One request with everything that is shown of it.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: EvaluationRequestId) -> QueryResult<EvaluationRequestDetail> {
    diesel::sql_query(format!("{} WHERE r.id = $1", select())).bind::<BigInt, _>(id.0).get_result(conn)
}

/// One request, if this person may see it: to others it does not exist.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_visible(
    conn: &mut PgConnection,
    id: EvaluationRequestId,
    viewer: &Actor,
) -> QueryResult<EvaluationRequestDetail> {
    let row = find(conn, id)?;
    if row.assignment.is_visible_to(viewer) { Ok(row) } else { Err(diesel::NotFound) }
}

/// One request, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: EvaluationRequestId) -> QueryResult<EvaluationRequestRow> {
    evaluation_requests::table.find(id.0).select(EvaluationRequestRow::as_select()).for_update().first(conn)
}

/// Enter an assignment in a call.
///
/// # Errors
/// When it is in one already, is of another degree, or the database cannot answer.
pub fn create(
    conn: &mut PgConnection,
    call: CallId,
    assignment: &AssignmentDetail,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<EvaluationRequestRow> {
    use evaluation_requests as r;
    diesel::insert_into(r::table)
        .values((
            r::call_id.eq(call.0),
            r::degree_id.eq(assignment.degree_id),
            r::project_id.eq(assignment.project_id),
            r::assignment_id.eq(assignment.id),
            r::requested_by.eq(by.0),
            r::created_at.eq(now),
        ))
        .returning(EvaluationRequestRow::as_returning())
        .get_result(conn)
}

/// Take one back; its version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn withdraw(
    conn: &mut PgConnection,
    id: EvaluationRequestId,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<EvaluationRequestRow> {
    use evaluation_requests as r;
    diesel::update(r::table.find(id.0))
        .set((
            r::state.eq(EvaluationRequestState::Withdrawn.as_str()),
            r::withdrawn_by.eq(by.0),
            r::withdrawn_at.eq(now),
            r::version.eq(r::version + 1),
        ))
        .returning(EvaluationRequestRow::as_returning())
        .get_result(conn)
}
