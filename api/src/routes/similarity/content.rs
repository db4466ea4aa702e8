use crate::app::AppState;
use crate::error::{AppError, AppResult};
use crate::models::{document, similarity_report};
use crate::openapi::Problems;
use crate::routes::download::disposition;
use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, ContentEncoding};
use actix_web::{HttpResponse, get, web};
use gestfg_types::documents::DocumentStore;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What the link carries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Carried {
    /// The secret of the link.
    #[param(max_length = 100)]
    token: String,
}

/// The bytes of a document.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes an answer")]
struct Bytes(Vec<u8>);

/// The document that the similarity service was asked about.
///
/// By the link in the question, without log-in, once, and within an hour.
#[utoipa::path(
    tag = "similarity",
    params(("id" = String, Path), Carried),
    responses((status = 200, body = Bytes, content_type = "application/pdf"), Problems),
    security(())
)]
#[get("/similarity-reports/{id}/content")]
pub(super) async fn find_similarity_report_content(
    state: web::Data<AppState>,
    id: web::Path<Uuid>,
    carried: web::Query<Carried>,
) -> AppResult<HttpResponse> {
    let (id, token, now) = (id.into_inner(), carried.into_inner().token, state.clock.now());
    let found = state
        .db
        .write(move |conn| {
            let used = similarity_report::use_link(conn, id, &token, now)?;
            Ok(document::find(conn, used.ok_or_else(|| AppError::not_found("link"))?)?)
        })
        .await?;
    let size = u64::try_from(found.size).map_err(AppError::internal)?;
    let is_in_bucket = found.store == DocumentStore::Bucket.as_str();
    let bytes = state.storage.read(found.content_id, is_in_bucket, 0..size).await?;
    Ok(HttpResponse::Ok()
        .content_type(found.media_type.as_str())
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(ContentEncoding::Identity)
        .insert_header(disposition(false, found.file_name))
        .body(SizedStream::new(size, bytes)))
}
