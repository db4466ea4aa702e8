use super::enter::{Entering, opened_call};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::models::call;
use crate::openapi::Problems;
use crate::routes::gate;
use crate::views;
use actix_web::{HttpResponse, post, web};
use diesel::Connection;
use gestfg_types::errors::FieldCode;
use gestfg_types::evaluation_requests::{
    CreateEvaluationRequests, EvaluationRequestOutcome, EvaluationRequestOutcomes,
};
use gestfg_types::ids::DegreeId;

/// The most assignments entered at once.
const MOST: usize = 200;

/// Enter several assignments in a call, with a result for each: those that
/// cannot be entered do not keep the others out. By a coordinator of the degree
/// or an admin. Asking again is harmless: what is entered stays entered.
#[utoipa::path(
    tag = "evaluation-requests",
    request_body = CreateEvaluationRequests,
    responses((status = 200, body = EvaluationRequestOutcomes), Problems),
    security(("bearer" = []))
)]
#[post("/evaluation-request-batches")]
pub(super) async fn create_evaluation_requests(
    user: CurrentUser,
    state: web::Data<AppState>,
    body: web::Json<CreateEvaluationRequests>,
) -> AppResult<HttpResponse> {
    let (body, now) = (body.into_inner(), state.clock.now());
    if !(1..=MOST).contains(&body.assignment_ids.len()) {
        let sentence = format!("Name 1 to {MOST} assignments.");
        return Err(AppError::invalid_field("/assignment_ids", FieldCode::OutOfRange, sentence));
    }
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let outcomes = state
        .db
        .write(move |conn| {
            let call = opened_call(conn, &user, body.call_id)?;
            policy::may_manage_calls(&user, DegreeId(call.degree_id))?;
            let entering =
                Entering { user: &user, call: &call, reason: reason.as_deref(), now, config: &config };
            let open = call::open_phases(conn, now)?;
            let mut items = Vec::with_capacity(body.assignment_ids.len());
            for assignment_id in body.assignment_ids {
                // A savepoint: what fails takes back only its own writes.
                let entered = conn.transaction(|conn| entering.enter(conn, assignment_id));
                let (request, problem) = match entered {
                    Ok(detail) => {
                        (Some(views::evaluation_requests::evaluation_request(detail, &user, &open)), None)
                    }
                    Err(refusal) if refusal.code().status() < 500 => (None, Some(refusal.problem())),
                    Err(fault) => return Err(fault),
                };
                items.push(EvaluationRequestOutcome { assignment_id, request, problem });
            }
            Ok(EvaluationRequestOutcomes { items })
        })
        .await?;
    Ok(HttpResponse::Ok().json(outcomes))
}
