use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::room;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::RoomId;
use gestfg_types::rooms::Room;

/// One room.
#[utoipa::path(
    tag = "rooms",
    params(("id" = RoomId, Path)),
    responses((status = 200, body = Room, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/rooms/{id}")]
pub(super) async fn find_room(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<RoomId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let row = room::find(conn, id)?;
            let ahead = room::count_closures_ahead(conn, &[row.id], now)?;
            let closures = ahead.get(&row.id).copied().unwrap_or_default();
            Ok(views::rooms::room(closures, row, viewer.actor()))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
