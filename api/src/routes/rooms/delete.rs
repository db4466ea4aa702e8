use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::room;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::RoomId;

/// Remove a room in which nothing is held, with its closures. By a coordinator
/// or an admin.
#[utoipa::path(
    tag = "rooms",
    params(("id" = RoomId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/rooms/{id}")]
pub(super) async fn delete_room(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<RoomId>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let row = room::lock(conn, id)?;
            version.check(row.version)?;
            room::delete(conn, id)?;
            Entry::new("room.delete", id.0).before(&row).record(conn, &(&user).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
