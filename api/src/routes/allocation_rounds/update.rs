use super::{announce, check_live, kept_round, shown_one, terms};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::allocation_round;
use crate::models::audit::Entry;
use crate::openapi::Problems;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::allocation_rounds::{AllocationRound, UpdateAllocationRound};
use gestfg_types::ids::{AllocationRoundId, DegreeId};

/// Change a round that is under way: move its dates, take another view of tutors. What
/// applications rest on is not taken from them. By coordinators of the degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), ("If-Match" = String, Header)),
    request_body = UpdateAllocationRound,
    responses((status = 200, body = AllocationRound, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/allocation-rounds/{id}")]
pub(super) async fn update_allocation_round(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
    body: web::Json<UpdateAllocationRound>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let changed = state
        .db
        .write(move |conn| {
            let (_, call) = kept_round(conn, &user, id)?;
            let before = allocation_round::lock(conn, id)?;
            version.check(before.version)?;
            check_live(&before)?;
            let terms = terms::changed(&before, &body);
            terms::check(&terms, &call)?;
            terms::check_use(conn, &before, &terms)?;
            let after = allocation_round::update(conn, id, &terms)?;
            Entry::new("allocation_round.update", id.0)
                .degree(DegreeId(after.degree_id))
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            announce(conn, &after, &call)?;
            shown_one(conn, &user, &after, &call, now)
        })
        .await?;
    Ok(versioned(changed.version, &changed))
}
