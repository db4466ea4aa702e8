use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::audit::Entry;
use crate::models::unavailability;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};

/// Forget the calendar file of the caller: what it says from now on. What they
/// said in person stays; without a file there is nothing to forget.
#[utoipa::path(
    tag = "availability",
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/unavailability/calendar-file")]
pub(super) async fn delete_calendar_file(
    user: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    policy::may_speak_for(&user, user.id)?;
    let from = state.clock.now();
    let until = from + super::HORIZON;
    state
        .db
        .write(move |conn| {
            super::lock_professor(conn, user.id)?;
            unavailability::replace_calendar_file(conn, user.id, (from, until), &[])?;
            Entry::new("unavailability.delete_calendar_file", user.id.0).record(conn, &(&user).into())?;
            super::announce(conn, user.id)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
