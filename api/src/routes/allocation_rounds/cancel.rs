use super::{announce, check_live, kept_round, shown_one};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::allocation_round;
use crate::models::audit::Entry;
use crate::openapi::Problems;
use crate::routes::projects::given;
use actix_web::{HttpResponse, post, web};
use gestfg_types::allocation_rounds::{AllocationRound, AllocationRoundState};
use gestfg_types::ids::{AllocationRoundId, DegreeId};
use gestfg_types::projects::Reason;

/// Call a round off, with a reason. Its applications stay on record and lead to nothing; another
/// round can be opened. By coordinators of the degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), ("If-Match" = String, Header)),
    request_body = Reason,
    responses((status = 200, body = AllocationRound, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/allocation-rounds/{id}/cancel")]
pub(super) async fn cancel_allocation_round(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
    body: web::Json<Reason>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let reason = given(&body)?;
    let cancelled = state
        .db
        .write(move |conn| {
            let (_, call) = kept_round(conn, &user, id)?;
            let before = allocation_round::lock(conn, id)?;
            version.check(before.version)?;
            check_live(&before)?;
            let after = allocation_round::settle(conn, id, AllocationRoundState::Cancelled, now)?;
            Entry::new("allocation_round.cancel", id.0)
                .degree(DegreeId(after.degree_id))
                .reason(reason)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            announce(conn, &after, &call)?;
            shown_one(conn, &user, &after, &call, now)
        })
        .await?;
    Ok(versioned(cancelled.version, &cancelled))
}
