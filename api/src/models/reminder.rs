//! Reminders of the phases of calls: which phases are near, who has something
//! to do in them, and what was told already.

use crate::domain::reminders::Moment;
use crate::models::outstanding::{self, UNREPORTED};
use crate::models::settlement::NOT_PASSED_BEFORE;
use crate::models::statement::Statement;
use crate::schema::phase_notices;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Text, Timestamptz};
use gestfg_types::calls::{Phase, PhaseDates};
use gestfg_types::ids::{CallId, UserId};
use std::collections::BTreeSet;

/// A phase of a call that was opened.
#[derive(Debug, Clone)]
pub struct CalledPhase {
    /// Of which call.
    pub call: CallId,
    /// The call's degree.
    pub degree: i64,
    /// The call's academic year.
    pub year: i16,
    /// Degree code, sitting and year.
    pub name: String,
    /// When it is.
    pub dates: PhaseDates,
    /// Whether it lasts longer than the phase, for those who were granted it.
    pub is_extended: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    call_id: i64,
    #[diesel(sql_type = BigInt)]
    degree_id: i64,
    #[diesel(sql_type = SmallInt)]
    academic_year: i16,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    phase: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
}

const NAME: &str = "d.code || ' · ' || s.name || ' · ' || c.academic_year || '/' || lpad(((c.academic_year + 1) % 100)::text, 2, '0') AS name";

/// The phases that are open now: only these have reminders that may be due.
///
/// # Errors
/// When the database cannot answer.
pub fn list_phases(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Vec<CalledPhase>> {
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT c.id AS call_id, c.degree_id, c.academic_year, p.phase, p.starts_at, p.ends_at, {NAME}
         FROM call_phases p JOIN calls c ON c.id = p.call_id JOIN degrees d ON d.id = c.degree_id JOIN sittings s ON s.id = c.sitting_id
         WHERE c.opened_at IS NOT NULL AND p.starts_at <= $1 AND p.ends_at > $1 ORDER BY p.ends_at, c.id, p.phase",
    ))
    .bind::<Timestamptz, _>(now)
    .load(conn)?;
    Ok(rows.into_iter().filter_map(|row| called(row, false)).collect())
}

/// The ends until which handing in was extended for somebody, of calls whose
/// phase has begun.
///
/// # Errors
/// When the database cannot answer.
pub fn list_extended(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Vec<CalledPhase>> {
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT DISTINCT c.id AS call_id, c.degree_id, c.academic_year, p.phase, p.starts_at, x.until AS ends_at, {NAME}
         FROM (SELECT evaluation_request_id, max(granted_until) AS until FROM document_extensions
               GROUP BY evaluation_request_id) x
         JOIN evaluation_requests r ON r.id = x.evaluation_request_id AND r.state = 'requested' AND r.settled_at IS NULL
         JOIN calls c ON c.id = r.call_id JOIN degrees d ON d.id = c.degree_id JOIN sittings s ON s.id = c.sitting_id
         JOIN call_phases p ON p.call_id = c.id AND p.phase = 'material_submission'
         WHERE c.opened_at IS NOT NULL AND p.starts_at <= $1 AND x.until > $1 AND x.until > p.ends_at ORDER BY ends_at, c.id",
    ))
    .bind::<Timestamptz, _>(now)
    .load(conn)?;
    Ok(rows.into_iter().filter_map(|row| called(row, true)).collect())
}

fn called(row: Row, is_extended: bool) -> Option<CalledPhase> {
    Some(CalledPhase {
        call: CallId(row.call_id),
        degree: row.degree_id,
        year: row.academic_year,
        name: row.name,
        dates: PhaseDates {
            phase: Phase::from_name(&row.phase)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        },
        is_extended,
    })
}

/// Take a reminder, so that nobody else tells it, now or later. Says whether
/// it was still to be told.
///
/// # Errors
/// When the database cannot take it.
pub fn claim(
    conn: &mut PgConnection,
    phase: &CalledPhase,
    moment: Moment,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    use phase_notices as n;
    let told = n::table
        .filter(n::call_id.eq(phase.call.0))
        .filter(n::phase.eq(phase.dates.phase.as_str()))
        .filter(n::moment.eq(moment.as_str()))
        .filter(n::due_at.eq(due_at));
    // The usual answer, without a write.
    if diesel::select(diesel::dsl::exists(told)).get_result(conn)? {
        return Ok(false);
    }
    diesel::insert_into(n::table)
        .values((
            n::call_id.eq(phase.call.0),
            n::phase.eq(phase.dates.phase.as_str()),
            n::moment.eq(moment.as_str()),
            n::due_at.eq(due_at),
            n::told_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|count| count > 0)
}

/// Assignments `a` of projects `p` of the degree.
const ASSIGNED: &str = "FROM assignments a JOIN projects p ON p.id = a.project_id AND p.degree_id = ";
const STUDENTS: &str = "JOIN assignment_students s ON s.assignment_id = a.id";
const REQUESTED: &str = "EXISTS (SELECT 1 FROM evaluation_requests r WHERE r.assignment_id = a.id AND r.state = 'requested' AND r.settled_at IS NULL)";
/// Live requests `r` with their projects `p`, of the call.
const IN_CALL: &str = "FROM evaluation_requests r JOIN projects p ON p.id = r.project_id WHERE r.state = 'requested' AND r.settled_at IS NULL AND r.call_id = ";
/// Somebody who defends has not done so, or has no defence.
const UNDEFENDED: &str = "NOT EXISTS (SELECT 1 FROM defences f WHERE f.evaluation_request_id = r.id AND f.student_id = s.student_id
    AND f.state IN ('held', 'not_presented'))";

