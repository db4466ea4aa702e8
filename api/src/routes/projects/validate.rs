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

/// Accept a submitted project.
///
/// By the head of the tutor's department, a coordinator of the degree or an admin;
/// nobody but an admin decides on a project of their own. `If-Match` makes sure
/// that what is accepted is what was read. Its tutors get a mail.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Project, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/validate")]
pub(super) async fn validate_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
) -> AppResult<HttpResponse> {
    take(&state, user, version, id.into_inner(), Step::Validate, None).await
}
