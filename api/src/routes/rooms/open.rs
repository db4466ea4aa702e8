use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::room;
use crate::openapi::Problems;
use crate::routes::check_times;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::RoomId;
use gestfg_types::rooms::OpenRoom;

/// Open a room for a time in which it is closed; before and after that it stays closed. A room that
/// another call is in cannot be opened so. By a coordinator or an admin.
#[utoipa::path(
    tag = "rooms",
    request_body = OpenRoom,
    params(("id" = RoomId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/rooms/{id}/open")]
pub(super) async fn open_room(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<RoomId>,
    body: web::Json<OpenRoom>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let (id, OpenRoom { starts_at, ends_at }) = (id.into_inner(), body.into_inner());
    let mut errors = FieldErrors::new();
    check_times(&mut errors, starts_at, ends_at);
    errors.into_result()?;
    state
        .db
        .write(move |conn| {
            room::lock(conn, id)?;
            let closed = room::open(conn, id, (starts_at, ends_at))?;
            if closed.is_empty() {
                let sentence = "The room is not closed then; if it cannot be used, another call is in it.";
                return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
            }
            let after = OpenRoom { starts_at, ends_at };
            Entry::new("room.open", id.0).before(&closed).after(&after).record(conn, &(&user).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
