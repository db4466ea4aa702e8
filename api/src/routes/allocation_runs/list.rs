use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::allocation_run;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::kept_round;
use crate::views::allocation_runs;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_runs::AllocationRuns;
use gestfg_types::ids::AllocationRoundId;

/// The allocations of a round with their measures, the newest first. For coordinators of the
/// degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path)),
    responses((status = 200, body = AllocationRuns), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-rounds/{id}/runs")]
pub(super) async fn list_allocation_runs(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let items = state
        .db
        .run(move |conn| {
            let (round, _) = kept_round(conn, &user, id)?;
            let runs = allocation_run::list(conn, id)?;
            let items: Result<Vec<_>, _> =
                runs.iter().map(|run| allocation_runs::summary(run, &round, now)).collect();
            Ok(items?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(AllocationRuns { items }))
}
