use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::audit::Entry;
use crate::models::room;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::{RoomClosureId, RoomId};

/// Take a closure of a room back. By a coordinator or an admin.
#[utoipa::path(
    tag = "rooms",
    params(("id" = RoomId, Path), ("closure_id" = RoomClosureId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/rooms/{id}/closures/{closure_id}")]
pub(super) async fn reopen_room(
    user: CurrentUser,
    state: web::Data<AppState>,
    ids: web::Path<(RoomId, RoomClosureId)>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let (room, id) = ids.into_inner();
    state
        .db
        .write(move |conn| {
            let row = room::delete_closure(conn, room, id)?;
            Entry::new("room.reopen", room.0).before(&row).record(conn, &(&user).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
