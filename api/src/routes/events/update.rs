use super::content::{audience_of, check};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::events::{Audience, may_keep};
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::event::{self, EventContent, EventRow, Reader};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::events::{Event, EventAudience, UpdateEvent};
use gestfg_types::ids::EventId;

/// Change an event, by those who keep it as it is and as it will be.
#[utoipa::path(
    tag = "events",
    params(("id" = EventId, Path), ("If-Match" = String, Header)),
    request_body = UpdateEvent,
    responses((status = 200, body = Event, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/events/{id}")]
pub(super) async fn update_event(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<EventId>,
    body: web::Json<UpdateEvent>,
) -> AppResult<HttpResponse> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let (now, year, zone) = (state.clock.now(), state.academic_year(), state.config.time_zone);
    let event = state
        .db
        .write(move |conn| {
            let reader = Reader { actor: Some(&user), now, year };
            let before = event::lock_visible(conn, reader, id)?;
            may_keep(&user, before.audience())?;
            version.check(before.version)?;
            let audience = new_audience(&body, &before)?;
            may_keep(&user, audience)?;
            let content = check(conn, before.kind(), content(body, &before, audience), zone)?;
            let after = event::update(conn, id, &content)?;
            let mut entry = Entry::new("event.update", id.0).before(&before).after(&after);
            if let Some(degree) = audience.degree.or(before.audience().degree) {
                entry = entry.degree(degree);
            }
            entry.record(conn, &(&user).into())?;
            event::publish_change(conn, id, audience, year)?;
            if before.audience() != audience {
                event::publish_change(conn, id, before.audience(), year)?;
            }
            Ok(views::events::event(event::find_visible(conn, reader, id)?, Some(&user)))
        })
        .await?;
    Ok(versioned(event.version, &event))
}

/// The audience asked for; what is not said stays, where it still has a meaning.
fn new_audience(body: &UpdateEvent, before: &EventRow) -> AppResult<Audience> {
    let stored = before.audience();
    let kind = body.audience.unwrap_or(stored.kind);
    let degree = body.degree_id.or(stored.degree.filter(|_| kind == EventAudience::Degree));
    let department = body.department_id.or(stored.department.filter(|_| kind == EventAudience::Department));
    let mut errors = FieldErrors::new();
    let audience = audience_of(kind, degree, department, &mut errors);
    errors.into_result()?;
    Ok(audience)
}

fn content(body: UpdateEvent, before: &EventRow, audience: Audience) -> EventContent {
    EventContent {
        title: body.title.unwrap_or_else(|| before.title.clone()),
        body: body.body.unwrap_or_else(|| before.body.clone()),
        location: body.location.unwrap_or_else(|| before.location.clone()),
        audience: audience.kind.as_str(),
        degree_id: audience.degree.map(|id| id.0),
        department_id: audience.department.map(|id| id.0),
        starts_at: body.starts_at.or(before.starts_at),
        ends_at: body.ends_at.or(before.ends_at),
        is_all_day: body.is_all_day.unwrap_or(before.is_all_day),
        publish_at: body.publish_at.unwrap_or(before.publish_at),
        expires_at: body.expires_at.unwrap_or(before.expires_at),
        is_pinned: body.is_pinned.unwrap_or(before.is_pinned),
    }
}
