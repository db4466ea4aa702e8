//! Registrations that say to be a pre-loaded student.

use crate::domain::dni::Dni;
use crate::models::{removal, user};
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{identity_claims, student_degrees, students, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use gestfg_types::ids::{DegreeId, IdentityClaimId, UserId};

/// A claim, with both people.
#[derive(Debug, Clone, QueryableByName)]
pub struct ClaimRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// When it was made.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Who registered.
    #[diesel(sql_type = BigInt)]
    pub claimant_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub claimant_name: String,
    /// Their proven address.
    #[diesel(sql_type = Nullable<Text>)]
    pub claimant_email: Option<String>,
    /// The student on file.
    #[diesel(sql_type = BigInt)]
    pub preloaded_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub preloaded_name: String,
    /// Their DNI.
    #[diesel(sql_type = Nullable<Text>)]
    pub dni: Option<String>,
}

const CLAIMS: &str = "
    SELECT c.id, c.created_at,
           a.id AS claimant_id, a.first_name || ' ' || a.last_name AS claimant_name, a.email AS claimant_email,
           p.id AS preloaded_id, p.first_name || ' ' || p.last_name AS preloaded_name, p.dni
    FROM identity_claims c JOIN users a ON a.id = c.claimant_id JOIN users p ON p.id = c.preloaded_id
    WHERE a.email_verified_at IS NOT NULL AND a.is_active
      AND ($1::bigint[] IS NULL OR EXISTS (
          SELECT 1 FROM student_degrees e WHERE e.student_id = p.id AND e.degree_id = ANY ($1)))";

fn ids(within: Option<&[DegreeId]>) -> Option<Vec<i64>> {
    within.map(|degrees| degrees.iter().map(|degree| degree.0).collect())
}

/// Note that this person says to have this DNI, if it is that of a student on
/// file without an address of their own.
///
/// # Errors
/// When the database cannot answer.
pub fn propose(conn: &mut PgConnection, claimant: UserId, dni: &Dni) -> QueryResult<bool> {
    let preloaded: Option<i64> = users::table
        .inner_join(students::table)
        .filter(users::dni.eq(dni.as_str()))
        .filter(users::email.is_null())
        .filter(users::is_active)
        .filter(users::id.ne(claimant.0))
        .select(users::id)
        .first(conn)
        .optional()?;
    let Some(preloaded) = preloaded else { return Ok(false) };
    let made = diesel::insert_into(identity_claims::table)
        .values((identity_claims::claimant_id.eq(claimant.0), identity_claims::preloaded_id.eq(preloaded)))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(made == 1)
}

/// A page of claims whose claimant proved their address, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    within: Option<&[DegreeId]>,
    page: &PageParams<i64>,
) -> QueryResult<Window<ClaimRow>> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let within = ids(within);
    let Count { count } = diesel::sql_query(format!("SELECT count(*) AS count FROM ({CLAIMS}) found"))
        .bind::<Nullable<Array<BigInt>>, _>(&within)
        .get_result(conn)?;
    let rows = diesel::sql_query(format!("{CLAIMS} AND c.id > $2 ORDER BY c.id LIMIT $3"))
        .bind::<Nullable<Array<BigInt>>, _>(&within)
        .bind::<BigInt, _>(page.after.unwrap_or(0))
        .bind::<BigInt, _>(page.fetch())
        .load::<ClaimRow>(conn)?;
    Ok(page.window(rows, count, |row| Cursor::of(&row.id)))
}

/// One such claim, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(
    conn: &mut PgConnection,
    id: IdentityClaimId,
    within: Option<&[DegreeId]>,
) -> QueryResult<ClaimRow> {
    diesel::sql_query(format!("{CLAIMS} AND c.id = $2 FOR UPDATE OF c"))
        .bind::<Nullable<Array<BigInt>>, _>(ids(within))
        .bind::<BigInt, _>(id.0)
        .get_result(conn)
}

