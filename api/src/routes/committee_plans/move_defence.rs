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
use gestfg_types::planning::{CommitteePlan, MoveDefence};

/// Give defences another time or room, or take them out of the timetable; several at once when
/// they make way for each other. Refused and gated as `swap-seats`.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("If-Match" = String, Header)),
    request_body = MoveDefence,
    responses((status = 200, body = CommitteePlan, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/committee-plans/{id}/move-defence")]
pub(super) async fn move_defence(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    body: web::Json<MoveDefence>,
) -> AppResult<HttpResponse> {
    let (id, mut body) = (id.into_inner(), body.into_inner());
    let reason = body.override_reason.take();
    let editing = Editing { user, id, version, reason, action: "committee_plan.move_defence" };
    if !(1..=200).contains(&body.moves.len()) {
        return Err(AppError::invalid_field("/moves", FieldCode::OutOfRange, "Move 1 to 200 defences."));
    }
    editing.change(&state, move |draft| edits::move_defences(draft, &body.moves)).await
}