#[derive(QueryableByName)]
struct Person {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Who has something to do in a phase, or still has when it is about to end.
///
/// # Errors
/// When the database cannot answer.
pub fn list_concerned(
    conn: &mut PgConnection,
    phase: &CalledPhase,
    moment: Moment,
) -> QueryResult<Vec<UserId>> {
    let (degree, call) = (phase.degree, phase.call.0);
    let is_ending = moment != Moment::Opens;
    let mut query = Statement::new();
    match phase.dates.phase {
        Phase::ProjectAssignment => {
            query
                .sql("SELECT e.student_id AS id FROM student_degrees e JOIN degrees d ON d.id = e.degree_id WHERE e.degree_id = ")
                .bind(degree)
                // Who has finished the degree's project wants no other.
                .sql(
                    " AND NOT EXISTS (SELECT 1 FROM assignment_students s JOIN assignments a ON a.id = s.assignment_id JOIN projects p ON p.id = a.project_id
                        WHERE s.student_id = e.student_id AND (s.is_active AND s.level = d.level OR a.state = 'finished' AND p.degree_id = d.id))
                      UNION SELECT p.tutor_id FROM projects p WHERE p.state = 'published'
                        AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.project_id = p.id AND a.is_active) AND p.degree_id = ",
                )
                .bind(degree)
                .sql(" AND p.academic_year = ")
                .bind(phase.year);
        }
        Phase::EvaluationRequest => {
            let still = if is_ending { format!(" AND NOT {REQUESTED}") } else { String::new() };
            query.sql(format!("SELECT s.student_id AS id {ASSIGNED}")).bind(degree);
            query.sql(format!(" {STUDENTS} WHERE a.is_active{still}"));
            query.sql(format!(" UNION SELECT p.tutor_id {ASSIGNED}")).bind(degree);
            query.sql(format!(" WHERE a.is_active{still}"));
        }
        Phase::CommitteeFormation => {
            query.sql("SELECT professor_id AS id FROM degree_coordinators WHERE degree_id = ").bind(degree);
            if is_ending {
                query.sql(format!(" AND EXISTS (SELECT 1 {IN_CALL}")).bind(call);
                query.sql(
                    " AND NOT EXISTS (SELECT 1 FROM defences f WHERE f.evaluation_request_id = r.id AND f.state <> 'cancelled'))",
                );
            }
        }
        Phase::MaterialSubmission => return owing_documents(conn, phase),
        Phase::TutorReport => {
            query.sql(format!("SELECT p.tutor_id AS id {IN_CALL}")).bind(call);
            query.sql(format!(" AND {UNREPORTED}"));
        }
        Phase::Defence => {
            query.sql(
                "SELECT t.id FROM evaluation_requests r JOIN projects p ON p.id = r.project_id
                 JOIN assignment_students s ON s.assignment_id = r.assignment_id
                 CROSS JOIN LATERAL (VALUES (s.student_id), (p.tutor_id), (p.cotutor_id)) t (id)
                 WHERE t.id IS NOT NULL AND r.state = 'requested' AND r.settled_at IS NULL AND r.call_id = ",
            );
            query.bind(call).sql(format!(" AND {UNDEFENDED} AND {NOT_PASSED_BEFORE}"));
        }
        Phase::Grading => {
            query.sql(
                "SELECT t.id FROM (SELECT professor_id AS id FROM degree_coordinators WHERE degree_id = ",
            );
            query.bind(degree).sql(
                " UNION SELECT s.professor_id FROM committees k JOIN committee_seats s ON s.committee_id = k.id
                  WHERE COALESCE(s.acting_for, s.seat) = 'president' AND k.call_id = ",
            );
            query.bind(call).sql(") t");
            if is_ending {
                query.sql(" WHERE EXISTS (SELECT 1 FROM evaluation_requests r WHERE r.state <> 'withdrawn' AND r.call_id = ");
                query.bind(call);
                query.sql(
                    ") AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.state = 'closed' AND m.call_id = ",
                );
                query.bind(call).sql(")");
            }
        }
    }
    query.once();
    let found = query.load::<Person>(conn)?;
    let mut people: BTreeSet<UserId> = found.into_iter().map(|person| UserId(person.id)).collect();
    // Marks are written in both.
    if matches!(phase.dates.phase, Phase::Defence | Phase::Grading) {
        let owed = outstanding::marks(conn, Some(phase.call), None)?;
        people.extend(owed.into_iter().map(|owed| owed.professor));
    }
    Ok(people.into_iter().collect())
}

/// Students of a call who have not handed in everything, each at the end that
/// is theirs: that of the phase, or a later one that was granted.
fn owing_documents(conn: &mut PgConnection, phase: &CalledPhase) -> QueryResult<Vec<UserId>> {
    use crate::schema::evaluation_requests as r;
    let requests: Vec<i64> = r::table
        .filter(r::call_id.eq(phase.call.0))
        .filter(r::state.eq("requested"))
        .filter(r::settled_at.is_null())
        .select(r::id)
        .load(conn)?;
    let mut theirs = outstanding::documents(conn, &requests, None)?;
    theirs.retain(|student| student.complete_at.is_none());
    theirs.retain(|student| {
        let ends_at = phase.dates.ends_at;
        if phase.is_extended {
            student.extended_until == Some(ends_at)
        } else {
            student.extended_until.is_none_or(|until| until <= ends_at)
        }
    });
    Ok(theirs.into_iter().map(|student| student.student).collect())
}
