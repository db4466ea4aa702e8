//! Reminders of the phases of calls: which phases are near, who has something
//! to do in them, and what was told already.

use crate::domain::reminders::Moment;
use crate::models::statement::Statement;
use crate::schema::phase_notices;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Text, Timestamptz};
use gestfg_types::calls::{Phase, PhaseDates};
use gestfg_types::ids::{CallId, UserId};

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

/// The phases that are open now: only these have reminders that may be due.
///
/// # Errors
/// When the database cannot answer.
pub fn list_phases(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Vec<CalledPhase>> {
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT c.id AS call_id, c.degree_id, c.academic_year, p.phase, p.starts_at, p.ends_at,
             d.code || ' · ' || s.name || ' · ' || c.academic_year || '/' || lpad(((c.academic_year + 1) % 100)::text, 2, '0') AS name
         FROM call_phases p JOIN calls c ON c.id = p.call_id JOIN degrees d ON d.id = c.degree_id JOIN sittings s ON s.id = c.sitting_id
         WHERE c.opened_at IS NOT NULL AND p.starts_at <= $1 AND p.ends_at > $1 ORDER BY p.ends_at, c.id, p.phase",
    )
    .bind::<Timestamptz, _>(now)
    .load(conn)?;
    let phases = rows.into_iter().filter_map(|row| {
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
        })
    });
    Ok(phases.collect())
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
const REQUESTED: &str = "EXISTS (SELECT 1 FROM evaluation_requests r WHERE r.assignment_id = a.id AND r.state = 'requested' AND r.settled_at IS NULL";

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
            let still =
                if moment == Moment::Opens { String::new() } else { format!(" AND NOT {REQUESTED})") };
            query.sql(format!("SELECT s.student_id AS id {ASSIGNED}")).bind(degree);
            query.sql(format!(" {STUDENTS} WHERE a.is_active{still}"));
            query.sql(format!(" UNION SELECT p.tutor_id {ASSIGNED}")).bind(degree);
            query.sql(format!(" WHERE a.is_active{still}"));
        }
        Phase::CommitteeFormation | Phase::Grading => {
            query.sql("SELECT professor_id AS id FROM degree_coordinators WHERE degree_id = ").bind(degree);
        }
        Phase::MaterialSubmission => {
            query.sql(format!("SELECT s.student_id AS id {ASSIGNED}")).bind(degree);
            query.sql(format!(" {STUDENTS} WHERE a.is_active AND {REQUESTED} AND r.call_id = "));
            query.bind(call).sql(")");
        }
        Phase::TutorReport => {
            query.sql(format!("SELECT p.tutor_id AS id {ASSIGNED}")).bind(degree);
            query.sql(format!(" WHERE a.is_active AND {REQUESTED} AND r.call_id = ")).bind(call).sql(")");
        }
        Phase::Defence => {
            query.sql(format!("SELECT s.student_id AS id {ASSIGNED}")).bind(degree);
            query.sql(format!(" {STUDENTS} WHERE a.is_active AND {REQUESTED} AND r.call_id = "));
            query.bind(call);
            query.sql(format!(") UNION SELECT t.id {ASSIGNED}")).bind(degree);
            query.sql(format!(
                " CROSS JOIN LATERAL (VALUES (p.tutor_id), (p.cotutor_id)) t (id) WHERE t.id IS NOT NULL AND a.is_active AND {REQUESTED} AND r.call_id = "
            ));
            query.bind(call).sql(")");
        }
    }
    #[derive(QueryableByName)]
    struct Person {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    query.once();
    Ok(query.load::<Person>(conn)?.into_iter().map(|person| UserId(person.id)).collect())
}
