use crate::app::AppState;
use crate::auth::Admin;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::department;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::DepartmentId;

/// Remove an department that nothing uses. Admin only.
#[utoipa::path(
    tag = "departments",
    params(("id" = DepartmentId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/departments/{id}")]
pub(super) async fn delete_department(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DepartmentId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let row = department::lock(conn, id)?;
            version.check(row.version)?;
            let used_by = department::usage(conn, id)?;
            if !used_by.is_empty() {
                return Err(AppError::used(
                    ErrorCode::InUse,
                    "The department still has professors.",
                    used_by,
                ));
            }
            department::delete(conn, id)?;
            Entry::new("department.delete", id.0).before(&row).record(conn, &(&*admin).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
