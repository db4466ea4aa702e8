use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::event::{self, Reader};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::events::Event;
use gestfg_types::ids::EventId;

/// One event, with its text as Markdown and as safe HTML.
///
/// Its keepers see it always; its audience from its publication to its expiry.
#[utoipa::path(
    tag = "events",
    params(("id" = EventId, Path)),
    responses((status = 200, body = Event, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/events/{id}")]
pub(super) async fn find_event(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<EventId>,
) -> AppResult<HttpResponse> {
    let (id, now, year) = (id.into_inner(), state.clock.now(), state.academic_year());
    let event = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let reader = Reader { actor: viewer.actor(), now, year };
            Ok(views::events::event(event::find_visible(conn, reader, id)?, viewer.actor()))
        })
        .await?;
    Ok(versioned(event.version, &event))
}
