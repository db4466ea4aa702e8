use super::create::announce;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::assignment::{self, assignment_state_of};
use crate::models::audit::Entry;
use crate::models::{call, evaluation_request};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::evaluation_requests::drop_defences;
use crate::routes::gate;
use crate::routes::projects::given;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::assignments::{Assignment, AssignmentState};
use gestfg_types::calls::Phase;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AssignmentId, EvaluationRequestId};
use gestfg_types::projects::Reason;

/// Undo an active assignment, with a reason for its students and tutors.
///
/// By the project's tutor, the head of the tutor's department, a coordinator of
/// the degree or an admin, while a call of the degree is in the phase
/// `project_assignment`; for coordinators and admins the reason is enough outside
/// it. The project is free again; the assignment stays on record, and leaves the
/// call it was entered in, and is not defended there.
#[utoipa::path(
    tag = "assignments",
    params(("id" = AssignmentId, Path), ("If-Match" = String, Header)),
    request_body = Reason,
    responses((status = 200, body = Assignment, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/assignments/{id}/cancel")]
pub(super) async fn cancel_assignment(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AssignmentId>,
    body: web::Json<Reason>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let reason = given(&body)?;
    let config = state.config.clone();
    let cancelled = state
        .db
        .write(move |conn| {
            let before = assignment::lock(conn, id)?;
            let detail = assignment::find_visible(conn, id, &user)?;
            policy::may_assign(&user, &detail.facts())?;
            version.check(before.version)?;
            if assignment_state_of(&before.state) != AssignmentState::Active {
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    format!("An assignment that is {} cannot be cancelled.", before.state),
                ));
            }
            let facts = detail.facts();
            let windows = call::windows(conn, facts.degree, Phase::ProjectAssignment)?;
            let gate = (Phase::ProjectAssignment, windows.as_slice());
            let passage = gate::pass(gate, (&user, facts.degree), Some(&reason), now, &config)?;
            // An assignment that is no more is in no call any more.
            if let Some(request) = detail.evaluation_request_id {
                let request = EvaluationRequestId(request);
                let entered = evaluation_request::find(conn, request)?;
                drop_defences(conn, &entered, &user, (now, &config))?;
                let before = evaluation_request::lock(conn, request)?;
                let after = evaluation_request::withdraw(conn, request, user.id, now)?;
                Entry::new("evaluation_request.withdraw", request.0)
                    .degree(facts.degree)
                    .reason(&reason)
                    .before(&before)
                    .after(&after)
                    .record(conn, &(&user).into())?;
            }
            let after = assignment::cancel(conn, id, &reason, now)?;
            Entry::new("assignment.cancel", id.0)
                .degree(facts.degree)
                .override_reason(&passage)
                .reason(&reason)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let letter = Letter::AssignmentCancelled { title: detail.project_title.clone(), reason };
            notices::tell(conn, &config, now, &detail.concerned(user.id), &letter)?;
            announce(conn, &detail)?;
            let open = call::open_phases(conn, now)?;
            Ok(views::assignments::assignment(assignment::find(conn, id)?, &user, &open))
        })
        .await?;
    Ok(versioned(cancelled.version, &cancelled))
}
