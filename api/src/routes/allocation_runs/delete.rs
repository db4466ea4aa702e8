use super::kept_run;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::models::allocation_run;
use crate::models::audit::Entry;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::announce;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::allocation_runs::AllocationRunState;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRunId, DegreeId};

/// Throw an allocation away. One that was published stays on record; one that is under way is
/// stopped first.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRunId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/allocation-runs/{id}")]
pub(super) async fn delete_allocation_run(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AllocationRunId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let (_, round, call) = kept_run(conn, &user, id)?;
            let before = allocation_run::lock(conn, id)?;
            version.check(before.version)?;
            let (row, job, _) = allocation_run::find(conn, id)?;
            let state = row.state(&job);
            if matches!(state, AllocationRunState::Published | AllocationRunState::UnderWay) {
                let sentence = "An allocation that is published or under way is not thrown away.";
                return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
            }
            allocation_run::delete(conn, id)?;
            Entry::new("allocation_run.delete", id.0)
                .degree(DegreeId(round.degree_id))
                .before(&before.noted())
                .record(conn, &(&user).into())?;
            Ok(announce(conn, &round, &call)?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
