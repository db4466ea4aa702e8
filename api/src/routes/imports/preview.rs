use super::upload::check_options;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::import::batch::{self, kind_of, may_import, refuse_sheet};
use crate::models::audit::Entry;
use crate::models::{import, import_row};
use crate::openapi::Problems;
use crate::{reading, sheets, views};
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ImportId;
use gestfg_types::imports::{Import, ImportOptions};
use serde_json::json;

/// Read the same file again, with other options: sheet, rows, columns, degree.
#[utoipa::path(
    tag = "imports",
    params(("id" = ImportId, Path)),
    request_body = ImportOptions,
    responses((status = 200, body = Import), Problems),
    security(("bearer" = []))
)]
#[post("/imports/{id}/preview")]
pub(super) async fn preview_import(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ImportId>,
    options: web::Json<ImportOptions>,
) -> AppResult<HttpResponse> {
    let (id, options) = (id.into_inner(), options.into_inner());
    check_options(&options)?;
    let context = batch::context(&state, &user, &options);
    let reader = user.clone();
    let file = state
        .db
        .run(move |conn| {
            let found = super::find_own(conn, &reader, id)?;
            may_import(&reader, kind_of(&found.record))?;
            refuse_decided(&found.record.state)?;
            Ok(import::file(conn, id)?)
        })
        .await?;
    let sheet = options.sheet.clone();
    let book =
        reading::by_turns(move || sheets::read(&file, sheet.as_deref())).await?.map_err(refuse_sheet)?;
    let found = state
        .db
        .write(move |conn| {
            let record = import::lock(conn, id)?;
            refuse_decided(&record.state)?;
            let found = batch::preview(conn, &context, kind_of(&record), &book, &options)?;
            import::update_reading(conn, id, &found.reading)?;
            import_row::replace(conn, id, &found.rows, &found.checked)?;
            Entry::new("import.update", id.0)
                .before(&json!({ "options": record.options, "summary": record.summary }))
                .after(&json!({ "options": found.reading.options, "summary": found.reading.summary }))
                .record(conn, &(&user).into())?;
            super::find_own(conn, &user, id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(views::imports::import(found)?))
}

fn refuse_decided(state: &str) -> AppResult<()> {
    if state == "previewed" {
        return Ok(());
    }
    Err(AppError::refuse(
        ErrorCode::ImportAlreadyDecided,
        "The import is committed; it cannot be read in another way.",
    ))
}
