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

/// Send a submitted project back, with a reason for its tutors.
///
/// By whoever may validate it. Its tutors get a mail.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    request_body = Reason,
    responses((status = 200, body = Project, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/reject")]
pub(super) async fn reject_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
    body: web::Json<Reason>,
) -> AppResult<HttpResponse> {
    take(&state, user, version, id.into_inner(), Step::Reject, Some(given(&body.into_inner())?)).await
}
