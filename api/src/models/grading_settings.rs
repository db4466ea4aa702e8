//! How final marks of a degree are made, year by year.

use crate::schema::grading_settings as g;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{BigInt, SmallInt};
use gestfg_types::grading::GradingRules;
use gestfg_types::ids::DegreeId;

/// The rules that hold in a year, and since when.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// The rules.
    pub rules: GradingRules,
    /// The year they were written for; none: nobody wrote any.
    pub written_for: Option<i16>,
    /// The version of what was written for that year.
    pub version: i32,
}

impl InForce {
    /// The version of what was written for this very year; 0: nothing was.
    #[must_use]
    pub fn version_of(&self, year: i16) -> i32 {
        if self.written_for == Some(year) { self.version } else { 0 }
    }
}

/// The rules of a degree in an academic year: those written for it, or for the
/// latest year before, or else the usual ones. How many are enrolled is said
/// for one year only.
///
/// # Errors
/// When the database cannot answer.
pub fn in_force(conn: &mut PgConnection, degree: DegreeId, year: i16) -> QueryResult<InForce> {
    let found = g::table
        .filter(g::degree_id.eq(degree.0))
        .filter(g::academic_year.le(year))
        .order(g::academic_year.desc())
        .select((g::rules, g::academic_year, g::version))
        .first::<(serde_json::Value, i16, i32)>(conn)
        .optional()?;
    let Some((rules, written_for, version)) = found else { return Ok(InForce::default()) };
    let mut rules: GradingRules =
        serde_json::from_value(rules).map_err(|error| Error::DeserializationError(error.into()))?;
    if written_for != year {
        rules.enrolled = None;
    }
    Ok(InForce { rules, written_for: Some(written_for), version })
}

/// Write the rules of a year, of which the caller saw this version; they hold
/// for later ones too until others are written.
///
/// # Errors
/// `NotFound` when somebody else wrote them meanwhile, or when the database cannot answer.
pub fn write(
    conn: &mut PgConnection,
    degree: DegreeId,
    year: i16,
    rules: &GradingRules,
    seen: i32,
) -> QueryResult<()> {
    let rules = serde_json::to_value(rules).map_err(|error| Error::SerializationError(error.into()))?;
    let count = if seen == 0 {
        diesel::insert_into(g::table)
            .values((g::degree_id.eq(degree.0), g::academic_year.eq(year), g::rules.eq(rules)))
            .on_conflict_do_nothing()
            .execute(conn)?
    } else {
        diesel::update(g::table.find((degree.0, year)).filter(g::version.eq(seen)))
            .set((g::rules.eq(rules), g::version.eq(g::version + 1)))
            .execute(conn)?
    };
    if count == 0 { Err(Error::NotFound) } else { Ok(()) }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many students have a project of a degree and year, or were entered in one of its calls.
///
/// # Errors
/// When the database cannot answer.
pub fn count_enrolled(conn: &mut PgConnection, degree: DegreeId, year: i16) -> QueryResult<i64> {
    diesel::sql_query(
        "SELECT count(DISTINCT s.student_id) AS count FROM assignment_students s
         JOIN assignments a ON a.id = s.assignment_id JOIN projects p ON p.id = a.project_id
         WHERE p.degree_id = $1 AND ((p.academic_year = $2 AND a.state <> 'cancelled') OR EXISTS (
             SELECT 1 FROM evaluation_requests r JOIN calls c ON c.id = r.call_id
             WHERE r.assignment_id = a.id AND r.state = 'requested' AND c.academic_year = $2))",
    )
    .bind::<BigInt, _>(degree.0)
    .bind::<SmallInt, _>(year)
    .get_result::<Count>(conn)
    .map(|row| row.count)
}
