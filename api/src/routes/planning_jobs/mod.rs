//! Runs of the planner.

use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::models::call::{self, CallDetail};
use crate::models::update::Change;
use diesel::{PgConnection, QueryResult};
use gestfg_types::ids::{CallId, DegreeId};
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod cancel;
mod create;
mod find;
mod list;

/// The operations on runs of the planner.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_planning_jobs)
        .service(create::create_planning_job)
        .service(find::find_planning_job)
        .service(cancel::cancel_planning_job);
}

/// A call, for those who may plan its committees: to others its drafts do not exist.
pub(super) fn kept_call(conn: &mut PgConnection, user: &CurrentUser, id: CallId) -> AppResult<CallDetail> {
    let found = call::find_visible(conn, id, Some(user))?;
    policy::may_plan(user, DegreeId(found.degree_id))?;
    Ok(found)
}

/// The call of a draft: who may not plan it may not know of the draft.
pub(super) fn call_of_draft(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: CallId,
) -> AppResult<CallDetail> {
    let found = call::find(conn, id)?;
    if policy::may_plan(user, DegreeId(found.degree_id)).is_err() {
        return Err(AppError::not_found("thing"));
    }
    Ok(found)
}

/// Hint at a change to those who plan.
fn announce(conn: &mut PgConnection, job: i64, degree: i64) -> QueryResult<()> {
    Change::of(UpdateTopic::PlanningJobs).subject(job).degree(DegreeId(degree)).publish(conn)
}
