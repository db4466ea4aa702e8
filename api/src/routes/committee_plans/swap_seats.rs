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
use gestfg_types::planning::{CommitteePlan, SwapSeats};

/// Change who sits in a seat: for who sits in another, or for somebody without a seat.
///
/// Refused with every hard rule it would break (`plan_breaks_rules`); what is only not wished
/// comes back as warnings of the report. By coordinators of the degree and admins while the call
/// is in the phase `committee_formation`, outside it with `override_reason`.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("If-Match" = String, Header)),
    request_body = SwapSeats,
    responses((status = 200, body = CommitteePlan, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/committee-plans/{id}/swap-seats")]
pub(super) async fn swap_seats(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    body: web::Json<SwapSeats>,
) -> AppResult<HttpResponse> {
    let (id, mut body) = (id.into_inner(), body.into_inner());
    let reason = body.override_reason.take();
    let editing = Editing { user, id, version, reason, action: "committee_plan.swap_seats" };
    match (body.to, body.professor_id) {
        (Some(to), None) => {
            editing.change(&state, move |draft| edits::swap_seats(draft, body.from, to)).await
        }
        (None, Some(professor)) => {
            editing.change(&state, move |draft| edits::replace_seat(draft, body.from, professor)).await
        }
        _ => {
            let sentence = "Name either another seat or a professor without one.";
            Err(AppError::invalid_field("/to", FieldCode::Required, sentence))
        }
    }
}
