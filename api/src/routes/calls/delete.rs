use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::call;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CallId, DegreeId};
use serde_json::json;

/// Remove a call that nobody ever entered. By a coordinator of the degree or
/// an admin. Withdrawn requests stay on record, so they keep their call.
#[utoipa::path(
    tag = "calls",
    params(("id" = CallId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/calls/{id}")]
pub(super) async fn delete_call(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            call::find_visible(conn, id, Some(&user))?;
            let row = call::lock(conn, id)?;
            policy::may_manage_calls(&user, DegreeId(row.degree_id))?;
            version.check(row.version)?;
            let used_by = call::usage(conn, id)?;
            if !used_by.is_empty() {
                return Err(AppError::used(
                    ErrorCode::InUse,
                    "Projects were entered in this call; it stays on record.",
                    used_by,
                ));
            }
            let detail = call::find(conn, id)?;
            call::delete(conn, id)?;
            Entry::new("call.delete", id.0)
                .degree(DegreeId(row.degree_id))
                .before(&json!({"call": row, "phases": detail.dates()}))
                .record(conn, &(&user).into())?;
            super::announce(conn, &detail)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
