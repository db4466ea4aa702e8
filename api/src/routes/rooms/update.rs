use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::room::{self, RoomChanges};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::ids::RoomId;
use gestfg_types::rooms::{Room, UpdateRoom};

/// Change a room. By a coordinator or an admin.
#[utoipa::path(
    tag = "rooms",
    params(("id" = RoomId, Path), ("If-Match" = String, Header)),
    request_body = UpdateRoom,
    responses((status = 200, body = Room, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/rooms/{id}")]
pub(super) async fn update_room(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<RoomId>,
    body: web::Json<UpdateRoom>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let (id, now) = (id.into_inner(), state.clock.now());
    let UpdateRoom { name, building, capacity, notes, is_active } = body.into_inner();
    let mut errors = FieldErrors::new();
    let name = name.map(|name| errors.line("/name", &name, 1, 100));
    let building = building.map(|building| errors.line("/building", &building, 0, 200));
    let notes = notes.map(|notes| errors.paragraphs("/notes", &notes, 2000));
    super::check_capacity(&mut errors, capacity.flatten());
    errors.into_result()?;
    let changes = RoomChanges { name, building, capacity, notes, is_active };
    let changed = state
        .db
        .write(move |conn| {
            let before = room::lock(conn, id)?;
            version.check(before.version)?;
            let after = room::update(conn, id, &changes)?;
            Entry::new("room.update", id.0).before(&before).after(&after).record(conn, &(&user).into())?;
            let ahead = room::count_closures_ahead(conn, &[id.0], now)?;
            let closures = ahead.get(&id.0).copied().unwrap_or_default();
            Ok(views::rooms::room(closures, after, Some(&user)))
        })
        .await?;
    Ok(versioned(changed.version, &changed))
}
