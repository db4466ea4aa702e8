use super::shown;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::kept_round;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_runs::AllocationPins;
use gestfg_types::ids::AllocationRoundId;

/// The agreements noted for a round. For coordinators of the degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path)),
    responses((status = 200, body = AllocationPins), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-rounds/{id}/pins")]
pub(super) async fn list_allocation_pins(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let pins = state
        .db
        .run(move |conn| {
            kept_round(conn, &user, id)?;
            shown(conn, id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(pins))
}
