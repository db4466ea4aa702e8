use super::{announce, call_of_draft};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::planning_job;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CallId, DegreeId, PlanningJobId};
use gestfg_types::planning::{PlanningJob, PlanningState};

/// Stop a run of the planner. One that waits is stopped at once; one that runs, by its worker
/// within half a second. It makes no plan.
#[utoipa::path(
    tag = "planning",
    params(("id" = PlanningJobId, Path)),
    responses((status = 200, body = PlanningJob), Problems),
    security(("bearer" = []))
)]
#[post("/planning-jobs/{id}/cancel")]
pub(super) async fn cancel_planning_job(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<PlanningJobId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let stopped = state
        .db
        .write(move |conn| {
            let found = planning_job::find(conn, id)?;
            let call = call_of_draft(conn, &user, CallId(found.0.call_id))?;
            if planning_job::ask_to_cancel(conn, id, now)? {
                Entry::new("planning_job.cancel", id.0)
                    .degree(DegreeId(call.degree_id))
                    .record(conn, &(&user).into())?;
                announce(conn, id.0, call.degree_id)?;
            }
            let after = planning_job::find(conn, id)?;
            let is_over = matches!(after.0.state(), PlanningState::Done | PlanningState::Failed);
            if is_over {
                return Err(AppError::refuse(ErrorCode::InvalidState, "The run is over already."));
            }
            Ok(views::planning::job(after))
        })
        .await?;
    Ok(HttpResponse::Ok().json(stopped))
}
