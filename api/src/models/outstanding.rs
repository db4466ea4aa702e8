//! What people still owe a call.

use crate::domain::documents::{FirstVersion, complete_at};
use crate::models::settlement::NOT_PASSED_BEFORE;
use crate::models::{degree, grading_settings};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::documents::DocumentRule;
use gestfg_types::grading::{Agreement, GradingRules};
use gestfg_types::ids::{CallId, DegreeId, EvaluationRequestId, UserId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What a student has handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedIn {
    /// For which evaluation request.
    pub request: EvaluationRequestId,
    /// Who.
    pub student: UserId,
    /// Since when nothing is missing, of the team's documents and their own.
    pub complete_at: Option<DateTime<Utc>>,
    /// Until when they were granted more time.
    pub extended_until: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct OwedRow {
    #[diesel(sql_type = BigInt)]
    request_id: i64,
    #[diesel(sql_type = BigInt)]
    student_id: i64,
    #[diesel(sql_type = BigInt)]
    degree_id: i64,
    #[diesel(sql_type = SmallInt)]
    academic_year: i16,
    #[diesel(sql_type = Timestamptz)]
    since: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    extended_until: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct FirstRow {
    #[diesel(sql_type = BigInt)]
    request_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    student_id: Option<i64>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}

/// What the students of these evaluation requests, or one of them, have handed
/// in of what the rules of their degree ask for.
///
/// # Errors
/// When the database cannot answer.
pub fn documents(
    conn: &mut PgConnection,
    requests: &[i64],
    only: Option<UserId>,
) -> QueryResult<Vec<HandedIn>> {
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let owed: Vec<OwedRow> = diesel::sql_query(format!(
        "SELECT r.id AS request_id, s.student_id, c.degree_id, c.academic_year, r.created_at AS since,
            (SELECT max(x.granted_until) FROM document_extensions x WHERE x.evaluation_request_id = r.id) AS extended_until
         FROM evaluation_requests r JOIN calls c ON c.id = r.call_id JOIN assignment_students s ON s.assignment_id = r.assignment_id
         WHERE r.id = ANY($1) AND ($2 IS NULL OR s.student_id = $2) AND {NOT_PASSED_BEFORE} ORDER BY r.id, s.student_id",
    ))
    .bind::<Array<BigInt>, _>(requests)
    .bind::<Nullable<BigInt>, _>(only.map(|id| id.0))
    .load(conn)?;
    let first: Vec<FirstRow> = diesel::sql_query(
        "SELECT evaluation_request_id AS request_id, student_id, kind, min(created_at) AS at FROM documents
         WHERE evaluation_request_id = ANY($1) GROUP BY evaluation_request_id, student_id, kind",
    )
    .bind::<Array<BigInt>, _>(requests)
    .load(conn)?;
    let mut there: HashMap<i64, Vec<FirstVersion>> = HashMap::new();
    for FirstRow { request_id, student_id, kind, at } in first {
        let version = FirstVersion { kind, student: student_id.map(UserId), at };
        there.entry(request_id).or_default().push(version);
    }
    let mut rules: HashMap<(i64, i16), Vec<DocumentRule>> = HashMap::new();
    let mut found = Vec::with_capacity(owed.len());
    for row in owed {
        let of = (row.degree_id, row.academic_year);
        if let Entry::Vacant(place) = rules.entry(of) {
            place.insert(degree::rules(conn, DegreeId(of.0), of.1)?.documents);
        }
        let rules = rules.get(&of).map(Vec::as_slice).unwrap_or_default();
        let there = there.get(&row.request_id).map(Vec::as_slice).unwrap_or_default();
        let student = UserId(row.student_id);
        found.push(HandedIn {
            request: EvaluationRequestId(row.request_id),
            student,
            complete_at: complete_at(rules, student, there, row.since),
            extended_until: row.extended_until,
        });
    }
    Ok(found)
}

/// Whether the tutor owes the report on a student of evaluation request `r`.
pub const UNREPORTED: &str = "EXISTS (
    SELECT 1 FROM assignment_students s
    LEFT JOIN defences f ON f.evaluation_request_id = r.id AND f.student_id = s.student_id AND f.state <> 'cancelled'
    WHERE s.assignment_id = r.assignment_id AND NOT EXISTS (SELECT 1 FROM passed_students y
        WHERE y.assignment_id = s.assignment_id AND y.student_id = s.student_id AND y.evaluation_request_id < r.id)
    AND (f.id IS NULL OR f.state <> 'not_presented' AND NOT EXISTS (
        SELECT 1 FROM mark_sheets h WHERE h.defence_id = f.id AND h.role = 'tutor' AND h.state = 'handed_in')))";

/// Defences of a call that wait for somebody's marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwedMarks {
    /// Which call.
    pub call: CallId,
    /// Whose marks.
    pub professor: UserId,
    /// Of how many defences.
    pub count: i64,
}

#[derive(QueryableByName)]
struct MarksRow {
    #[diesel(sql_type = BigInt)]
    call_id: i64,
    #[diesel(sql_type = BigInt)]
    degree_id: i64,
    #[diesel(sql_type = SmallInt)]
    academic_year: i16,
    #[diesel(sql_type = BigInt)]
    professor_id: i64,
    #[diesel(sql_type = Bool)]
    presides: bool,
    #[diesel(sql_type = BigInt)]
    sheets: i64,
    #[diesel(sql_type = BigInt)]
    words: i64,
}

/// Who owes marks, in one call or everywhere, everybody or one person: each
/// their own sheet, or the president alone where their word is the mark.
/// Nobody once the marks are published.
///
/// # Errors
/// When the database cannot answer.
pub fn marks(
    conn: &mut PgConnection,
    call: Option<CallId>,
    only: Option<UserId>,
) -> QueryResult<Vec<OwedMarks>> {
    let rows: Vec<MarksRow> = diesel::sql_query(
        "SELECT r.call_id, c.degree_id, c.academic_year, t.professor_id, COALESCE(s.acting_for, s.seat) = 'president' AS presides,
            count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM mark_sheets h WHERE h.defence_id = d.id AND h.role = 'committee'
                AND h.author_id = t.professor_id AND h.state = 'handed_in')) AS sheets,
            count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM agreed_marks g WHERE g.defence_id = d.id)) AS words
         FROM committee_sitters t
         JOIN committee_seats s ON s.committee_id = t.committee_id AND s.professor_id = t.professor_id
         JOIN defences d ON d.committee_id = t.committee_id AND d.state IN ('planned', 'held')
         JOIN evaluation_requests r ON r.id = d.evaluation_request_id AND r.state <> 'withdrawn'
         JOIN calls c ON c.id = r.call_id
         WHERE ($1 IS NULL OR r.call_id = $1) AND ($2 IS NULL OR t.professor_id = $2)
             AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.call_id = r.call_id AND m.state IN ('provisional', 'closed'))
         GROUP BY r.call_id, c.degree_id, c.academic_year, t.professor_id, presides ORDER BY r.call_id, t.professor_id",
    )
    .bind::<Nullable<BigInt>, _>(call.map(|id| id.0))
    .bind::<Nullable<BigInt>, _>(only.map(|id| id.0))
    .load(conn)?;
    let mut rules: HashMap<i64, GradingRules> = HashMap::new();
    let mut owed: Vec<OwedMarks> = Vec::new();
    for row in rows {
        if let Entry::Vacant(place) = rules.entry(row.call_id) {
            let degree = DegreeId(row.degree_id);
            place.insert(grading_settings::in_force(conn, degree, row.academic_year)?.rules);
        }
        let count = match rules.get(&row.call_id) {
            Some(rules) if rules.tutor_weight == 100 => 0,
            Some(rules) if rules.agreement == Agreement::President => {
                if row.presides {
                    row.words
                } else {
                    0
                }
            }
            _ => row.sheets,
        };
        let (call, professor) = (CallId(row.call_id), UserId(row.professor_id));
        match owed.last_mut().filter(|last| (last.call, last.professor) == (call, professor)) {
            Some(last) => last.count += count,
            None => owed.push(OwedMarks { call, professor, count }),
        }
    }
    owed.retain(|owed| owed.count > 0);
    Ok(owed)
}
