use super::shown;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::{allocation_round, call};
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_rounds::AllocationRounds;
use gestfg_types::ids::CallId;

/// The rounds of a call, in their order.
#[utoipa::path(
    tag = "allocation",
    params(("id" = CallId, Path)),
    responses((status = 200, body = AllocationRounds), Problems),
    security(("bearer" = []))
)]
#[get("/calls/{id}/allocation-rounds")]
pub(super) async fn list_allocation_rounds(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let items = state
        .db
        .run(move |conn| {
            let call = call::find_visible(conn, id, Some(&user))?;
            let rows = allocation_round::list(conn, id)?;
            Ok(shown(conn, &user, &rows, &call, now)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(AllocationRounds { items }))
}
