//! Agreements made before a round is allocated.

use crate::schema::{allocation_pins as p, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, ProjectId, UserId};
use serde::Serialize;

/// A stored agreement.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = p, check_for_backend(diesel::pg::Pg))]
pub struct PinRow {
    /// Whose.
    pub application_id: i64,
    /// In which round.
    pub round_id: i64,
    /// Which project.
    pub project_id: i64,
    /// Why.
    pub reason: String,
    /// Who noted it.
    pub pinned_by: Option<i64>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// An agreement with the name of who noted it.
pub type NamedPin = (PinRow, Option<(String, String)>);

/// The agreements of a round, by application.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, round: AllocationRoundId) -> QueryResult<Vec<NamedPin>> {
    p::table
        .left_join(users::table)
        .filter(p::round_id.eq(round.0))
        .order(p::application_id)
        .select((PinRow::as_select(), (users::first_name, users::last_name).nullable()))
        .load(conn)
}

/// The agreement of an application, if there is one.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<Option<PinRow>> {
    p::table.find(id.0).select(PinRow::as_select()).first(conn).optional()
}

/// Note an agreement, in place of another of the application.
///
/// # Errors
/// When the project is another's by agreement, or the database cannot answer.
pub fn write(
    conn: &mut PgConnection,
    (round, application): (AllocationRoundId, ApplicationId),
    project: ProjectId,
    reason: &str,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<PinRow> {
    let values = (
        p::application_id.eq(application.0),
        p::round_id.eq(round.0),
        p::project_id.eq(project.0),
        p::reason.eq(reason),
        p::pinned_by.eq(by.0),
        p::created_at.eq(now),
    );
    diesel::insert_into(p::table)
        .values(values)
        .on_conflict(p::application_id)
        .do_update()
        .set((
            p::project_id.eq(project.0),
            p::reason.eq(reason),
            p::pinned_by.eq(by.0),
            p::created_at.eq(now),
        ))
        .returning(PinRow::as_returning())
        .get_result(conn)
}

/// Forget an agreement.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<()> {
    diesel::delete(p::table.find(id.0)).execute(conn).map(drop)
}
