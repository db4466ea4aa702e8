use super::edit::Editing;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::planning::edits;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::{CommitteePlan, PinPlan};

/// Fix something where it is, so that no run of the planner and no hand moves it, or let it go.
/// Gated as `swap-seats`.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("If-Match" = String, Header)),
    request_body = PinPlan,
    responses((status = 200, body = CommitteePlan, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/committee-plans/{id}/pin")]
pub(super) async fn pin(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    body: web::Json<PinPlan>,
) -> AppResult<HttpResponse> {
    let (id, mut body) = (id.into_inner(), body.into_inner());
    let reason = body.override_reason.take();
    let editing = Editing { user, id, version, reason, action: "committee_plan.pin" };
    match (body.seat, body.request_id, body.defence) {
        (Some(seat), None, None) => {
            editing.change(&state, move |draft| edits::pin_seat(draft, seat, body.pinned)).await
        }
        (None, Some(request), None) => {
            editing.change(&state, move |draft| edits::pin_project(draft, request, body.pinned)).await
        }
        (None, None, Some(defence)) => {
            editing.change(&state, move |draft| edits::pin_defence(draft, &defence, body.pinned)).await
        }
        _ => {
            let sentence = "Name one thing: a seat, a project or a defence.";
            Err(AppError::invalid_field("/seat", FieldCode::Required, sentence))
        }
    }
}
