//! What a monitor reads.

use crate::app::AppState;
use crate::error::{AppError, AppResult};
use crate::metrics::Sight;
use crate::models::queues;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};
use gestfg_types::errors::ErrorCode;
use std::time::Duration;
use subtle::ConstantTimeEq;

/// A monitor that waits longer is told that the database is away.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where it is read.
pub const PATH: &str = "/metrics";

/// Everything that is counted, for whoever has `METRICS_TOKEN`. Without that
/// variable there is no such thing.
#[get("/metrics")]
pub(crate) async fn read(request: HttpRequest, state: web::Data<AppState>) -> AppResult<HttpResponse> {
    let Some(token) = &state.config.metrics_token else {
        return Err(AppError::not_found("thing"));
    };
    if !has_token(&request, token.reveal()) {
        return Err(AppError::refuse(ErrorCode::NotAuthenticated, "The token of the metrics is another."));
    }
    // Before the question, which takes a connection itself.
    let pool = state.db.load();
    let asked = state.db.run(|conn| Ok(queues::count(conn)?.lengths().to_vec()));
    let queues = tokio::time::timeout(PATIENCE, asked).await.ok().and_then(Result::ok);
    let sight = Sight { queues, pool, streams: state.live.count() };
    let text = state.metrics.write(&sight).map_err(AppError::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

fn has_token(request: &HttpRequest, token: &str) -> bool {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    given.is_some_and(|(_, given)| bool::from(given.trim().as_bytes().ct_eq(token.as_bytes())))
}
