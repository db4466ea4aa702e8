use super::call_of_draft;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::planning_job;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{CallId, PlanningJobId};
use gestfg_types::planning::PlanningJob;

/// One run of the planner: how far it is, what it made, or why it made nothing.
#[utoipa::path(
    tag = "planning",
    params(("id" = PlanningJobId, Path)),
    responses((status = 200, body = PlanningJob), Problems),
    security(("bearer" = []))
)]
#[get("/planning-jobs/{id}")]
pub(super) async fn find_planning_job(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<PlanningJobId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state
        .db
        .run(move |conn| {
            let found = planning_job::find(conn, id)?;
            call_of_draft(conn, &user, CallId(found.0.call_id))?;
            Ok(views::planning::job(found))
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}
