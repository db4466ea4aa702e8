use super::step::take;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::project_state::Step;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::ProjectId;
use gestfg_types::projects::Project;

/// Take a rejected or submitted project back to draft.
///
/// By its tutor, the head of the tutor's department, a coordinator of the degree or
/// an admin.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Project, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/reopen")]
pub(super) async fn reopen_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
) -> AppResult<HttpResponse> {
    take(&state, user, version, id.into_inner(), Step::Reopen, None).await
}
