use super::kept_call;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::planning_job;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::CallId;
use gestfg_types::planning::PlanningJobs;

/// The latest runs of the planner for a call. For coordinators of its degree and admins.
#[utoipa::path(
    tag = "planning",
    params(("id" = CallId, Path)),
    responses((status = 200, body = PlanningJobs), Problems),
    security(("bearer" = []))
)]
#[get("/calls/{id}/planning-jobs")]
pub(super) async fn list_planning_jobs(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let rows = state
        .db
        .run(move |conn| {
            kept_call(conn, &user, id)?;
            Ok(planning_job::list(conn, id)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(PlanningJobs { items: rows.into_iter().map(views::planning::job).collect() }))
}
