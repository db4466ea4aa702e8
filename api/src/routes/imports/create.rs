use super::upload::{self, ImportUpload, Upload};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::import::batch::{self, may_import, refuse_sheet};
use crate::models::audit::Entry;
use crate::models::{import, import_row};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::{reading, sheets, views};
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, post, web};
use chrono::Duration;
use gestfg_types::imports::Import;
use serde_json::json;
use sha2::{Digest, Sha256};

/// After so many days a preview that was neither committed nor thrown away
/// goes when its author gives another file.
const FORGOTTEN_AFTER_DAYS: i64 = 7;

/// Read a spreadsheet and say what would happen; nothing is changed yet.
///
/// Departments, degrees and professors: admin. Students: admin, and
/// coordinators for their degrees. Projects: professors their own, heads those
/// of their department, coordinators those of their degrees, admin all; each
/// row is asked.
///
/// On commit, a project imported by its own tutor becomes a draft, one
/// imported by a head, coordinator or admin is submitted (validated, where its
/// degree asks for no validation); projects with their students are published
/// and assigned, and unknown institutional student addresses get an account
/// and a mail. Cells left blank never erase what is stored. New people get a
/// mail with a link that sets their password.
#[utoipa::path(
    tag = "imports",
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = Import, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/imports")]
pub(super) async fn create_import(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    request: HttpRequest,
    form: Multipart,
) -> AppResult<HttpResponse> {
    let Upload { file_name, file, kind, options } = upload::read(&request, form).await?;
    may_import(&user, kind)?;
    let sheet = options.sheet.clone();
    let (file, book) = reading::by_turns(move || {
        let book = sheets::read(&file, sheet.as_deref());
        (file, book)
    })
    .await?;
    let book = book.map_err(refuse_sheet)?;
    let context = batch::context(&state, &user, &options);
    let now = state.clock.now();
    let answer = state
        .db
        .write(move |conn| {
            let hash = Sha256::digest(&file).to_vec();
            idempotency.once(conn, &user, now, &(kind, &hash, &options), |conn| {
                let found = batch::preview(conn, &context, kind, &book, &options)?;
                let id = import::create(conn, kind, user.id, (&file_name, &hash, &file), &found.reading)?;
                import_row::replace(conn, id, &found.rows, &found.checked)?;
                import::delete_forgotten(conn, user.id, now - Duration::days(FORGOTTEN_AFTER_DAYS))?;
                Entry::new("import.create", id.0)
                    .after(&json!({ "kind": kind, "file_name": file_name, "summary": found.reading.summary }))
                    .record(conn, &(&user).into())?;
                let body = views::imports::import(import::find(conn, id)?)?;
                Ok::<_, AppError>(Created { location: format!("{BASE}/imports/{id}"), version: None, body })
            })
        })
        .await?;
    Ok(created(&answer))
}
