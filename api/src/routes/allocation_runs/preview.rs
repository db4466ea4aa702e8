use super::kept_run;
use super::publication::prepare;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_runs::AllocationPreview;
use gestfg_types::ids::AllocationRunId;

/// What publishing an allocation would give now, and what stands against it.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRunId, Path)),
    responses((status = 200, body = AllocationPreview), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-runs/{id}/publish-preview")]
pub(super) async fn preview_allocation(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRunId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let preview = state
        .db
        .run(move |conn| {
            let (run, round, _) = kept_run(conn, &user, id)?;
            Ok(prepare(conn, &run.0, &round)?.preview())
        })
        .await?;
    Ok(HttpResponse::Ok().json(preview))
}
