//! Whether and how what is handed in for a degree is compared, year by year.

use crate::schema::similarity_settings as s;
use diesel::prelude::*;
use diesel::result::Error;
use gestfg_types::ids::DegreeId;
use gestfg_types::similarity::SimilarityRules;

/// The rules that hold in a year, and since when.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// The rules.
    pub rules: SimilarityRules,
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
/// latest year before, or else the usual ones.
///
/// # Errors
/// When the database cannot answer.
pub fn in_force(conn: &mut PgConnection, degree: DegreeId, year: i16) -> QueryResult<InForce> {
    let found = s::table
        .filter(s::degree_id.eq(degree.0))
        .filter(s::academic_year.le(year))
        .order(s::academic_year.desc())
        .select((s::rules, s::academic_year, s::version))
        .first::<(serde_json::Value, i16, i32)>(conn)
        .optional()?;
    let Some((rules, written_for, version)) = found else { return Ok(InForce::default()) };
    let rules: SimilarityRules =
        serde_json::from_value(rules).map_err(|error| Error::DeserializationError(error.into()))?;
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
    rules: &SimilarityRules,
    seen: i32,
) -> QueryResult<()> {
    let rules = serde_json::to_value(rules).map_err(|error| Error::SerializationError(error.into()))?;
    let count = if seen == 0 {
        diesel::insert_into(s::table)
            .values((s::degree_id.eq(degree.0), s::academic_year.eq(year), s::rules.eq(rules)))
            .on_conflict_do_nothing()
            .execute(conn)?
    } else {
        diesel::update(s::table.find((degree.0, year)).filter(s::version.eq(seen)))
            .set((s::rules.eq(rules), s::version.eq(s::version + 1)))
            .execute(conn)?
    };
    if count == 0 { Err(Error::NotFound) } else { Ok(()) }
}
