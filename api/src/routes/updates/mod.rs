//! The stream of what changes.

use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::auth::current_user::ValidUntil;
use crate::error::AppResult;
use crate::openapi::Problems;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};
use gestfg_types::updates::Update;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on updates.
pub fn configure(config: &mut ServiceConfig) {
    config.service(stream_updates);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// As the header, for clients that cannot send one; the header counts.
    #[param(minimum = 0)]
    last_event_id: Option<i64>,
}

/// Be told what changes, as server-sent events, while it does.
///
/// The stream begins with an event `hello`; from then on each event `change`
/// carries an `Update`, a hint to read that thing again. It ends with the
/// access token, the log-in or the server: come again with the id of the last
/// event, and nothing is missed or repeated. When that is too long ago the
/// stream begins with `reset` instead: read everything again.
#[utoipa::path(
    tag = "updates",
    params(Params, ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that arrived.")),
    responses(
        (status = 200, body = Update, content_type = "text/event-stream", description = "The data of each event `change`.", headers(("Cache-Control"))),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/updates")]
pub(super) async fn stream_updates(
    user: CurrentUser,
    until: ValidUntil,
    state: web::Data<AppState>,
    request: HttpRequest,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let after = match request.headers().get("last-event-id") {
        // What we never gave out leads to a reset.
        Some(id) => Some(id.to_str().ok().and_then(|id| id.trim().parse().ok()).unwrap_or(i64::MAX)),
        None => params.last_event_id,
    };
    let feed = state.live.open(&state.db, &user, until.0, after).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // A compressor would hold events back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .force_close()
        .streaming(feed))
}
