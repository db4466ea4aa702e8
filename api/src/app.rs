//! The application: one function that the server and the tests both use.

use crate::auth::middleware::porter;
use crate::auth::token::TokenKeys;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::AppError;
use crate::faults::{self, Faults};
use crate::follower::PublicReads;
use crate::live::Live;
use crate::metrics::{Metrics, observe};
use crate::request_log::{RequestLog, know_id};
use crate::storage::Storage;
use crate::{assets, openapi, routes, security, slow_bodies};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, ResponseError, web};
use chrono::{DateTime, Utc};
use gestfg_types::errors::ErrorCode;
use gestfg_types::time_zone::TimeZoneRules;
use std::sync::Arc;
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::SwaggerUi;

/// What every handler can reach.
#[derive(Clone)]
pub struct AppState {
    /// The only door to blocking code.
    pub db: Db,
    /// The door for what visitors read, which may be a copy of the database.
    pub public_reads: PublicReads,
    /// What the server was told.
    pub config: Arc<Config>,
    /// Signs and verifies access tokens.
    pub keys: TokenKeys,
    /// Decides "now".
    pub clock: Clock,
    /// The institution's time zone, as browsers are told of it.
    pub time_zone: Arc<TimeZoneRules>,
    /// Notes errors nobody expected.
    pub faults: Faults,
    /// Since when it serves.
    pub started_at: DateTime<Utc>,
    /// What is counted for a monitor.
    pub metrics: Metrics,
    /// The streams of what changes.
    pub live: Live,
    /// Where the bytes of documents are.
    pub storage: Storage,
    /// The built interface.
    pub assets: Arc<assets::Assets>,
}

impl AppState {
    /// State for a configuration; nothing is connected yet.
    #[must_use]
    pub fn new(config: Config, clock: Clock) -> Self {
        let db = Db::new(config.database_url.reveal(), config.pool_size);
        Self {
            public_reads: PublicReads::new(db.clone(), &config),
            storage: Storage::new(db.clone(), config.bucket.clone()),
            db,
            keys: TokenKeys::new(config.jwt_secret.reveal()),
            time_zone: Arc::new(crate::clock::zone_rules(clock.now(), config.time_zone)),
            faults: Faults::default(),
            started_at: clock.now(),
            metrics: Metrics::new(clock.now()),
            live: Live::new(config.database_url.clone(), clock.clone()),
            assets: Arc::new(assets::Assets::open(&config.assets_dir)),
            config: Arc::new(config),
            clock,
        }
    }

    /// The academic year it is, by the year it starts in.
    #[must_use]
    pub fn academic_year(&self) -> i16 {
        crate::clock::academic_year(self.clock.now(), self.config.time_zone)
    }
}

/// JSON bodies are small; imports have their own limit.
const JSON_LIMIT: usize = 256 * 1024;

/// Build the application around its state.
pub fn build(
    state: AppState,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl actix_web::body::MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .wrap(from_fn(named_before_numbered))
        .wrap(from_fn(slow_bodies::patience))
        .wrap(from_fn(porter))
        .wrap(from_fn(security::over_tls))
        .wrap(Compress::default())
        .wrap(from_fn(security::headers))
        .wrap(from_fn(faults::note))
        .wrap(from_fn(observe))
        .wrap(from_fn(know_id))
        .wrap(TracingLogger::<RequestLog>::new())
        .app_data(web::Data::new(state))
        .app_data(json_config())
        .app_data(web::QueryConfig::default().error_handler(|error, _| {
            AppError::refuse(ErrorCode::MalformedRequest, format!("The query string is not valid: {error}"))
                .into()
        }))
        .app_data(web::PathConfig::default().error_handler(|_, _| AppError::not_found("thing").into()))
        .service(routes::health::live)
        .service(routes::health::ready)
        .service(routes::metrics::read)
        .service(web::redirect("/api/docs", "/api/docs/"))
        .service(SwaggerUi::new("/api/docs/{_:.*}").url("/api/v1/openapi.json", openapi::document().clone()))
        .into_utoipa_app()
        .configure(routes::api)
        .into_app()
        .default_service(web::to(elsewhere))
}

fn json_config() -> web::JsonConfig {
    web::JsonConfig::default().limit(JSON_LIMIT).error_handler(|error, _| {
        use actix_web::error::JsonPayloadError as E;
        match error {
            E::Overflow { .. } | E::OverflowKnownLength { .. } => AppError::refuse(
                ErrorCode::TooLarge,
                format!("A JSON body has at most {} KiB.", JSON_LIMIT / 1024),
            ),
            E::ContentType => {
                AppError::refuse(ErrorCode::UnsupportedMediaType, "Send the body as application/json.")
            }
            E::Deserialize(error) if error.is_data() => {
                AppError::refuse(ErrorCode::MalformedRequest, format!("The body does not fit: {error}."))
            }
            other => AppError::refuse(ErrorCode::MalformedRequest, format!("The body is not JSON: {other}.")),
        }
        .into()
    })
}

/// Paths nobody claimed: under `/api` a problem, elsewhere the interface.
async fn elsewhere(
    request: HttpRequest,
    state: web::Data<AppState>,
) -> Result<HttpResponse, actix_web::Error> {
    let path = request.path();
    if path == "/api" || path.starts_with("/api/") {
        return Ok(unknown_operation(path));
    }
    Ok(state.assets.respond(&request))
}

/// A path that is written out in the document has its own methods only. The
/// router would go on to `{id}`, and read `export` as a number.
async fn named_before_numbered(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if openapi::lacks_method(request.path(), request.method()) {
        let refusal = unknown_operation(request.path());
        return Ok(request.into_response(refusal));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn unknown_operation(path: &str) -> HttpResponse {
    match openapi::allowed_methods(path) {
        Some(methods) => {
            let mut response = AppError::code_only(ErrorCode::MethodNotAllowed).error_response();
            if let Ok(methods) = HeaderValue::try_from(methods) {
                response.headers_mut().insert(header::ALLOW, methods);
            }
            response
        }
        None => {
            AppError::refuse(ErrorCode::NotFound, "There is no such operation; /api/docs lists them all.")
                .error_response()
        }
    }
}
