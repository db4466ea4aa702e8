use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::unavailability;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::{UnavailabilityId, UserId};

/// Take back that a professor cannot come at a time. By themselves; on behalf
/// by a coordinator or an admin.
#[utoipa::path(
    tag = "availability",
    params(("id" = UnavailabilityId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/unavailability/{id}")]
pub(super) async fn delete_unavailability(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<UnavailabilityId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let professor = UserId(unavailability::find(conn, id)?.professor_id);
            // When others can come is not to be found out by trying.
            policy::may_speak_for(&user, professor)
                .map_err(|_denied| AppError::not_found("unavailability"))?;
            super::lock_professor(conn, professor)?;
            let gone = unavailability::delete(conn, id)?;
            Entry::new("unavailability.delete", professor.0).before(&gone).record(conn, &(&user).into())?;
            super::announce(conn, professor)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
