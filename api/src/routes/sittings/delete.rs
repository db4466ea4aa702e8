use crate::app::AppState;
use crate::auth::Admin;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::sitting;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::SittingId;

/// Remove a sitting that nothing uses. Admin only.
#[utoipa::path(
    tag = "sittings",
    params(("id" = SittingId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/sittings/{id}")]
pub(super) async fn delete_sitting(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<SittingId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let row = sitting::lock(conn, id)?;
            version.check(row.version)?;
            let used_by = sitting::usage(conn, id)?;
            if !used_by.is_empty() {
                return Err(AppError::used(ErrorCode::InUse, "The sitting still has calls.", used_by));
            }
            sitting::delete(conn, id)?;
            Entry::new("sitting.delete", id.0).before(&row).record(conn, &(&*admin).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
