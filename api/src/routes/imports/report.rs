use super::{Spreadsheet, XLSX};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::import::batch::{layout_of, refuse_sheet};
use crate::import::template;
use crate::models::{import, import_row};
use crate::openapi::Problems;
use crate::sheets;
use actix_web::http::header::{
    CACHE_CONTROL, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::{HttpResponse, get, web};
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
    let layout = layout_of(&found.record)?;
    let bytes = web::block(move || {
        let book = sheets::read(&file, Some(&layout.sheet)).map_err(refuse_sheet)?;
        template::report(&book.sheet, &layout, &rows, language).map_err(AppError::internal)
    })
    .await??;
    let name =
        found.record.file_name.rsplit_once('.').map_or(&*found.record.file_name, |(stem, _)| stem).to_owned();
    Ok(HttpResponse::Ok()
        .content_type(XLSX)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(attachment(format!("{name}-errores.xlsx")))
        .body(bytes))
}

/// Under its name, and for old programs under what of it is plain ASCII.
fn attachment(name: String) -> ContentDisposition {
    let plain = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-_. ()".contains(c) { c } else { '_' })
        .collect();
    let value = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.into_bytes(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(value)],
    }
}
