use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{call, evaluation_request};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::evaluation_requests::EvaluationRequest;
use gestfg_types::ids::EvaluationRequestId;

/// One evaluation request, for those who may see its assignment.
#[utoipa::path(
    tag = "evaluation-requests",
    params(("id" = EvaluationRequestId, Path)),
    responses((status = 200, body = EvaluationRequest, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/evaluation-requests/{id}")]
pub(super) async fn find_evaluation_request(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<EvaluationRequestId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let detail = evaluation_request::find_visible(conn, id, &user)?;
            let open = call::open_phases(conn, now)?;
            Ok(views::evaluation_requests::evaluation_request(detail, &user, &open))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
