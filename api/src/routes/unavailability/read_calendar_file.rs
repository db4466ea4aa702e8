use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::busy_calendar;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::{unavailability, user};
use crate::openapi::Problems;
use crate::reading;
use actix_web::{HttpRequest, HttpResponse, post, web};
use gestfg_types::availability::{BusyTime, CalendarFileRead};
use gestfg_types::errors::ErrorCode;
use serde::Deserialize;
use utoipa::IntoParams;

/// Bytes a file may have: years of a full calendar.
const MAX_BYTES: usize = 5 * 1024 * 1024;

/// Times of a preview that are told.
const MOST_SHOWN: usize = 1_000;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Whether it is only looked at.
    #[serde(default)]
    preview: bool,
}

/// Read a calendar file (iCalendar, RFC 5545) of the caller, as `text/calendar`.
///
/// Only when they are busy is kept, neither what for nor with whom: entries
/// that are transparent, cancelled or declined count as free, repeated ones are
/// followed for 400 days from today. It takes the place of the file before;
/// what they said in person stays. With `preview` nothing is kept, and the times
/// that would be are told.
#[utoipa::path(
    tag = "availability",
    params(Params),
    request_body(content = String, content_type = "text/calendar"),
    responses((status = 200, body = CalendarFileRead), Problems),
    security(("bearer" = []))
)]
#[post("/unavailability/calendar-file")]
pub(super) async fn read_calendar_file(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
    request: HttpRequest,
    body: web::Payload,
) -> AppResult<HttpResponse> {
    policy::may_speak_for(&user, user.id)?;
    let media_type =
        request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.to_ascii_lowercase().starts_with("text/calendar") {
        return Err(AppError::refuse(ErrorCode::UnsupportedMediaType, "Send the file as text/calendar."));
    }
    let body = body
        .to_bytes_limited(MAX_BYTES)
        .await
        .map_err(|_limit| AppError::refuse(ErrorCode::TooLarge, "The file is larger than 5 MB."))?
        .map_err(|_broken| AppError::refuse(ErrorCode::MalformedRequest, "The file did not arrive whole."))?;
    let (from, zone) = (state.clock.now(), state.config.time_zone);
    let until = from + super::HORIZON;
    // Rules of repetition may take their time: not on a thread that answers others.
    let me = user.id;
    let owner = state.db.run(move |conn| Ok(user::find(conn, me)?.email)).await?;
    let read = move || busy_calendar::read(&body, owner.as_deref(), (from, until), zone);
    let found = reading::by_turns(read).await?;
    let found = found.map_err(|error| AppError::refuse(ErrorCode::UnreadableFile, error.to_string()))?;
    let (entries, ignored) = (found.entries, found.ignored);
    if params.preview {
        let read = state
            .db
            .write(move |conn| {
                super::lock_professor(conn, user.id)?;
                let free = unavailability::without_own_answer(conn, user.id, (from, until), &found.busy)?;
                let kept = u32::try_from(free.len()).unwrap_or(u32::MAX);
                let shown = free.into_iter().take(MOST_SHOWN);
                let busy = shown.map(|(starts_at, ends_at)| BusyTime { starts_at, ends_at }).collect();
                Ok(CalendarFileRead { entries, ignored, kept, from, until, preview: true, busy })
            })
            .await?;
        return Ok(HttpResponse::Ok().json(read));
    }
    let read = state
        .db
        .write(move |conn| {
            super::lock_professor(conn, user.id)?;
            let kept = unavailability::replace_calendar_file(conn, user.id, (from, until), &found.busy)?;
            let kept = u32::try_from(kept).unwrap_or(u32::MAX);
            let read =
                CalendarFileRead { entries, ignored, kept, from, until, preview: false, busy: Vec::new() };
            Entry::new("unavailability.read_calendar_file", user.id.0)
                .after(&read)
                .record(conn, &(&user).into())?;
            super::announce(conn, user.id)?;
            Ok(read)
        })
        .await?;
    Ok(HttpResponse::Ok().json(read))
}
