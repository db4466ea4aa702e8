use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{assignment, call};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::assignments::Assignment;
use gestfg_types::ids::AssignmentId;

/// One assignment, for its students, its tutors, the head of the tutor's
/// department, the coordinators of the degree and admins.
#[utoipa::path(
    tag = "assignments",
    params(("id" = AssignmentId, Path)),
    responses((status = 200, body = Assignment, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/assignments/{id}")]
pub(super) async fn find_assignment(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AssignmentId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let row = assignment::find_visible(conn, id, &user)?;
            let open = call::open_phases(conn, now)?;
            Ok(views::assignments::assignment(row, &user, &open))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
