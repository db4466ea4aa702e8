use super::{announce, kept_plan};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::committee_plan;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CommitteePlanId, DegreeId};
use gestfg_types::planning::CommitteePlanState;

/// Throw a draft away. What was published stays on record.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/committee-plans/{id}")]
pub(super) async fn delete_committee_plan(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let (_, call) = kept_plan(conn, &user, id)?;
            let before = committee_plan::lock(conn, id)?;
            version.check(before.version)?;
            if before.state() != CommitteePlanState::Draft {
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    "A version that was published is kept.",
                ));
            }
            committee_plan::delete(conn, id)?;
            Entry::new("committee_plan.delete", id.0)
                .degree(DegreeId(call.degree_id))
                .before(&before.noted())
                .record(conn, &(&user).into())?;
            Ok(announce(conn, &before, call.degree_id)?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
