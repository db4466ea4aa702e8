//! Rounds of applications.

use crate::domain::allocation::round::RoundFacts;
use crate::schema::{allocation_rounds as r, application_members, applications};
use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg_types::allocation_rounds::{AllocationRoundState, TutorView};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, CallId, DegreeId, ProjectId, UserId};
use serde::Serialize;
use std::collections::HashMap;

/// A stored round.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = r, check_for_backend(diesel::pg::Pg))]
pub struct RoundRow {
    /// Its id.
    pub id: i64,
    /// Of which call.
    pub call_id: i64,
    /// Of which degree.
    pub degree_id: i64,
    /// Counts the rounds of a call.
    pub number: i16,
    /// From when on students apply.
    pub opens_at: DateTime<Utc>,
    /// From when on applications stay as they are.
    pub closes_at: DateTime<Utc>,
    /// Until when tutors rank them.
    pub tutors_close_at: DateTime<Utc>,
    /// The most projects an application asks for.
    pub max_preferences: i16,
    /// Whether two projects may be equally welcome.
    pub ties_allowed: bool,
    /// What tutors say.
    pub tutor_view: String,
    /// Whether students see counts.
    pub show_counts: bool,
    /// How many students may apply together.
    pub team_max: i16,
    /// The most projects of one tutor.
    pub tutor_limit: Option<i16>,
    /// Where it is.
    pub state: String,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    pub version: i32,
}

impl RoundRow {
    /// Its id, typed.
    #[must_use]
    pub const fn round_id(&self) -> AllocationRoundId {
        AllocationRoundId(self.id)
    }

    /// What rules need to know of it.
    #[must_use]
    pub fn facts(&self) -> RoundFacts {
        RoundFacts {
            call: CallId(self.call_id),
            degree: DegreeId(self.degree_id),
            settled: match self.state.as_str() {
                "published" => Some(AllocationRoundState::Published),
                "cancelled" => Some(AllocationRoundState::Cancelled),
                _ => None,
            },
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            tutors_close_at: self.tutors_close_at,
            tutor_view: TutorView::from_name(&self.tutor_view).unwrap_or(TutorView::None),
            max_preferences: self.max_preferences,
            ties_allowed: self.ties_allowed,
            team_max: self.team_max,
        }
    }
}

/// What a round is opened with, or changed to.
#[derive(Debug, Clone, AsChangeset, Insertable)]
#[diesel(table_name = r, treat_none_as_null = true)]
pub struct RoundTerms {
    /// From when on students apply.
    pub opens_at: DateTime<Utc>,
    /// From when on applications stay as they are.
    pub closes_at: DateTime<Utc>,
    /// Until when tutors rank them.
    pub tutors_close_at: DateTime<Utc>,
    /// The most projects an application asks for.
    pub max_preferences: i16,
    /// Whether two projects may be equally welcome.
    pub ties_allowed: bool,
    /// What tutors say.
    pub tutor_view: String,
    /// Whether students see counts.
    pub show_counts: bool,
    /// How many students may apply together.
    pub team_max: i16,
    /// The most projects of one tutor.
    pub tutor_limit: Option<i16>,
}

/// The rounds of a call, in their order.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<RoundRow>> {
    r::table.filter(r::call_id.eq(call.0)).order(r::number).select(RoundRow::as_select()).load(conn)
}

/// One round.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: AllocationRoundId) -> QueryResult<RoundRow> {
    r::table.find(id.0).select(RoundRow::as_select()).first(conn)
}

/// One round, which nobody else touches until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: AllocationRoundId) -> QueryResult<RoundRow> {
    r::table.find(id.0).select(RoundRow::as_select()).for_update().first(conn)
}

/// One round, which stays as it is until the transaction ends; many may say so at once.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn hold(conn: &mut PgConnection, id: AllocationRoundId) -> QueryResult<RoundRow> {
    r::table.find(id.0).select(RoundRow::as_select()).for_share().first(conn)
}

/// The latest round in which a project can be, or could have been, asked for.
///
/// # Errors
/// `NotFound` when its degree had none that year, or when the database cannot answer.
pub fn find_of_project(conn: &mut PgConnection, project: ProjectId) -> QueryResult<RoundRow> {
    use crate::schema::{calls, projects};
    let (degree, year) = projects::table
        .find(project.0)
        .select((projects::degree_id, projects::academic_year))
        .first::<(i64, i16)>(conn)?;
    r::table
        .inner_join(calls::table.on(calls::id.eq(r::call_id)))
        .filter(r::degree_id.eq(degree))
        .filter(calls::academic_year.eq(year))
        .filter(calls::opened_at.is_not_null())
        .filter(r::state.ne("cancelled"))
        .order((r::state.eq("live").desc(), r::opens_at.desc(), r::id.desc()))
        .select(RoundRow::as_select())
        .first(conn)
}

/// Open one, the next of its call.
///
/// # Errors
/// When the call has one under way, or the database cannot answer.
pub fn create(
    conn: &mut PgConnection,
    (call, degree): (CallId, DegreeId),
    terms: &RoundTerms,
    by: UserId,
) -> QueryResult<RoundRow> {
    let last: Option<i16> = r::table.filter(r::call_id.eq(call.0)).select(max(r::number)).get_result(conn)?;
    diesel::insert_into(r::table)
        .values((
            terms,
            r::call_id.eq(call.0),
            r::degree_id.eq(degree.0),
            r::number.eq(last.unwrap_or_default() + 1),
            r::created_by.eq(by.0),
        ))
        .returning(RoundRow::as_returning())
        .get_result(conn)
}

