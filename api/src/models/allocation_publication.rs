//! Giving the projects of an allocation.

use crate::domain::allocation::answer::{Grant, grants};
use crate::models::allocation_run::RunRow;
use crate::models::assignment;
use crate::models::project::ProjectRow;
use crate::schema::{allocation_grants as g, projects};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::{AllocationRunId, ApplicationId, AssignmentId, ProjectId, UserId};
use std::collections::HashMap;

/// A project that was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// To which application.
    pub application: ApplicationId,
    /// To these students.
    pub students: Vec<UserId>,
    /// Which project.
    pub project: ProjectId,
    /// Its co-tutor.
    pub cotutor: Option<UserId>,
    /// Which of their wishes it is.
    pub rank: Option<usize>,
    /// The assignment that came of it.
    pub assignment: AssignmentId,
}

/// Lock everything a run gives, in the order of everybody: projects, then students, each by id.
///
/// # Errors
/// When the database cannot answer.
pub fn lock(conn: &mut PgConnection, run: &RunRow) -> QueryResult<()> {
    let Some(answer) = run.answer()? else { return Ok(()) };
    let grants = grants(&run.question()?, &answer);
    let ids: Vec<i64> = grants.iter().map(|grant| grant.project.0).collect();
    let _: Vec<i64> = projects::table
        .filter(projects::id.eq_any(ids))
        .order(projects::id)
        .select(projects::id)
        .for_update()
        .load(conn)?;
    let students: Vec<UserId> = grants.iter().flat_map(|grant| grant.students.iter().copied()).collect();
    assignment::lock_students(conn, &students).map(drop)
}

/// Make an assignment of every grant, and note which run it came of.
///
/// # Errors
/// When a project or a student has one already, or the database cannot answer.
pub fn write(
    conn: &mut PgConnection,
    grants: &[Grant],
    run: AllocationRunId,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Given>> {
    let ids: Vec<i64> = grants.iter().map(|grant| grant.project.0).collect();
    let rows: Vec<ProjectRow> =
        projects::table.filter(projects::id.eq_any(ids)).select(ProjectRow::as_select()).load(conn)?;
    let projects: HashMap<i64, ProjectRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut given = Vec::with_capacity(grants.len());
    for grant in grants {
        let project = projects.get(&grant.project.0).ok_or(diesel::NotFound)?;
        let row = assignment::create(conn, project, &grant.students, by, now)?;
        given.push(Given {
            application: grant.application,
            students: grant.students.clone(),
            project: grant.project,
            cotutor: project.cotutor_id.map(UserId),
            rank: grant.rank,
            assignment: AssignmentId(row.id),
        });
    }
    let notes: Vec<_> = given
        .iter()
        .map(|one| {
            (
                g::assignment_id.eq(one.assignment.0),
                g::run_id.eq(run.0),
                g::application_id.eq(one.application.0),
            )
        })
        .collect();
    for chunk in notes.chunks(5_000) {
        diesel::insert_into(g::table).values(chunk).execute(conn)?;
    }
    Ok(given)
}

/// The assignments that came of a run.
///
/// # Errors
/// When the database cannot answer.
pub fn assignments(conn: &mut PgConnection, run: AllocationRunId) -> QueryResult<Vec<AssignmentId>> {
    let ids: Vec<i64> =
        g::table.filter(g::run_id.eq(run.0)).order(g::assignment_id).select(g::assignment_id).load(conn)?;
    Ok(ids.into_iter().map(AssignmentId).collect())
}

/// The assignment that came of an application.
///
/// # Errors
/// When the database cannot answer.
pub fn assignment_of(
    conn: &mut PgConnection,
    application: ApplicationId,
) -> QueryResult<Option<AssignmentId>> {
    g::table
        .filter(g::application_id.eq(application.0))
        .select(g::assignment_id)
        .first::<i64>(conn)
        .optional()
        .map(|id| id.map(AssignmentId))
}
