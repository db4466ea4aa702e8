use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::degree;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DegreeId;
use gestfg_types::master::Degree;

/// One degree.
#[utoipa::path(
    tag = "degrees",
    params(("id" = DegreeId, Path)),
    responses((status = 200, body = Degree, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/degrees/{id}")]
pub(super) async fn find_degree(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<DegreeId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let year = state.academic_year();
    let row = state.public_reads.of(&viewer).run(move |conn| Ok(degree::find(conn, id, year)?)).await?;
    Ok(versioned(row.row.version, &views::master::degree(row.clone(), viewer.actor())))
}
