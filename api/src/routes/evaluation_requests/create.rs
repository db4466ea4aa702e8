use super::enter::{Entering, opened_call};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::call;
use crate::openapi::Problems;
use crate::routes::{BASE, gate};
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::evaluation_requests::{CreateEvaluationRequest, EvaluationRequest};

/// Enter an active assignment in a call of its degree.
///
/// By one of its students or its tutor while the call is in the phase
/// `evaluation_request`; by coordinators of the degree and admins also outside
/// it, with `override_reason`. Its other students and tutors are told.
#[utoipa::path(
    tag = "evaluation-requests",
    request_body = CreateEvaluationRequest,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = EvaluationRequest, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/evaluation-requests")]
pub(super) async fn create_evaluation_request(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateEvaluationRequest>,
) -> AppResult<HttpResponse> {
    let (body, now) = (body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let call = opened_call(conn, &user, body.call_id)?;
                let entering =
                    Entering { user: &user, call: &call, reason: reason.as_deref(), now, config: &config };
                let detail = entering.enter(conn, body.assignment_id)?;
                let open = call::open_phases(conn, now)?;
                let request = views::evaluation_requests::evaluation_request(detail, &user, &open);
                Ok(Created {
                    location: format!("{BASE}/evaluation-requests/{}", request.id),
                    version: Some(request.version),
                    body: request,
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
