use super::step::{given, take};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::project_state::Step;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::ProjectId;
use gestfg_types::projects::{Project, Reason};

/// Take a project without students back for good, with a reason; it stays on record.
///
/// By its tutor, the head of the tutor's department, a coordinator of the degree or
/// an admin. Its title is free again.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    request_body = Reason,
    responses((status = 200, body = Project, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/withdraw")]
pub(super) async fn withdraw_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
    body: web::Json<Reason>,
) -> AppResult<HttpResponse> {
    take(&state, user, version, id.into_inner(), Step::Withdraw, Some(given(&body.into_inner())?)).await
}
