use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::call;
use crate::models::evaluation_request::{self, EvaluationRequestFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::evaluation_requests::{EvaluationRequest, EvaluationRequestState};
use gestfg_types::ids::{AssignmentId, CallId, DegreeId};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// In this call.
    #[param(value_type = Option<i64>)]
    call_id: Option<CallId>,
    /// Of this degree.
    #[param(value_type = Option<i64>)]
    degree_id: Option<DegreeId>,
    /// Of this assignment.
    #[param(value_type = Option<i64>)]
    assignment_id: Option<AssignmentId>,
    /// In this state.
    state: Option<EvaluationRequestState>,
    /// With the caller as student, tutor or co-tutor.
    #[serde(default)]
    mine: bool,
    /// Part of the title or of the name of a student or tutor.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    q: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the evaluation requests the caller may see, the newest first.
#[utoipa::path(
    tag = "evaluation-requests",
    params(Params),
    responses((status = 200, body = Page<EvaluationRequest>), Problems),
    security(("bearer" = []))
)]
#[get("/evaluation-requests")]
pub(super) async fn list_evaluation_requests(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { call_id, degree_id, assignment_id, state: wanted, mine, q, limit, cursor } =
        params.into_inner();
    let page = PageParams::<i64>::parse(limit, cursor.as_deref())?;
    let filter = EvaluationRequestFilter {
        call: call_id,
        degree: degree_id,
        assignment: assignment_id,
        state: wanted,
        mine,
        q,
    };
    let now = state.clock.now();
    let page = state
        .db
        .run(move |conn| {
            let window = evaluation_request::list(conn, &user, &filter, &page)?;
            let open = call::open_phases(conn, now)?;
            Ok(window.map(|row| views::evaluation_requests::evaluation_request(row, &user, &open)))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
