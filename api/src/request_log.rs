//! One line of log a request: what was asked, what was answered, how long it
//! took. Paths only: a query string may hold a one-time link.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use std::time::Instant;
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// The span around a request, and the line at its end.
pub struct RequestLog;

struct Began(Instant);

impl RootSpanBuilder for RequestLog {
    fn on_request_start(request: &ServiceRequest) -> Span {
        use actix_web::HttpMessage;
        request.extensions_mut().insert(Began(Instant::now()));
        let id = request.extensions().get::<RequestId>().map(|id| id.as_hyphenated().to_string());
        tracing::info_span!("request", id, method = %request.method(), path = request.path())
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        use actix_web::HttpMessage;
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
