//! Rubrics, version by version.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, SmallInt, Text, Timestamptz};
use gestfg_types::ids::{CallId, DegreeId, RubricId};
use gestfg_types::rubrics::{Criterion, RubricRole, WriteRubric};

/// A version of a rubric with its criteria.
#[derive(Debug, Clone, QueryableByName)]
pub struct RubricRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Of which degree.
    #[diesel(sql_type = BigInt)]
    pub degree_id: i64,
    /// Who marks by it.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// Counts the versions.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// When it was written.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Its criteria, as [`Criterion`].
    #[diesel(sql_type = Jsonb)]
    pub criteria: serde_json::Value,
    /// Whether there is no later one.
    #[diesel(sql_type = Bool)]
    pub is_current: bool,
}

impl RubricRow {
    /// Its criteria, in order.
    #[must_use]
    pub fn criteria(&self) -> Vec<Criterion> {
        serde_json::from_value(self.criteria.clone()).unwrap_or_default()
    }

    /// Who marks by it.
    #[must_use]
    pub fn role(&self) -> RubricRole {
        RubricRole::from_name(&self.role).unwrap_or(RubricRole::Committee)
    }
}

const SELECT: &str = "SELECT b.id, b.degree_id, b.role, b.version, b.name, b.created_at,
    (SELECT jsonb_agg(jsonb_build_object('name', c.name, 'description', c.description, 'weight', c.weight,
        'levels', c.levels) ORDER BY c.position) FROM rubric_criteria c WHERE c.rubric_id = b.id) AS criteria,
    NOT EXISTS (SELECT 1 FROM rubrics l WHERE (l.degree_id, l.role) = (b.degree_id, b.role) AND l.version > b.version) AS is_current
    FROM rubrics b ";

/// Every version of a degree's rubrics, the latest of each role first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, degree: DegreeId) -> QueryResult<Vec<RubricRow>> {
    diesel::sql_query(format!(
        "{SELECT} WHERE b.degree_id = $1 ORDER BY is_current DESC, b.role DESC, b.version DESC"
    ))
    .bind::<BigInt, _>(degree.0)
    .load(conn)
}

/// One version.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: RubricId) -> QueryResult<RubricRow> {
    diesel::sql_query(format!("{SELECT} WHERE b.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// The latest version of a degree's rubric for a role.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn current(conn: &mut PgConnection, degree: DegreeId, role: RubricRole) -> QueryResult<RubricRow> {
    diesel::sql_query(format!(
        "{SELECT} WHERE b.degree_id = $1 AND b.role = $2 ORDER BY b.version DESC LIMIT 1"
    ))
    .bind::<BigInt, _>(degree.0)
    .bind::<Text, _>(role.as_str())
    .get_result(conn)
}

/// The version a call is marked by: that of its first mark, or else the latest.
///
/// # Errors
/// When the database cannot answer.
pub fn of_call(
    conn: &mut PgConnection,
    call: CallId,
    degree: DegreeId,
    role: RubricRole,
) -> QueryResult<RubricRow> {
    let condition = "JOIN call_rubrics r ON r.rubric_id = b.id WHERE r.call_id = $1 AND r.role = $2";
    let settled = diesel::sql_query(format!("{SELECT} {condition}"))
        .bind::<BigInt, _>(call.0)
        .bind::<Text, _>(role.as_str())
        .get_result(conn)
        .optional()?;
    match settled {
        Some(rubric) => Ok(rubric),
        None => current(conn, degree, role),
    }
}

/// Mark a call by the version it is marked by from now on, whatever is written later.
///
/// # Errors
/// When the database cannot take it.
pub fn settle(
    conn: &mut PgConnection,
    call: CallId,
    degree: DegreeId,
    role: RubricRole,
) -> QueryResult<RubricRow> {
    let latest = current(conn, degree, role)?;
    diesel::sql_query(
        "INSERT INTO call_rubrics (call_id, role, rubric_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(call.0)
    .bind::<Text, _>(role.as_str())
    .bind::<BigInt, _>(latest.id)
    .execute(conn)?;
    of_call(conn, call, degree, role)
}

/// Write a version.
///
/// # Errors
/// When it is there already, or the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    degree: DegreeId,
    role: RubricRole,
    version: i32,
    new: &WriteRubric,
) -> QueryResult<RubricRow> {
    use crate::schema::rubrics as b;
    let id: i64 = diesel::insert_into(b::table)
        .values((
            b::degree_id.eq(degree.0),
            b::role.eq(role.as_str()),
            b::version.eq(version),
            b::name.eq(&new.name),
        ))
        .returning(b::id)
        .get_result(conn)?;
    let each = new.criteria.iter();
    diesel::sql_query(
        "INSERT INTO rubric_criteria (rubric_id, position, name, description, weight, levels)
         SELECT $1, n, c.name, c.description, c.weight, c.levels::jsonb
         FROM unnest($2, $3, $4, $5) WITH ORDINALITY AS c(name, description, weight, levels, n)",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<Text>, _>(each.clone().map(|c| c.name.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each.clone().map(|c| c.description.as_str()).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(each.clone().map(|c| c.weight).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each.map(|c| serde_json::json!(c.levels).to_string()).collect::<Vec<_>>())
    .execute(conn)?;
    find(conn, RubricId(id))
}