/// Change one; its version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn update(conn: &mut PgConnection, id: AllocationRoundId, terms: &RoundTerms) -> QueryResult<RoundRow> {
    diesel::update(r::table.find(id.0))
        .set((terms, r::version.eq(r::version + 1)))
        .returning(RoundRow::as_returning())
        .get_result(conn)
}

/// End one: published or called off.
///
/// # Errors
/// When the database cannot answer.
pub fn settle(
    conn: &mut PgConnection,
    id: AllocationRoundId,
    state: AllocationRoundState,
    now: DateTime<Utc>,
) -> QueryResult<RoundRow> {
    diesel::update(r::table.find(id.0))
        .set((r::state.eq(state.as_str()), r::settled_at.eq(now), r::version.eq(r::version + 1)))
        .returning(RoundRow::as_returning())
        .get_result(conn)
}

/// Live applications of each of these rounds.
///
/// # Errors
/// When the database cannot answer.
pub fn count_applications(conn: &mut PgConnection, rounds: &[i64]) -> QueryResult<HashMap<i64, i64>> {
    let counted: Vec<(i64, i64)> = applications::table
        .filter(applications::round_id.eq_any(rounds))
        .filter(applications::is_live)
        .group_by(applications::round_id)
        .select((applications::round_id, count_star()))
        .load(conn)?;
    Ok(counted.into_iter().collect())
}

/// In which of these rounds a student applies, and with which application.
///
/// # Errors
/// When the database cannot answer.
pub fn own_applications(
    conn: &mut PgConnection,
    rounds: &[i64],
    student: UserId,
) -> QueryResult<HashMap<i64, ApplicationId>> {
    use application_members as m;
    let own: Vec<(i64, i64)> = m::table
        .filter(m::round_id.eq_any(rounds))
        .filter(m::student_id.eq(student.0))
        .filter(m::is_live)
        .filter(m::confirmed_at.is_not_null())
        .select((m::round_id, m::application_id))
        .load(conn)?;
    Ok(own.into_iter().map(|(round, id)| (round, ApplicationId(id))).collect())
}

/// Whether somebody studies a degree.
///
/// # Errors
/// When the database cannot answer.
pub fn studies(conn: &mut PgConnection, student: UserId, degree: DegreeId) -> QueryResult<bool> {
    use crate::schema::student_degrees as s;
    diesel::select(diesel::dsl::exists(s::table.find((student.0, degree.0)))).get_result(conn)
}

/// The most any live application of a round has of what its terms limit: wishes, tied wishes,
/// students.
///
/// # Errors
/// When the database cannot answer.
pub fn use_of(conn: &mut PgConnection, id: AllocationRoundId) -> QueryResult<(i64, i64, i64)> {
    #[derive(QueryableByName)]
    struct Use {
        #[diesel(sql_type = BigInt)]
        wishes: i64,
        #[diesel(sql_type = BigInt)]
        ties: i64,
        #[diesel(sql_type = BigInt)]
        students: i64,
    }
    let used: Use = diesel::sql_query(
        "SELECT COALESCE(max(w.wishes), 0) AS wishes, COALESCE(max(w.wishes - w.ranks), 0) AS ties,
                COALESCE(max(w.students), 0) AS students
         FROM (SELECT (SELECT count(*) FROM application_preferences p WHERE p.application_id = a.id) AS wishes,
                      (SELECT count(DISTINCT p.rank) FROM application_preferences p WHERE p.application_id = a.id) AS ranks,
                      (SELECT count(*) FROM application_members m WHERE m.application_id = a.id) AS students
               FROM applications a WHERE a.round_id = $1 AND a.is_live) w",
    )
    .bind::<BigInt, _>(id.0)
    .get_result(conn)?;
    Ok((used.wishes, used.ties, used.students))
}

/// Students of the degree who have no project at its level and do not apply, for reminding them.
///
/// # Errors
/// When the database cannot answer.
pub fn list_without_application(conn: &mut PgConnection, id: AllocationRoundId) -> QueryResult<Vec<UserId>> {
    #[derive(QueryableByName)]
    struct Person {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let people = diesel::sql_query(
        "SELECT s.student_id AS id FROM allocation_rounds r JOIN degrees d ON d.id = r.degree_id
         JOIN student_degrees s ON s.degree_id = r.degree_id
         WHERE r.id = $1
           AND NOT EXISTS (SELECT 1 FROM assignment_students x WHERE x.student_id = s.student_id AND x.level = d.level AND x.is_active)
           AND NOT EXISTS (SELECT 1 FROM application_members m WHERE m.round_id = r.id AND m.student_id = s.student_id
                           AND m.is_live AND m.confirmed_at IS NOT NULL)
         ORDER BY s.student_id",
    )
    .bind::<BigInt, _>(id.0)
    .load::<Person>(conn)?;
    Ok(people.into_iter().map(|person| UserId(person.id)).collect())
}
