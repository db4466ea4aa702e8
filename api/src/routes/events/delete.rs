use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::events::may_keep;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::event::{self, Reader};
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::EventId;

/// Remove an event.
#[utoipa::path(
    tag = "events",
    params(("id" = EventId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/events/{id}")]
pub(super) async fn delete_event(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<EventId>,
) -> AppResult<HttpResponse> {
    let (id, now, year) = (id.into_inner(), state.clock.now(), state.academic_year());
    state
        .db
        .write(move |conn| {
            let row = event::lock_visible(conn, Reader { actor: Some(&user), now, year }, id)?;
            let audience = row.audience();
            may_keep(&user, audience)?;
            version.check(row.version)?;
            event::delete(conn, id)?;
            let mut entry = Entry::new("event.delete", id.0).before(&row);
            if let Some(degree) = audience.degree {
                entry = entry.degree(degree);
            }
            entry.record(conn, &(&user).into())?;
            event::publish_change(conn, id, audience, year)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
