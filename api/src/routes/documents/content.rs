use super::readable;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::document::DocumentDetail;
use crate::openapi::Problems;
use crate::routes::download::disposition;
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    self, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_SECURITY_POLICY, ContentEncoding, ETAG,
};
use actix_web::{HttpRequest, HttpResponse, ResponseError, get, web};
use futures_util::StreamExt;
use gestfg_types::documents::{DocumentFormat, DocumentStore};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::DocumentId;
use serde::Deserialize;
use std::ops::Range;
use utoipa::{IntoParams, ToSchema};

/// For whoever shows a PDF: it may run nothing, reach nothing and be framed by nobody.
const SANDBOX: &str =
    "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// How the bytes are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// To be shown instead of saved; PDF only, in a sandbox.
    #[serde(default)]
    inline: bool,
}

/// The bytes of a document.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes an answer")]
struct Bytes(Vec<u8>);

/// The bytes of a version, to be saved under its name.
///
/// Answers one range (`Range`, with `If-Range`) with 206, and 304 to an
/// `If-None-Match` of its `ETag`, which is its SHA-256.
#[utoipa::path(
    tag = "documents",
    params(
        ("id" = DocumentId, Path), Wanted,
        ("Range" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)
    ),
    responses(
        (status = 200, body = Bytes, content_type = "application/pdf", headers(("ETag"))),
        (status = 206, body = Bytes, content_type = "application/pdf", headers(("Content-Range"))),
        (status = 304, description = "The caller has it already"),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/documents/{id}/content")]
pub(super) async fn find_document_content(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<DocumentId>,
    wanted: web::Query<Wanted>,
    request: HttpRequest,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state.db.run(move |conn| readable(conn, id, &user)).await?;
    if !found.is_kept {
        let sentence = "The document was handed in, and the time for keeping its content is over.";
        return Err(AppError::refuse(ErrorCode::ContentRemoved, sentence));
    }
    let size = u64::try_from(found.size).map_err(AppError::internal)?;
    let tag = format!("\"{}\"", found.fingerprint());
    if told(&request, header::IF_NONE_MATCH).is_some_and(|tags| tags == "*" || tags.contains(&tag)) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, tag)).finish());
    }
    // A range of another version would be torn out of its context.
    let is_same = told(&request, header::IF_RANGE).is_none_or(|other| other == tag);
    let range = match told(&request, header::RANGE).filter(|_| is_same).map(|text| range_of(text, size)) {
        None | Some(Asked::Whole) => None,
        Some(Asked::Part(range)) => Some(range),
        Some(Asked::Nothing) => {
            let mut refusal =
                AppError::refuse(ErrorCode::RangeNotSatisfiable, format!("The document has {size} bytes."))
                    .error_response();
            set(&mut refusal, CONTENT_RANGE, &format!("bytes */{size}"));
            return Ok(refusal);
        }
    };
    let mut response =
        if range.is_some() { HttpResponse::build(StatusCode::PARTIAL_CONTENT) } else { HttpResponse::Ok() };
    if let Some(Range { start, end }) = &range {
        response.insert_header((CONTENT_RANGE, format!("bytes {start}-{}/{size}", end - 1)));
    }
    let is_shown = wanted.inline && found.format() == DocumentFormat::Pdf;
    response
        .content_type(found.media_type.as_str())
        .insert_header((ETAG, tag))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((CONTENT_SECURITY_POLICY, SANDBOX))
        // It is compressed by nature; ranges count its own bytes.
        .insert_header(ContentEncoding::Identity)
        .insert_header(disposition(is_shown, found.file_name.clone()));
    let range = range.unwrap_or(0..size);
    let length = range.end - range.start;
    let DocumentDetail { content_id, store, .. } = found;
    let is_in_bucket = store == DocumentStore::Bucket.as_str();
    let bytes = state.storage.read(content_id, is_in_bucket, range).await?;
    let bytes = bytes.inspect(move |read| {
        // The head has gone: the reader sees a download that breaks off, we the reason.
        if let Err(error) = read {
            tracing::error!(document = id.0, %error, "a document cannot be read to its end");
        }
    });
    Ok(response.body(SizedStream::new(length, bytes)))
}

fn told(request: &HttpRequest, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

fn set(response: &mut HttpResponse, name: header::HeaderName, value: &str) {
    if let Ok(value) = header::HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    Nothing,
}

/// One range of bytes. What cannot be understood, or asks for several, is
/// answered with the whole (RFC 9110, 14.2).
fn range_of(text: &str, size: u64) -> Asked {
    let Some((from, to)) = text
        .trim()
        .strip_prefix("bytes=")
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.split_once('-'))
    else {
        return Asked::Whole;
    };
    let (from, to) = (from.trim(), to.trim());
    let (start, end) = match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(start), Ok(last)) if start <= last => (start, last.saturating_add(1).min(size)),
        (Ok(start), Err(_)) if to.is_empty() => (start, size),
        (Err(_), Ok(count)) if from.is_empty() => (size.saturating_sub(count), size),
        _ => return Asked::Whole,
    };
    if start < end { Asked::Part(start..end) } else { Asked::Nothing }
}

#[cfg(test)]
mod tests {
    use super::{Asked, range_of};

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        for (text, asked) in [
            ("bytes=0-9", Asked::Part(0..10)),
            ("bytes=90-", Asked::Part(90..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("bytes=50-1000", Asked::Part(50..100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=9-0", Asked::Whole),
            ("bytes=0-9,20-29", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("lines=0-9", Asked::Whole),
            ("bytes=18446744073709551615-18446744073709551615", Asked::Nothing),
        ] {
            assert_eq!(range_of(text, 100), asked, "{text}");
        }
    }
}
