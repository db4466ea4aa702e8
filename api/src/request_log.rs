//! One line of log a request: what was asked, what was answered, how long it
//! took. Paths only: a query string may hold a one-time link.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use std::borrow::Cow;
use std::time::Instant;
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

tokio::task_local! {
    /// The id of the request this task answers.
    static REQUEST_ID: String;
}

/// The id of the request being answered, to be quoted when asking for help.
#[must_use]
pub fn current_id() -> Option<String> {
    REQUEST_ID.try_with(Clone::clone).ok()
}

/// Lets everything within know the id of the request, and sends it along.
///
/// # Errors
/// Those of the service within.
pub async fn know_id(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = request.extensions().get::<RequestId>().map(|id| id.as_hyphenated().to_string());
    let id = id.unwrap_or_default();
    let mut response = REQUEST_ID.scope(id.clone(), next.call(request)).await?;
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    Ok(response)
}

/// The span around a request, and the line at its end.
pub struct RequestLog;

struct Began(Instant);

impl RootSpanBuilder for RequestLog {
    fn on_request_start(request: &ServiceRequest) -> Span {
        request.extensions_mut().insert(Began(Instant::now()));
        let id = request.extensions().get::<RequestId>().map(|id| id.as_hyphenated().to_string());
        tracing::info_span!("request", id, method = %request.method(), path = %without_secret(request.path()))
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let _entered = span.enter();
        match outcome {
            Ok(response) => {
                let took = response.request().extensions().get::<Began>().map(|began| began.0.elapsed());
                let ms = took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
                tracing::info!(status = response.status().as_u16(), ms, "answered");
            }
            Err(error) => tracing::error!(%error, "not answered"),
        }
    }
}

/// A private calendar's address is its key, and so is a link that unsubscribes.
fn without_secret(path: &str) -> Cow<'_, str> {
    let kept =
        ["/api/v1/calendar/", "/api/v1/unsubscribe/"].into_iter().find(|start| path.starts_with(start));
    kept.map_or(Cow::Borrowed(path), |start| Cow::Owned(format!("{start}…")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_paths_are_not_logged() {
        assert_eq!(without_secret("/api/v1/calendar/secret.ics"), "/api/v1/calendar/…");
        assert_eq!(without_secret("/api/v1/calendar"), "/api/v1/calendar");
        assert_eq!(without_secret("/api/v1/calendar.ics"), "/api/v1/calendar.ics");
    }
}