/// The claims that wait since this person proved their address: the student
/// on file of each, and who may decide on it.
///
/// # Errors
/// When the database cannot answer.
pub fn deciders(conn: &mut PgConnection, claimant: UserId) -> QueryResult<Vec<(String, Vec<UserId>)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        preloaded: String,
        #[diesel(sql_type = Array<BigInt>)]
        coordinators: Vec<i64>,
    }
    let rows = diesel::sql_query(
        "SELECT p.first_name || ' ' || p.last_name AS preloaded, COALESCE(
             NULLIF(ARRAY(SELECT DISTINCT d.professor_id FROM student_degrees e
                 JOIN degree_coordinators d ON d.degree_id = e.degree_id WHERE e.student_id = p.id), '{}'),
             ARRAY(SELECT id FROM users WHERE is_admin AND is_active)) AS coordinators
         FROM identity_claims c JOIN users p ON p.id = c.preloaded_id WHERE c.claimant_id = $1 ORDER BY c.id",
    )
    .bind::<BigInt, _>(claimant.0)
    .load::<Row>(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.preloaded, row.coordinators.into_iter().map(UserId).collect()))
        .collect())
}

/// Whether the assignments of the two could not be one person's.
///
/// # Errors
/// When the database cannot answer.
pub fn assignments_clash(conn: &mut PgConnection, claimant: UserId, preloaded: UserId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&format!(
        "EXISTS (SELECT 1 FROM assignment_students a JOIN assignment_students b
             ON a.assignment_id = b.assignment_id OR (a.is_active AND b.is_active AND a.level = b.level)
             WHERE a.student_id = {claimant} AND b.student_id = {preloaded})
         OR EXISTS (SELECT 1 FROM application_members a JOIN application_members b ON a.round_id = b.round_id
             WHERE a.student_id = {claimant} AND b.student_id = {preloaded})"
    )))
    .get_result(conn)
}

/// Make the two one: the claimant takes degrees, assignments, applications, marks and DNI of the
/// student on file, whose record goes, with every claim on it.
///
/// # Errors
/// When something else refers to the record or the database cannot answer.
pub fn join(
    conn: &mut PgConnection,
    claimant: UserId,
    preloaded: UserId,
    dni: Option<String>,
) -> QueryResult<()> {
    use crate::models::student_record;
    use crate::schema::{application_members, assignment_students};
    diesel::insert_into(students::table)
        .values(students::user_id.eq(claimant.0))
        .on_conflict_do_nothing()
        .execute(conn)?;
    diesel::update(assignment_students::table.filter(assignment_students::student_id.eq(preloaded.0)))
        .set(assignment_students::student_id.eq(claimant.0))
        .execute(conn)?;
    diesel::update(application_members::table.filter(application_members::student_id.eq(preloaded.0)))
        .set(application_members::student_id.eq(claimant.0))
        .execute(conn)?;
    if let Some(record) = student_record::find(conn, preloaded)? {
        student_record::set(conn, &[(claimant, Some(record))])?;
    }
    let degrees: Vec<i64> = student_degrees::table
        .filter(student_degrees::student_id.eq(preloaded.0))
        .select(student_degrees::degree_id)
        .load(conn)?;
    let rows: Vec<_> = degrees
        .into_iter()
        .map(|degree| (student_degrees::student_id.eq(claimant.0), student_degrees::degree_id.eq(degree)))
        .collect();
    diesel::insert_into(student_degrees::table).values(rows).on_conflict_do_nothing().execute(conn)?;
    removal::delete(conn, preloaded)?;
    let changes = user::UserChanges { dni: Some(dni), ..user::UserChanges::default() };
    user::update(conn, claimant, &changes)?;
    Ok(())
}

/// Remove a claim.
///
/// # Errors
/// When the database cannot take it.
pub fn delete(conn: &mut PgConnection, id: i64) -> QueryResult<()> {
    diesel::delete(identity_claims::table.find(id)).execute(conn).map(drop)
}
