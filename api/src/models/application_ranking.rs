//! Where tutors put those who ask for their projects.

use crate::schema::{
    application_preferences as w, application_ranking_versions as v, application_rankings as k,
    applications as a,
};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, SmallInt, Text};
use gestfg_types::applications::ApplicantMember;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, ProjectId, UserId};

/// An application that asks for a project.
#[derive(Debug, Clone, QueryableByName)]
pub struct Applicant {
    /// Which.
    #[diesel(sql_type = BigInt)]
    pub application_id: i64,
    /// Why they would like their projects.
    #[diesel(sql_type = Text)]
    pub statement: String,
    /// Where the tutor put it.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub rank: Option<i16>,
    /// Those who take part.
    #[diesel(sql_type = Jsonb)]
    pub members: serde_json::Value,
}

impl Applicant {
    /// Those who take part, in their places.
    #[must_use]
    pub fn members(&self) -> Vec<ApplicantMember> {
        serde_json::from_value(self.members.clone()).unwrap_or_default()
    }
}

/// Who asks for a project in a round: those the tutor put in order first, then by name.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    round: AllocationRoundId,
    project: ProjectId,
) -> QueryResult<Vec<Applicant>> {
    diesel::sql_query(
        "SELECT a.id AS application_id, a.statement, k.rank, t.members FROM applications a
         JOIN application_preferences w ON w.application_id = a.id AND w.project_id = $2
         LEFT JOIN application_rankings k ON k.application_id = a.id AND k.project_id = $2,
         LATERAL (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.first_name || ' ' || u.last_name,
                      'email', u.email) ORDER BY m.position), '[]') AS members,
                  min(u.name_folded) AS first
                  FROM application_members m JOIN users u ON u.id = m.student_id
                  WHERE m.application_id = a.id AND m.confirmed_at IS NOT NULL) t
         WHERE a.round_id = $1 AND a.is_live
         ORDER BY k.rank NULLS LAST, t.first, a.id LIMIT 2000",
    )
    .bind::<BigInt, _>(round.0)
    .bind::<BigInt, _>(project.0)
    .load(conn)
}

/// How often the order of a project's applicants was written.
///
/// # Errors
/// When the database cannot answer.
pub fn version(conn: &mut PgConnection, round: AllocationRoundId, project: ProjectId) -> QueryResult<i32> {
    let found: Option<i32> = v::table.find((round.0, project.0)).select(v::version).first(conn).optional()?;
    Ok(found.unwrap_or(1))
}

/// The same, which nobody else writes until the transaction ends.
///
/// # Errors
/// When the database cannot answer.
pub fn lock(conn: &mut PgConnection, round: AllocationRoundId, project: ProjectId) -> QueryResult<i32> {
    diesel::insert_into(v::table)
        .values((v::round_id.eq(round.0), v::project_id.eq(project.0)))
        .on_conflict_do_nothing()
        .execute(conn)?;
    v::table.find((round.0, project.0)).select(v::version).for_update().first(conn)
}

/// The live applications that ask for a project in a round.
///
/// # Errors
/// When the database cannot answer.
pub fn asking(
    conn: &mut PgConnection,
    round: AllocationRoundId,
    project: ProjectId,
) -> QueryResult<Vec<ApplicationId>> {
    let ids: Vec<i64> = a::table
        .inner_join(w::table.on(w::application_id.eq(a::id)))
        .filter(a::round_id.eq(round.0))
        .filter(a::is_live)
        .filter(w::project_id.eq(project.0))
        .order(a::id)
        .select(a::id)
        .load(conn)?;
    Ok(ids.into_iter().map(ApplicationId).collect())
}

/// Put them in this order and nobody else; the version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn write(
    conn: &mut PgConnection,
    (round, project): (AllocationRoundId, ProjectId),
    groups: &[Vec<ApplicationId>],
    by: UserId,
) -> QueryResult<i32> {
    let of_round = a::table.filter(a::round_id.eq(round.0)).select(a::id);
    diesel::delete(k::table.filter(k::project_id.eq(project.0)).filter(k::application_id.eq_any(of_round)))
        .execute(conn)?;
    let rows: Vec<_> = (1i16..)
        .zip(groups)
        .flat_map(|(rank, group)| group.iter().map(move |application| (rank, *application)))
        .map(|(rank, application)| {
            (k::project_id.eq(project.0), k::application_id.eq(application.0), k::rank.eq(rank))
        })
        .collect();
    diesel::insert_into(k::table).values(rows).execute(conn)?;
    diesel::update(v::table.find((round.0, project.0)))
        .set((v::version.eq(v::version + 1), v::ranked_by.eq(by.0)))
        .returning(v::version)
        .get_result(conn)
}
