use super::{Spreadsheet, XLSX};
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::import::template;
use crate::openapi::Problems;
use actix_web::http::header::ContentDisposition;
use actix_web::{HttpResponse, get, web};
use gestfg_types::imports::ImportKind;

/// An empty sheet of a kind, to fill in and import.
#[utoipa::path(
    tag = "imports",
    params(("kind" = ImportKind, Path)),
    responses(
        (status = 200, body = inline(Spreadsheet), content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/imports/templates/{kind}")]
pub(super) async fn find_import_template(
    _user: CurrentUser,
    kind: web::Path<ImportKind>,
) -> AppResult<HttpResponse> {
    let kind = kind.into_inner();
    let bytes = web::block(move || template::template(kind)).await?.map_err(AppError::internal)?;
    Ok(HttpResponse::Ok()
        .content_type(XLSX)
        .insert_header(ContentDisposition::attachment(format!("plantilla-{}.xlsx", kind.as_str())))
        .body(bytes))
}
