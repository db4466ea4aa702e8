//! Rounds in which students apply for projects.

use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::models::allocation_round::{self, RoundRow};
use crate::models::call::{self, CallDetail};
use crate::models::update::Change;
use crate::views::allocation::{self, Seen};
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRoundId, CallId, DegreeId};
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod cancel;
mod create;
mod export_projects;
mod find;
mod list;
mod list_projects;
mod read_file;
mod terms;
mod update;

/// The operations on rounds.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_allocation_rounds)
        .service(create::create_allocation_round)
        .service(find::find_allocation_round)
        .service(update::update_allocation_round)
        .service(cancel::cancel_allocation_round)
        .service(list_projects::list_offered_projects)
        .service(export_projects::export_offered_projects)
        .service(read_file::read_application_file);
}

/// A round with its call, if this person may know of it: rounds of drafts are for their keepers.
pub(super) fn seen_round(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: AllocationRoundId,
) -> AppResult<(RoundRow, CallDetail)> {
    let row = allocation_round::find(conn, id)?;
    let call = call::find_visible(conn, CallId(row.call_id), Some(user))?;
    Ok((row, call))
}

/// A round with its call, for those who allocate it.
pub(super) fn kept_round(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: AllocationRoundId,
) -> AppResult<(RoundRow, CallDetail)> {
    let (row, call) = seen_round(conn, user, id)?;
    policy::may_allocate(user, DegreeId(row.degree_id))?;
    Ok((row, call))
}

/// Nothing is changed in a round that is published or called off.
pub(super) fn check_live(row: &RoundRow) -> AppResult<()> {
    match row.facts().settled {
        None => Ok(()),
        Some(state) => Err(AppError::refuse(
            ErrorCode::InvalidState,
            format!("A round that is {} is not changed any more.", state.as_str()),
        )),
    }
}

/// Rounds of one call, as this person sees them.
fn shown(
    conn: &mut PgConnection,
    user: &CurrentUser,
    rows: &[RoundRow],
    call: &CallDetail,
    now: DateTime<Utc>,
) -> QueryResult<Vec<AllocationRound>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let counts = allocation_round::count_applications(conn, &ids)?;
    let own = allocation_round::own_applications(conn, &ids, user.id)?;
    let studies = user.is_student && allocation_round::studies(conn, user.id, DegreeId(call.degree_id))?;
    let show = |row: &RoundRow| {
        let seen = Seen {
            applications: counts.get(&row.id).copied().unwrap_or_default(),
            own: own.get(&row.id).copied(),
            studies,
        };
        allocation::round(row, call, user, seen, now)
    };
    Ok(rows.iter().map(show).collect())
}

/// One round, as this person sees it.
fn shown_one(
    conn: &mut PgConnection,
    user: &CurrentUser,
    row: &RoundRow,
    call: &CallDetail,
    now: DateTime<Utc>,
) -> AppResult<AllocationRound> {
    let mut shown = shown(conn, user, std::slice::from_ref(row), call, now)?;
    shown.pop().ok_or_else(|| AppError::not_found("round"))
}

/// Hint at a change to those who see the round: of a draft only its keepers.
pub(super) fn announce(conn: &mut PgConnection, row: &RoundRow, call: &CallDetail) -> QueryResult<()> {
    let change = Change::of(UpdateTopic::AllocationRounds).subject(row.id).degree(DegreeId(row.degree_id));
    if call.opened_at.is_some() { change.everybody() } else { change }.publish(conn)
}
