use crate::app::AppState;
use crate::auth::Admin;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::degree;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::DegreeId;

/// Remove an degree that nothing uses. Admin only.
#[utoipa::path(
    tag = "degrees",
    params(("id" = DegreeId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/degrees/{id}")]
pub(super) async fn delete_degree(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DegreeId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let row = degree::lock(conn, id)?;
            version.check(row.version)?;
            let used_by = degree::usage(conn, id)?;
            if !used_by.is_empty() {
                return Err(AppError::used(
                    ErrorCode::InUse,
                    "The degree still has projects, students, calls or events.",
                    used_by,
                ));
            }
            degree::delete(conn, id)?;
            Entry::new("degree.delete", id.0).before(&row).record(conn, &(&*admin).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
