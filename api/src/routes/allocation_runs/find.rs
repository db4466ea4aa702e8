use super::kept_run;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::allocation_names;
use crate::openapi::Problems;
use crate::views::allocation_runs;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_runs::AllocationRun;
use gestfg_types::ids::AllocationRunId;

/// One allocation, whole: the frozen question, the answer with its blocking pairs and reasons,
/// and the names of what is in it. For coordinators of the degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRunId, Path)),
    responses((status = 200, body = AllocationRun, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-runs/{id}")]
pub(super) async fn find_allocation_run(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRunId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let (run, round, _) = kept_run(conn, &user, id)?;
            let (question, answer) = (run.0.question()?, run.0.answer()?);
            let names = allocation_names::of(conn, &question)?;
            let summary = allocation_runs::summary(&run, &round, now)?;
            Ok(allocation_runs::run(run, summary, &question, answer.as_ref(), &names))
        })
        .await?;
    Ok(versioned(found.summary.version, &found))
}
