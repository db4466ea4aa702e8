use super::{announce, kept_plan, whole};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::{call, committee_plan};
use crate::openapi::Problems;
use crate::routes::BASE;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::{CallId, CommitteePlanId, DegreeId};
use gestfg_types::planning::CommitteePlan;

/// Copy a version to a new draft, to go on from it; also to keep it as it is before more changes.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = CommitteePlan, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/committee-plans/{id}/restore")]
pub(super) async fn restore_committee_plan(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &id, |conn| {
                let (plan, found) = kept_plan(conn, &user, id)?;
                call::lock(conn, CallId(found.id))?;
                let (by, base) = (Some(user.id), Some(id));
                let row = committee_plan::create(conn, CallId(found.id), &plan.0.draft()?, base, by, now)?;
                Entry::new("committee_plan.restore", row.id)
                    .degree(DegreeId(found.degree_id))
                    .after(&row.noted())
                    .record(conn, &(&user).into())?;
                announce(conn, &row, found.degree_id)?;
                let made = committee_plan::find(conn, CommitteePlanId(row.id))?;
                let body = whole(conn, &user, made, found.degree_id, now)?;
                Ok(Created {
                    location: format!("{BASE}/committee-plans/{}", row.id),
                    version: Some(row.version),
                    body,
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
