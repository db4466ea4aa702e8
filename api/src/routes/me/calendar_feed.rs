use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::audit::Entry;
use crate::models::calendar_feed::{self, FeedRow};
use crate::openapi::Problems;
use crate::routes::BASE;
use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, post, web};
use gestfg_types::calendar::{CalendarFeed, CalendarFeedCreated};

/// Whether one has a private calendar address, and when it was read. The
/// address itself was shown when it was made.
#[utoipa::path(
    tag = "me",
    responses((status = 200, body = CalendarFeed), Problems),
    security(("bearer" = []))
)]
#[get("/me/calendar-feed")]
pub(super) async fn find_calendar_feed(
    caller: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    let row = state.db.run(move |conn| Ok(calendar_feed::find(conn, caller.id)?)).await?;
    Ok(HttpResponse::Ok().json(match row {
        Some(FeedRow { user_id: _, created_at, last_read_at }) => {
            CalendarFeed { is_active: true, created_at: Some(created_at), last_read_at }
        }
        None => CalendarFeed { is_active: false, created_at: None, last_read_at: None },
    }))
}

/// Make a private calendar address; any other one dies. Not for personal tokens.
///
/// No `Idempotency-Key` here: the answer would have to be kept, secret and all.
#[utoipa::path(
    tag = "me",
    responses((status = 201, body = CalendarFeedCreated, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/me/calendar-feed")]
pub(super) async fn create_calendar_feed(
    caller: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    caller.session()?;
    let now = state.clock.now();
    let secret = state
        .db
        .write(move |conn| {
            let (row, secret) = calendar_feed::make(conn, caller.id, now)?;
            Entry::new("calendar_feed.create", row.user_id).after(&row).record(conn, &(&caller).into())?;
            Ok(secret)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("{BASE}/me/calendar-feed")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(CalendarFeedCreated {
            url: format!("{}{BASE}/calendar/{secret}.ics", state.config.public_url),
        }))
}

/// Let one's private calendar address die, if there is one. Not for personal tokens.
#[utoipa::path(
    tag = "me",
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/me/calendar-feed")]
pub(super) async fn delete_calendar_feed(
    caller: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    caller.session()?;
    state
        .db
        .write(move |conn| {
            if let Some(row) = calendar_feed::revoke(conn, caller.id)? {
                Entry::new("calendar_feed.delete", row.user_id)
                    .before(&row)
                    .record(conn, &(&caller).into())?;
            }
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
