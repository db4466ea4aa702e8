use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::{allocation_pin, allocation_round};
use crate::openapi::Problems;
use crate::routes::allocation_rounds::{announce, check_live, kept_round};
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, DegreeId};

/// Forget an agreement. By coordinators of the degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), ("application_id" = ApplicationId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/allocation-rounds/{id}/pins/{application_id}")]
pub(super) async fn unpin_allocation(
    user: CurrentUser,
    state: web::Data<AppState>,
    ids: web::Path<(AllocationRoundId, ApplicationId)>,
) -> AppResult<HttpResponse> {
    let (id, application) = ids.into_inner();
    state
        .db
        .write(move |conn| {
            let (_, call) = kept_round(conn, &user, id)?;
            let round = allocation_round::lock(conn, id)?;
            check_live(&round)?;
            let before = allocation_pin::find(conn, application)?
                .filter(|pin| pin.round_id == id.0)
                .ok_or_else(|| AppError::not_found("pin"))?;
            allocation_pin::delete(conn, application)?;
            Entry::new("application.unpin", application.0)
                .degree(DegreeId(round.degree_id))
                .before(&before)
                .record(conn, &(&user).into())?;
            Ok(announce(conn, &round, &call)?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
