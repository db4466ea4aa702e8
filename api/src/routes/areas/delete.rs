use crate::app::AppState;
use crate::auth::Admin;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::models::area;
use crate::models::audit::Entry;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::AreaId;

/// Remove an area that nothing uses. Admin only.
#[utoipa::path(
    tag = "areas",
    params(("id" = AreaId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/areas/{id}")]
pub(super) async fn delete_area(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AreaId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let row = area::lock(conn, id)?;
            version.check(row.version)?;
            let used_by = area::usage(conn, id)?;
            if !used_by.is_empty() {
                return Err(AppError::used(ErrorCode::InUse, "The area still has departments.", used_by));
            }
            area::delete(conn, id)?;
            Entry::new("area.delete", id.0).before(&row).record(conn, &(&*admin).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
