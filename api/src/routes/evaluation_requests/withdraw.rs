use super::{announce, drop_defences, withdrawn_letter};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::{assignment, call, evaluation_request};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::gate;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::calls::Phase;
use gestfg_types::errors::ErrorCode;
use gestfg_types::evaluation_requests::{
    EvaluationRequest, EvaluationRequestState, WithdrawEvaluationRequest,
};
use gestfg_types::ids::{AssignmentId, CallId, EvaluationRequestId};

/// Take an assignment out of its call; it can be entered again.
///
/// By one of its students or its tutor while the call is in the phase
/// `evaluation_request`; by coordinators of the degree and admins also outside
/// it, with `override_reason`. Its other students and tutors are told. Its planned defences are
/// cancelled, and their committee is told.
#[utoipa::path(
    tag = "evaluation-requests",
    params(("id" = EvaluationRequestId, Path), ("If-Match" = String, Header)),
    request_body = WithdrawEvaluationRequest,
    responses((status = 200, body = EvaluationRequest, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/evaluation-requests/{id}/withdraw")]
pub(super) async fn withdraw_evaluation_request(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<EvaluationRequestId>,
    body: web::Json<WithdrawEvaluationRequest>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let withdrawn = state
        .db
        .write(move |conn| {
            let detail = evaluation_request::find_visible(conn, id, &user)?;
            let facts = detail.assignment.facts();
            policy::may_request_evaluation(&user, &facts, &detail.assignment.student_ids())?;
            // Locks in the order of everybody: call, assignment, request.
            let windows = call::windows_of_call(conn, CallId(detail.call_id), Phase::EvaluationRequest)?;
            assignment::lock(conn, AssignmentId(detail.assignment.id))?;
            let before = evaluation_request::lock(conn, id)?;
            version.check(before.version)?;
            if before.state != EvaluationRequestState::Requested.as_str() {
                return Err(AppError::refuse(ErrorCode::InvalidState, "It was taken back already."));
            }
            let gate = (Phase::EvaluationRequest, windows.as_slice());
            let passage = gate::pass(gate, (&user, facts.degree), reason.as_deref(), now, &config)?;
            let after = evaluation_request::withdraw(conn, id, user.id, now)?;
            Entry::new("evaluation_request.withdraw", id.0)
                .degree(facts.degree)
                .override_reason(&passage)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let letter = withdrawn_letter(&detail, passage.reason());
            notices::tell(conn, &config, now, &detail.assignment.concerned(user.id), &letter)?;
            drop_defences(conn, &detail, &user, (now, &config))?;
            announce(conn, id.0, &detail.assignment)?;
            let open = call::open_phases(conn, now)?;
            let detail = evaluation_request::find(conn, id)?;
            Ok(views::evaluation_requests::evaluation_request(detail, &user, &open))
        })
        .await?;
    Ok(versioned(withdrawn.version, &withdrawn))
}
