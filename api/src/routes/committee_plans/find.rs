use super::{kept_plan, whole};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::CommitteePlan;

/// One version, whole, with what the checker says of it. For coordinators of the degree and admins.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path)),
    responses((status = 200, body = CommitteePlan, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/committee-plans/{id}")]
pub(super) async fn find_committee_plan(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let (plan, call) = kept_plan(conn, &user, id)?;
            Ok(whole(conn, &user, plan, call.degree_id, now)?)
        })
        .await?;
    Ok(versioned(found.summary.version, &found))
}
