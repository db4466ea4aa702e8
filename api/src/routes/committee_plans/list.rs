use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::{call, committee_plan};
use crate::openapi::Problems;
use crate::routes::planning_jobs::kept_call;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{CallId, DegreeId};
use gestfg_types::planning::CommitteePlans;

/// The versions of a call, the newest first. For coordinators of its degree and admins.
#[utoipa::path(
    tag = "planning",
    params(("id" = CallId, Path)),
    responses((status = 200, body = CommitteePlans), Problems),
    security(("bearer" = []))
)]
#[get("/calls/{id}/committee-plans")]
pub(super) async fn list_committee_plans(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let items = state
        .db
        .run(move |conn| {
            let degree = DegreeId(kept_call(conn, &user, id)?.degree_id);
            let open = call::open_phases(conn, now)?;
            let rows = committee_plan::list(conn, id)?;
            Ok(rows.iter().map(|plan| views::planning::summary(plan, degree, &user, &open)).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(CommitteePlans { items }))
}
