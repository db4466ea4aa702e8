use super::{kept_run, named, summary};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::allocation_run;
use crate::models::audit::Entry;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::announce;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::allocation_runs::{AllocationRunSummary, RenameAllocationRun};
use gestfg_types::ids::{AllocationRunId, DegreeId};

/// Name an allocation, or take its name away.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRunId, Path), ("If-Match" = String, Header)),
    request_body = RenameAllocationRun,
    responses((status = 200, body = AllocationRunSummary, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/allocation-runs/{id}")]
pub(super) async fn rename_allocation_run(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AllocationRunId>,
    body: web::Json<RenameAllocationRun>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let name = named(body.name.as_deref())?;
    let renamed = state
        .db
        .write(move |conn| {
            let (_, round, call) = kept_run(conn, &user, id)?;
            let before = allocation_run::lock(conn, id)?;
            version.check(before.version)?;
            let after = allocation_run::rename(conn, id, name.as_deref())?;
            Entry::new("allocation_run.rename", id.0)
                .degree(DegreeId(round.degree_id))
                .before(&before.noted())
                .after(&after.noted())
                .record(conn, &(&user).into())?;
            announce(conn, &round, &call)?;
            summary(conn, id, &round, now)
        })
        .await?;
    Ok(versioned(renamed.version, &renamed))
}
