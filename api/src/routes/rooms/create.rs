use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::room::{self, NewRoom};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::rooms::{CreateRoom, Room};

/// Make a room. By a coordinator or an admin.
#[utoipa::path(
    tag = "rooms",
    request_body = CreateRoom,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Room, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/rooms")]
pub(super) async fn create_room(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateRoom>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let body = body.into_inner();
    let mut errors = FieldErrors::new();
    let name = errors.line("/name", &body.name, 1, 100);
    let building = errors.line("/building", &body.building, 0, 200);
    let notes = errors.paragraphs("/notes", &body.notes, 2000);
    super::check_capacity(&mut errors, body.capacity);
    errors.into_result()?;
    let now = state.clock.now();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let new =
                    NewRoom { name: &name, building: &building, capacity: body.capacity, notes: &notes };
                let row = room::create(conn, &new)?;
                Entry::new("room.create", row.id).after(&row).record(conn, &(&user).into())?;
                Ok(Created {
                    location: format!("{BASE}/rooms/{}", row.id),
                    version: Some(row.version),
                    body: views::rooms::room(0, row, Some(&user)),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
