use super::content::{audience_of, check};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::events::{Audience, may_keep};
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::event::{self, EventContent, Reader};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use gestfg_types::events::{CreateEvent, Event};
use gestfg_types::ids::EventId;
use gestfg_types::session::Permission;

/// Write an announcement or an entry of the calendar.
///
/// Admins for everybody, coordinators for one of their degrees, heads for
/// their department.
#[utoipa::path(
    tag = "events",
    request_body = CreateEvent,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Event, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/events")]
pub(super) async fn create_event(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateEvent>,
) -> AppResult<HttpResponse> {
    if !policy::permissions(&user).contains(&Permission::ManageEvents) {
        return Err(AppError::forbidden(
            "Events are written by admins, coordinators and heads of department.",
        ));
    }
    let (now, year, zone) = (state.clock.now(), state.academic_year(), state.config.time_zone);
    let body = body.into_inner();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let mut errors = FieldErrors::new();
                let audience = audience_of(body.audience, body.degree_id, body.department_id, &mut errors);
                errors.into_result()?;
                may_keep(&user, audience)?;
                let content = content(&body, audience, now);
                let content = check(conn, body.kind, content, zone)?;
                let row = event::create(conn, body.kind, user.id, &content)?;
                let id = EventId(row.id);
                let mut entry = Entry::new("event.create", row.id).after(&row);
                if let Some(degree) = audience.degree {
                    entry = entry.degree(degree);
                }
                entry.record(conn, &(&user).into())?;
                event::publish_change(conn, id, audience, year)?;
                let reader = Reader { actor: Some(&user), now, year };
                let made = event::find_visible(conn, reader, id)?;
                Ok(Created {
                    location: format!("{BASE}/events/{id}"),
                    version: Some(row.version),
                    body: views::events::event(made, Some(&user)),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn content(body: &CreateEvent, audience: Audience, now: DateTime<Utc>) -> EventContent {
    EventContent {
        title: body.title.clone(),
        body: body.body.clone(),
        location: body.location.clone(),
        audience: audience.kind.as_str(),
        degree_id: audience.degree.map(|id| id.0),
        department_id: audience.department.map(|id| id.0),
        starts_at: body.starts_at,
        ends_at: body.ends_at,
        is_all_day: body.is_all_day,
        publish_at: body.publish_at.unwrap_or(now),
        expires_at: body.expires_at,
        is_pinned: body.is_pinned,
    }
}
