//! Applications: who asks for which projects in a round.

use crate::schema::{application_members as m, application_preferences as w, applications as a};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::applications::{ApplicationState, Wish};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, DegreeId, ProjectId, UserId};
use serde::Serialize;
use std::collections::BTreeSet;

/// A stored application.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = a, check_for_backend(diesel::pg::Pg))]
pub struct ApplicationRow {
    /// Its id.
    pub id: i64,
    /// In which round.
    pub round_id: i64,
    /// Of which degree.
    pub degree_id: i64,
    /// Why they would like these projects.
    pub statement: String,
    /// Where it is.
    pub state: String,
    /// Who wrote it.
    pub entered_by: Option<i64>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    pub version: i32,
    /// When it was first saved.
    pub created_at: DateTime<Utc>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

impl ApplicationRow {
    /// Where it is.
    #[must_use]
    pub fn state(&self) -> ApplicationState {
        ApplicationState::from_name(&self.state).unwrap_or(ApplicationState::Withdrawn)
    }

    /// Its id, typed.
    #[must_use]
    pub const fn application_id(&self) -> ApplicationId {
        ApplicationId(self.id)
    }
}

/// A stored member.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = m, check_for_backend(diesel::pg::Pg))]
pub struct MemberRow {
    /// Who.
    pub student_id: i64,
    /// Their place, from 1.
    pub position: i16,
    /// Whether they wrote it.
    pub is_author: bool,
    /// When they said yes.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// One application.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<ApplicationRow> {
    a::table.find(id.0).select(ApplicationRow::as_select()).first(conn)
}

/// One application, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<ApplicationRow> {
    a::table.find(id.0).select(ApplicationRow::as_select()).for_update().first(conn)
}

