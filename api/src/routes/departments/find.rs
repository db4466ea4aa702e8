use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::department;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DepartmentId;
use gestfg_types::master::Department;

/// One department.
#[utoipa::path(
    tag = "departments",
    params(("id" = DepartmentId, Path)),
    responses((status = 200, body = Department, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/departments/{id}")]
pub(super) async fn find_department(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<DepartmentId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let row = state.public_reads.of(&viewer).run(move |conn| Ok(department::find(conn, id)?)).await?;
    Ok(versioned(row.row.version, &views::master::department(row.clone(), viewer.actor())))
}
