use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::sitting;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::SittingId;
use gestfg_types::master::Sitting;

/// One sitting.
#[utoipa::path(
    tag = "sittings",
    params(("id" = SittingId, Path)),
    responses((status = 200, body = Sitting, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/sittings/{id}")]
pub(super) async fn find_sitting(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<SittingId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let row = state.public_reads.of(&viewer).run(move |conn| Ok(sitting::find(conn, id)?)).await?;
    Ok(versioned(row.version, &views::master::sitting(row.clone(), viewer.actor())))
}
