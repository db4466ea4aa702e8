//! The porter: finds out who is asking before anything else looks at the
//! request, and keeps other sites out.

use crate::app::AppState;
use crate::auth::current_user::{CurrentUser, Key, Origin, ValidUntil};
use crate::error::{AppError, AppResult};
use crate::models;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use chrono::{DateTime, Utc};
use gestfg_types::accounts::TokenScope;
use gestfg_types::errors::ErrorCode;

/// What every personal API token starts with, to be recognised when leaked.
pub const API_TOKEN_PREFIX: &str = "gtk_";

/// Leaves [`Origin`] and, with a valid token, [`CurrentUser`] in the request.
/// A token that is not valid (any more) is answered 401 even where none is needed.
///
/// A refusal (`not_authenticated`, `read_only_token`, `cross_site_request`,
/// `unavailable`) is an answer like any other, so that it passes through the
/// layers around.
///
/// # Errors
/// Those of the service within.
pub async fn porter(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    match admit(&request).await {
        Ok(()) => next.call(request).await.map(ServiceResponse::map_into_left_body),
        Err(refusal) => Ok(request.error_response(refusal).map_into_right_body()),
    }
}

async fn admit(request: &ServiceRequest) -> AppResult<()> {
    let state = request
        .app_data::<web::Data<AppState>>()
        .cloned()
        .ok_or_else(|| AppError::internal(anyhow::anyhow!("the app has no state")))?;
    let origin = origin_of(request, state.config.trust_proxy);
    request.extensions_mut().insert(origin.clone());
    refuse_other_sites(request, &state.config.public_url)?;
    // Its token is a monitor's, not a person's.
    if request.path() == crate::routes::metrics::PATH {
        return Ok(());
    }
    let Some(token) = bearer(request)? else { return Ok(()) };
    let (user, until) = find_user(&state, token, origin).await?;
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if writes && matches!(user.key, Key::ApiToken(_, TokenScope::Read)) {
        return Err(AppError::code_only(ErrorCode::ReadOnlyToken));
    }
    request.extensions_mut().insert(user);
    request.extensions_mut().insert(ValidUntil(until));
    Ok(())
}

fn bearer(request: &ServiceRequest) -> AppResult<Option<String>> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .filter(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty())
        .map(|(_, token)| Some(token.trim().to_owned()))
        .ok_or_else(|| {
            AppError::refuse(ErrorCode::NotAuthenticated, "The Authorization header takes the Bearer scheme.")
        })
}

async fn find_user(
    state: &AppState,
    token: String,
    origin: Origin,
) -> AppResult<(CurrentUser, Option<DateTime<Utc>>)> {
    let refused =
        || AppError::refuse(ErrorCode::NotAuthenticated, "The token is not valid any more. Log in again.");
    let now = state.clock.now();
    if token.starts_with(API_TOKEN_PREFIX) {
        return state
            .db
            .run(move |conn| {
                let (user, token, scope) =
                    models::api_token::find_live(conn, &token, now)?.ok_or_else(refused)?;
                let key = Key::ApiToken(token, scope);
                let user = models::current_user::load(conn, user, key, origin)?.ok_or_else(refused)?;
                Ok((user, None))
            })
            .await;
    }
    let claims = state.keys.verify(&token, now).ok_or_else(refused)?;
    state
        .db
        .run(move |conn| {
            if !models::session::is_live(conn, claims.sid, claims.sub, now)? {
                return Err(refused());
            }
            let user = gestfg_types::ids::UserId(claims.sub);
            let key = Key::Session(claims.sid);
            let user = models::current_user::load(conn, user, key, origin)?.ok_or_else(refused)?;
            Ok((user, DateTime::from_timestamp(claims.exp, 0)))
        })
        .await
}

/// The refresh cookie is `SameSite=Strict`; this is the second lock: a write
/// that names another origin is refused (OWASP CSRF, "verifying origin").
fn refuse_other_sites(request: &ServiceRequest, public_url: &str) -> AppResult<()> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if matches!(site, Some("cross-site" | "same-site")) {
        return Err(AppError::code_only(ErrorCode::CrossSiteRequest));
    }
    let Some(origin) = request.headers().get(header::ORIGIN) else { return Ok(()) };
    // What cannot be read is no origin of ours.
    let origin = origin.to_str().unwrap_or("null");
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same = url::Url::parse(origin).ok().is_some_and(|url| {
        let authority = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        authority == host
    });
    if same || origin == public_url { Ok(()) } else { Err(AppError::code_only(ErrorCode::CrossSiteRequest)) }
}

fn origin_of(request: &ServiceRequest, trust_proxy: bool) -> Origin {
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .filter(|_| trust_proxy)
        .last()
        // The last address is the one the router itself saw.
        .and_then(|list| list.rsplit(',').next())
        .map(|address| address.trim().to_owned())
        .filter(|address| address.parse::<std::net::IpAddr>().is_ok());
    let address = forwarded.or_else(|| request.peer_addr().map(|peer| peer.ip().to_string()));
    let request_id =
        request.extensions().get::<tracing_actix_web::RequestId>().map(|id| id.as_hyphenated().to_string());
    Origin { address, request_id }
}
