use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::conflict_of_interest;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::{ConflictOfInterestId, UserId};

/// Take a declared conflict of interest back. By the professor; on behalf by a
/// coordinator or an admin.
#[utoipa::path(
    tag = "conflicts of interest",
    params(("id" = ConflictOfInterestId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/conflicts-of-interest/{id}")]
pub(super) async fn delete_conflict_of_interest(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ConflictOfInterestId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let row = conflict_of_interest::find(conn, id)?;
            policy::may_speak_for(&user, UserId(row.professor_id))
                .map_err(|_denied| AppError::not_found("conflict of interest"))?;
            conflict_of_interest::delete(conn, id)?;
            Entry::new("conflict_of_interest.delete", id.0).before(&row).record(conn, &(&user).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
