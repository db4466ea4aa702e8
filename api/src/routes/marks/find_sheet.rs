use super::{Marked, no_marks};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{call, mark_sheet};
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{DefenceId, UserId};
use gestfg_types::marks::{MarkSheet, SheetState};
use gestfg_types::rubrics::RubricRole;

/// The tutor's report on the student of a defence. For its tutors, coordinators
/// and admins; for the committee once it is handed in; for the student once the
/// minutes are closed.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path)),
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/defences/{id}/tutor-report")]
pub(super) async fn find_tutor_report(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
) -> AppResult<HttpResponse> {
    find(&state, user, id.into_inner(), RubricRole::Tutor, None).await
}

/// The marks of somebody of the committee. For the committee, coordinators and admins.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("professor_id" = UserId, Path)),
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/defences/{id}/marks/{professor_id}")]
pub(super) async fn find_mark_sheet(
    user: CurrentUser,
    state: web::Data<AppState>,
    path: web::Path<(DefenceId, UserId)>,
) -> AppResult<HttpResponse> {
    let (id, professor) = path.into_inner();
    find(&state, user, id, RubricRole::Committee, Some(professor)).await
}

async fn find(
    state: &AppState,
    user: CurrentUser,
    id: DefenceId,
    role: RubricRole,
    professor: Option<UserId>,
) -> AppResult<HttpResponse> {
    let now = state.clock.now();
    let found = state
        .db
        .run(move |conn| {
            let marked = Marked::load_visible(conn, id, &user)?;
            let author = marked.author(role, professor);
            let rows = mark_sheet::list(conn, id)?;
            let is_asked = |row: &mark_sheet::SheetRow| {
                row.role == role.as_str() && (role == RubricRole::Tutor || row.author_id == author.0)
            };
            let row = rows.into_iter().find(is_asked);
            let is_handed_in = row.as_ref().is_some_and(|row| row.state() == SheetState::HandedIn);
            if !marked.marking().may_see_sheet(&user, role, is_handed_in) {
                return Err(no_marks());
            }
            let open = call::open_phases(conn, now)?;
            marked.sheet(conn, (role, author), row.as_ref(), (&user, &open))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
