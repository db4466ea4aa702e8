use super::{seen_round, shown_one};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::ids::AllocationRoundId;

/// One round: its dates, its terms, where it is.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path)),
    responses((status = 200, body = AllocationRound, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-rounds/{id}")]
pub(super) async fn find_allocation_round(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let (row, call) = seen_round(conn, &user, id)?;
            shown_one(conn, &user, &row, &call, now)
        })
        .await?;
    Ok(versioned(found.version, &found))
}