/// Its students, in their places.
///
/// # Errors
/// When the database cannot answer.
pub fn members(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<Vec<MemberRow>> {
    m::table.filter(m::application_id.eq(id.0)).order(m::position).select(MemberRow::as_select()).load(conn)
}

/// What it asks for, the most wanted first.
///
/// # Errors
/// When the database cannot answer.
pub fn wishes(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<Vec<Wish>> {
    let rows: Vec<(i64, i16)> = w::table
        .filter(w::application_id.eq(id.0))
        .order((w::rank, w::project_id))
        .select((w::project_id, w::rank))
        .load(conn)?;
    Ok(rows.into_iter().map(|(project, rank)| Wish { project_id: ProjectId(project), rank }).collect())
}

/// The projects it asks for.
///
/// # Errors
/// When the database cannot answer.
pub fn asked(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<BTreeSet<ProjectId>> {
    Ok(wishes(conn, id)?.into_iter().map(|wish| wish.project_id).collect())
}

/// The live application of a student in a round, if they have said yes to one.
///
/// # Errors
/// When the database cannot answer.
pub fn of_student(
    conn: &mut PgConnection,
    round: AllocationRoundId,
    student: UserId,
) -> QueryResult<Option<ApplicationId>> {
    m::table
        .filter(m::round_id.eq(round.0))
        .filter(m::student_id.eq(student.0))
        .filter(m::is_live)
        .filter(m::confirmed_at.is_not_null())
        .select(m::application_id)
        .first(conn)
        .optional()
        .map(|id| id.map(ApplicationId))
}

/// A new application without students or wishes.
///
/// # Errors
/// When the database cannot answer.
pub fn create(
    conn: &mut PgConnection,
    (round, degree): (AllocationRoundId, DegreeId),
    statement: &str,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<ApplicationRow> {
    diesel::insert_into(a::table)
        .values((
            a::round_id.eq(round.0),
            a::degree_id.eq(degree.0),
            a::statement.eq(statement),
            a::entered_by.eq(by.0),
            a::created_at.eq(now),
        ))
        .returning(ApplicationRow::as_returning())
        .get_result(conn)
}

/// Add a student: the author, one who is invited, or one who said yes.
///
/// # Errors
/// When they apply in the round already, or the database cannot answer.
pub fn add_member(
    conn: &mut PgConnection,
    row: &ApplicationRow,
    student: UserId,
    is_author: bool,
    confirmed_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    let taken: Vec<i16> =
        m::table.filter(m::application_id.eq(row.id)).select(m::position).order(m::position).load(conn)?;
    let free = (1..=3).find(|place| !taken.contains(place)).unwrap_or(4);
    diesel::insert_into(m::table)
        .values((
            m::application_id.eq(row.id),
            m::round_id.eq(row.round_id),
            m::student_id.eq(student.0),
            m::position.eq(free),
            m::is_author.eq(is_author),
            m::is_live.eq(row.state() == ApplicationState::Live),
            m::confirmed_at.eq(confirmed_at),
        ))
        .execute(conn)
        .map(drop)
}

/// A student who was invited says yes.
///
/// # Errors
/// When they apply in the round already, or the database cannot answer.
pub fn confirm(
    conn: &mut PgConnection,
    id: ApplicationId,
    student: UserId,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(m::table.find((id.0, student.0))).set(m::confirmed_at.eq(now)).execute(conn).map(drop)
}

/// A student takes no part in it any more.
///
/// # Errors
/// When the database cannot answer.
pub fn remove_member(conn: &mut PgConnection, id: ApplicationId, student: UserId) -> QueryResult<()> {
    diesel::delete(m::table.find((id.0, student.0))).execute(conn).map(drop)
}

/// Ask for exactly these. What tutors said of those that stay is kept.
///
/// # Errors
/// When the database cannot answer.
pub fn set_wishes(conn: &mut PgConnection, row: &ApplicationRow, wishes: &[Wish]) -> QueryResult<()> {
    let kept: Vec<i64> = wishes.iter().map(|wish| wish.project_id.0).collect();
    diesel::delete(w::table.filter(w::application_id.eq(row.id)).filter(w::project_id.ne_all(&kept)))
        .execute(conn)?;
    let rows: Vec<_> = wishes
        .iter()
        .map(|wish| {
            (
                w::application_id.eq(row.id),
                w::degree_id.eq(row.degree_id),
                w::project_id.eq(wish.project_id.0),
                w::rank.eq(wish.rank),
            )
        })
        .collect();
    diesel::insert_into(w::table)
        .values(rows)
        .on_conflict((w::application_id, w::project_id))
        .do_update()
        .set(w::rank.eq(diesel::upsert::excluded(w::rank)))
        .execute(conn)
        .map(drop)
}

/// Note an edit, with a new statement if there is one: the version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn touch(
    conn: &mut PgConnection,
    id: ApplicationId,
    statement: Option<&str>,
) -> QueryResult<ApplicationRow> {
    let changed = diesel::update(a::table.find(id.0));
    match statement {
        Some(text) => changed
            .set((a::statement.eq(text), a::version.eq(a::version + 1)))
            .returning(ApplicationRow::as_returning())
            .get_result(conn),
        None => changed
            .set(a::version.eq(a::version + 1))
            .returning(ApplicationRow::as_returning())
            .get_result(conn),
    }
}

/// Take one back; its version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn withdraw(
    conn: &mut PgConnection,
    id: ApplicationId,
    now: DateTime<Utc>,
) -> QueryResult<ApplicationRow> {
    diesel::update(a::table.find(id.0))
        .set((
            a::state.eq(ApplicationState::Withdrawn.as_str()),
            a::is_live.eq(false),
            a::withdrawn_at.eq(now),
            a::version.eq(a::version + 1),
        ))
        .returning(ApplicationRow::as_returning())
        .get_result(conn)
}

/// Why a student cannot apply for projects of a degree at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// They do not study it.
    OtherDegree,
    /// They have a project at its level.
    HasProject,
}

/// What keeps a student from applying for projects of a degree.
///
/// # Errors
/// When the database cannot answer.
pub fn hindrance(
    conn: &mut PgConnection,
    student: UserId,
    degree: DegreeId,
) -> QueryResult<Option<Hindrance>> {
    use crate::schema::degrees;
    if !crate::models::allocation_round::studies(conn, student, degree)? {
        return Ok(Some(Hindrance::OtherDegree));
    }
    let level: String = degrees::table.find(degree.0).select(degrees::level).first(conn)?;
    let busy = crate::models::assignment::list_assigned(conn, &[student], &level)?;
    Ok((!busy.is_empty()).then_some(Hindrance::HasProject))
}
