//! Headers that every answer carries.

use crate::app::AppState;
use crate::config::Config;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};

/// Everything from here, WebAssembly allowed, nothing else.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
    img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The API documents page brings a style sheet of its own and inline styles.
const DOCS_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds the headers of OWASP's secure headers project, and `no-store` to
/// answers of the API that say nothing else about caching.
///
/// # Errors
/// Those of the service within, which answers its refusals itself.
pub async fn headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let is_docs = request.path().starts_with("/api/docs");
    let is_api = request.path().starts_with("/api/") && !is_docs;
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let fixed = [
        ("content-security-policy", if is_docs { DOCS_CSP } else { CSP }),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in fixed {
        // A document that is shown brings a sandbox of its own, tighter than ours.
        if name == "content-security-policy" && headers.contains_key(header::CONTENT_SECURITY_POLICY) {
            continue;
        }
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if is_api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// Sends whoever came in the clear to the same place over TLS, where that is how people reach
/// the server: Heroku's router lets both in and says which it was.
///
/// # Errors
/// Those of the service within.
pub async fn over_tls(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let state = request.app_data::<web::Data<AppState>>();
    match state.and_then(|state| secure_address(&request, &state.config)) {
        Some(address) => {
            let elsewhere =
                HttpResponse::PermanentRedirect().insert_header((header::LOCATION, address)).finish();
            Ok(request.into_response(elsewhere).map_into_right_body())
        }
        None => next.call(request).await.map(ServiceResponse::map_into_left_body),
    }
}

fn secure_address(request: &ServiceRequest, config: &Config) -> Option<String> {
    if !config.trust_proxy || !config.secure_cookies() {
        return None;
    }
    // As with addresses, the last entry is the router's own.
    let value = request.headers().get_all("x-forwarded-proto").last()?.to_str().ok()?;
    let is_clear = value.rsplit(',').next().is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("http"));
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    is_clear.then(|| format!("{}{path}", config.public_url))
}
