use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::import;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ImportId;
use serde_json::json;

/// Throw a preview away. What was committed stays on record.
#[utoipa::path(
    tag = "imports",
    params(("id" = ImportId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/imports/{id}")]
pub(super) async fn delete_import(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ImportId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            super::find_own(conn, &user, id)?;
            let record = import::lock(conn, id)?;
            if record.state != "previewed" {
                return Err(AppError::refuse(
                    ErrorCode::ImportAlreadyDecided,
                    "Only a preview can be thrown away.",
                ));
            }
            import::delete(conn, id)?;
            Entry::new("import.delete", id.0)
                .before(&json!({ "kind": record.kind, "file_name": record.file_name }))
                .record(conn, &(&user).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
