//! Answers that a browser may keep and ask about: an `ETag` made of the answer
//! itself, so that it changes whenever anything shown does, permissions included.

use crate::auth::Viewer;
use crate::error::{AppError, AppResult};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Who may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Anybody: it is the same for everybody.
    Public,
    /// Only who asked.
    Private,
}

/// 200 with the body, or 304 when the caller has it already. Visitors share
/// what they get, the signed-in do not; both ask again every time.
///
/// # Errors
/// When the body cannot be written.
pub fn revalidated(request: &HttpRequest, viewer: &Viewer, body: &impl Serialize) -> AppResult<HttpResponse> {
    let text = serde_json::to_string(body).map_err(AppError::internal)?;
    let sharing = if viewer.0.is_some() { Sharing::Private } else { Sharing::Public };
    Ok(revalidated_text(request, sharing, "application/json", text))
}

/// The same, of a text of any media type.
#[must_use]
pub fn revalidated_text(
    request: &HttpRequest,
    sharing: Sharing,
    media_type: &str,
    text: String,
) -> HttpResponse {
    let digest: String = Sha256::digest(&text).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    // Weak: compression changes the bytes on the wire.
    let tag = format!("W/\"{digest}\"");
    let policy = match sharing {
        Sharing::Private => "private, no-cache",
        Sharing::Public => "public, no-cache",
    };
    let is_known = is_known(request, &digest);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, policy))
        .append_header((header::VARY, "authorization"));
    if is_known { response.finish() } else { response.content_type(media_type).body(text) }
}

fn is_known(request: &HttpRequest, digest: &str) -> bool {
    request
        .headers()
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/").trim_matches('"') == digest)
}
