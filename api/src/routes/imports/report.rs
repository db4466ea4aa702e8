use super::{Spreadsheet, XLSX};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::import::batch::{layout_of, refuse_sheet};
use crate::import::template;
use crate::models::{import, import_row};
use crate::openapi::Problems;
use crate::routes::download;
use crate::sheets;
use actix_web::{HttpResponse, get, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ImportId;

/// The sheet as it was given, with a column «Errores» that says what is wrong
/// with each row, in the caller's language.
#[utoipa::path(
    tag = "imports",
    params(("id" = ImportId, Path)),
    responses(
        (status = 200, body = inline(Spreadsheet), content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/imports/{id}/report")]
pub(super) async fn find_import_report(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ImportId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let language = user.language;
    let (found, file, rows) = state
        .db
        .run(move |conn| {
            let found = super::find_own(conn, &user, id)?;
            Ok((found, import::file(conn, id)?, import_row::all(conn, id)?))
        })
        .await?;
    if file.is_empty() {
        return Err(AppError::refuse(ErrorCode::ContentRemoved, "The spreadsheet is not kept any more."));
    }
    let layout = layout_of(&found.record)?;
    let bytes = web::block(move || {
        let book = sheets::read(&file, Some(&layout.sheet)).map_err(refuse_sheet)?;
        template::report(&book.sheet, &layout, &rows, language).map_err(AppError::internal)
    })
    .await??;
    let name =
        found.record.file_name.rsplit_once('.').map_or(&*found.record.file_name, |(stem, _)| stem).to_owned();
    Ok(download::file(XLSX, format!("{name}-errores.xlsx"), bytes))
}
