//! What the calendar shows of calls, and whose it is.

use crate::domain::calls_ahead::DatedCall;
use crate::models::statement::Statement;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, SmallInt, Text, Timestamptz};
use gestfg_types::calls::{CallRef, Phase, PhaseDates, SittingRef};
use gestfg_types::ids::{CallId, DegreeId, SittingId, UserId};
use gestfg_types::session::DegreeRef;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    degree_id: i64,
    #[diesel(sql_type = Text)]
    degree_code: String,
    #[diesel(sql_type = Text)]
    degree_name: String,
    #[diesel(sql_type = SmallInt)]
    academic_year: i16,
    #[diesel(sql_type = BigInt)]
    sitting_id: i64,
    #[diesel(sql_type = Text)]
    sitting_code: String,
    #[diesel(sql_type = Text)]
    sitting_name: String,
    #[diesel(sql_type = Timestamptz)]
    updated_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Text)]
    phase: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
}

/// The opened calls with a phase that touches this time, whole, of these
/// degrees or of all.
///
/// # Errors
/// When the database cannot answer.
pub fn list_calls(
    conn: &mut PgConnection,
    degrees: Option<&[DegreeId]>,
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
) -> QueryResult<Vec<DatedCall>> {
    let mut query = Statement::new();
    query.sql(
        "SELECT c.id, c.degree_id, d.code AS degree_code, d.name AS degree_name, c.academic_year, c.sitting_id,
             s.code AS sitting_code, s.name AS sitting_name, c.updated_at, c.version, p.phase, p.starts_at, p.ends_at
         FROM calls c JOIN degrees d ON d.id = c.degree_id JOIN sittings s ON s.id = c.sitting_id
         JOIN call_phases p ON p.call_id = c.id
         WHERE c.opened_at IS NOT NULL AND EXISTS (SELECT 1 FROM call_phases t WHERE t.call_id = c.id AND t.ends_at > ",
    );
    query.bind(from);
    if let Some(to) = to {
        query.sql(" AND t.starts_at < ").bind(to);
    }
    query.sql(")");
    if let Some(degrees) = degrees {
        query.sql(" AND c.degree_id = ANY(").bind(degrees.iter().map(|id| id.0).collect::<Vec<_>>()).sql(")");
    }
    query.sql(" ORDER BY c.id");
    let mut calls: Vec<DatedCall> = Vec::new();
    for row in query.load::<Row>(conn)? {
        let dates = Phase::from_name(&row.phase).map(|phase| PhaseDates {
            phase,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        });
        match calls.last_mut().filter(|call| call.call.id.0 == row.id) {
            Some(call) => call.phases.extend(dates),
            None => calls.push(dated_call(row, dates)),
        }
    }
    for call in &mut calls {
        call.phases.sort_by_key(|dates| dates.phase);
    }
    Ok(calls)
}

fn dated_call(row: Row, dates: Option<PhaseDates>) -> DatedCall {
    let Row {
        id,
        degree_id,
        degree_code,
        degree_name,
        academic_year,
        sitting_id,
        sitting_code,
        sitting_name,
        ..
    } = row;
    DatedCall {
        call: CallRef {
            id: CallId(id),
            degree: DegreeRef { id: DegreeId(degree_id), code: degree_code, name: degree_name },
            academic_year,
            sitting: SittingRef { id: SittingId(sitting_id), code: sitting_code, name: sitting_name },
        },
        phases: dates.into_iter().collect(),
        revised_at: row.updated_at,
        version: row.version,
    }
}

/// The degrees whose dates concern this person: those they study, coordinate,
/// or tutor a project of this year or the last in. Of nobody's: none.
///
/// # Errors
/// When the database cannot answer.
pub fn degrees_of(conn: &mut PgConnection, person: UserId, year: i16) -> QueryResult<Vec<DegreeId>> {
    #[derive(QueryableByName)]
    struct Degree {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let rows = diesel::sql_query(
        "SELECT degree_id AS id FROM student_degrees WHERE student_id = $1
         UNION SELECT degree_id FROM degree_coordinators WHERE professor_id = $1
         UNION SELECT degree_id FROM projects WHERE (tutor_id = $1 OR cotutor_id = $1) AND academic_year >= $2 AND state <> 'withdrawn'
         ORDER BY id",
    )
    .bind::<BigInt, _>(person.0)
    .bind::<SmallInt, _>(year - 1)
    .load::<Degree>(conn)?;
    Ok(rows.into_iter().map(|row| DegreeId(row.id)).collect())
}
