use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::import::batch::{self, Committed, kind_of, may_import, options_of};
use crate::openapi::Problems;
use crate::routes::gate;
use crate::views;
use actix_web::{HttpResponse, post, web};
use diesel::{Connection, PgConnection};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ImportId;
use gestfg_types::imports::{CommitImport, CommitMode, ImportCommitted};

/// How often a commit is tried when somebody else's write comes in between.
const ATTEMPTS: u32 = 3;

/// Write the rows of a preview, in one transaction: all of them or none, or
/// only the valid ones. Rows are checked again; those whose outcome changed
/// since the preview are named. Committing twice changes nothing the second
/// time and says so. Projects given to students outside the assignment phase of
/// their degree need `override_reason`.
#[utoipa::path(
    tag = "imports",
    params(("id" = ImportId, Path)),
    request_body = CommitImport,
    responses((status = 200, body = ImportCommitted), Problems),
    security(("bearer" = []))
)]
#[post("/imports/{id}/commit")]
pub(super) async fn commit_import(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ImportId>,
    body: web::Json<CommitImport>,
) -> AppResult<HttpResponse> {
    let (id, CommitImport { mode, override_reason }) = (id.into_inner(), body.into_inner());
    let reason = gate::override_reason(override_reason.as_deref())?;
    let app = state.clone();
    let (committed, found) = state
        .db
        .run(move |conn| {
            let mut attempt = 1;
            let committed = loop {
                match conn.transaction(|conn| commit_once(conn, &app, &user, id, mode, reason.clone())) {
                    Err(error) if attempt < ATTEMPTS && is_race(&error) => attempt += 1,
                    other => break other?,
                }
            };
            Ok((committed, super::find_own(conn, &user, id)?))
        })
        .await?;
    let (already_committed, changed_rows) = match committed {
        Committed::Now(changed) => (false, changed),
        Committed::Before => (true, Vec::new()),
        Committed::Refused(refusal) => return Err(refusal),
    };
    let import = views::imports::import(found)?;
    Ok(HttpResponse::Ok().json(ImportCommitted { import, already_committed, changed_rows }))
}

fn commit_once(
    conn: &mut PgConnection,
    state: &AppState,
    user: &CurrentUser,
    id: ImportId,
    mode: CommitMode,
    reason: Option<String>,
) -> AppResult<Committed> {
    let found = super::find_own(conn, user, id)?;
    may_import(user, kind_of(&found.record))?;
    let context = batch::context(state, user, &options_of(&found.record)?);
    batch::commit(conn, &context, &batch::writing(state, user, id, reason), mode)
}

/// A constraint the checks had found nothing against a moment before.
fn is_race(error: &AppError) -> bool {
    matches!(
        error.code(),
        ErrorCode::AlreadyExists
            | ErrorCode::TitleTaken
            | ErrorCode::ProjectAlreadyAssigned
            | ErrorCode::StudentAlreadyAssigned
    )
}
