use super::may_gather;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::statistics;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};

/// Gather the figures of statistics anew, now.
///
/// By admins, coordinators and heads of department.
#[utoipa::path(
    tag = "statistics",
    responses((status = 204, description = "Done"), Problems),
    security(("bearer" = []))
)]
#[post("/statistics/gather")]
pub(super) async fn gather_statistics(
    user: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    if !may_gather(Some(&user)) {
        return Err(AppError::forbidden("Only admins, coordinators and heads of department may do this."));
    }
    let now = state.clock.now();
    state.db.write(move |conn| Ok(statistics::gather(conn, now)?)).await?;
    Ok(HttpResponse::NoContent().finish())
}
