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

/// Hand a draft in for validation; where the degree asks for none, it is validated at once.
///
/// By its tutor, the head of the tutor's department, a coordinator of the degree or
/// an admin. Those who may decide get a mail.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Project, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/submit")]
pub(super) async fn submit_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
) -> AppResult<HttpResponse> {
    take(&state, user, version, id.into_inner(), Step::Submit, None).await
}
