use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::room;
use crate::openapi::Problems;
use crate::routes::{BASE, check_times};
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::RoomId;
use gestfg_types::rooms::{CreateRoomClosure, RoomClosure};

/// Close a room for a time. By a coordinator or an admin.
#[utoipa::path(
    tag = "rooms",
    request_body = CreateRoomClosure,
    params(("id" = RoomId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = RoomClosure, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/rooms/{id}/closures")]
pub(super) async fn close_room(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<RoomId>,
    body: web::Json<CreateRoomClosure>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let mut errors = FieldErrors::new();
    let reason = errors.line("/reason", &body.reason, 0, 500);
    check_times(&mut errors, body.starts_at, body.ends_at);
    errors.into_result()?;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                room::lock(conn, id)?;
                let row = room::create_closure(conn, id, (body.starts_at, body.ends_at), &reason)?;
                Entry::new("room.close", id.0).after(&row).record(conn, &(&user).into())?;
                Ok(Created {
                    location: format!("{BASE}/rooms/{id}/closures/{}", row.id),
                    version: None,
                    body: views::rooms::closure(row),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
