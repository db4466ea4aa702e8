use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::area;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::AreaId;
use gestfg_types::master::Area;

/// One area.
#[utoipa::path(
    tag = "areas",
    params(("id" = AreaId, Path)),
    responses((status = 200, body = Area, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/areas/{id}")]
pub(super) async fn find_area(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<AreaId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let row = state.public_reads.of(&viewer).run(move |conn| Ok(area::find(conn, id)?)).await?;
    Ok(versioned(row.version, &views::master::area(row.clone(), viewer.actor())))
}
