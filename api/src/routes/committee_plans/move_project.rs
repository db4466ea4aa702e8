use super::edit::Editing;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::planning::edits;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::{CommitteePlan, MoveProject};

/// Give a project to another committee, perhaps in exchange for one of its own. Refused and gated
/// as `swap-seats`.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("If-Match" = String, Header)),
    request_body = MoveProject,
    responses((status = 200, body = CommitteePlan, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/committee-plans/{id}/move-project")]
pub(super) async fn move_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    body: web::Json<MoveProject>,
) -> AppResult<HttpResponse> {
    let (id, mut body) = (id.into_inner(), body.into_inner());
    let reason = body.override_reason.take();
    let editing = Editing { user, id, version, reason, action: "committee_plan.move_project" };
    editing
        .change(&state, move |draft| {
            edits::move_project(draft, body.request_id, body.committee, body.in_exchange_for)
        })
        .await
}
