use super::{announce, kept_plan, summary};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::one_line;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::committee_plan;
use crate::openapi::Problems;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{CommitteePlanId, DegreeId};
use gestfg_types::planning::{CommitteePlanSummary, UpdateCommitteePlan};
use serde_json::json;

/// The longest name.
const LONGEST: usize = 100;

/// Name a version, or take its name away.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("If-Match" = String, Header)),
    request_body = UpdateCommitteePlan,
    responses((status = 200, body = CommitteePlanSummary, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/committee-plans/{id}")]
pub(super) async fn update_committee_plan(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    body: web::Json<UpdateCommitteePlan>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let name = body.into_inner().name.map(|name| one_line(&name)).filter(|name| !name.is_empty());
    if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST) {
        let sentence = format!("A name has at most {LONGEST} characters.");
        return Err(AppError::invalid_field("/name", FieldCode::TooLong, sentence));
    }
    let found = state
        .db
        .write(move |conn| {
            let (_, call) = kept_plan(conn, &user, id)?;
            let before = committee_plan::lock(conn, id)?;
            version.check(before.version)?;
            let after = committee_plan::rename(conn, id, name.as_deref())?;
            Entry::new("committee_plan.rename", id.0)
                .degree(DegreeId(call.degree_id))
                .before(&json!({"name": before.name}))
                .after(&json!({"name": after.name}))
                .record(conn, &(&user).into())?;
            announce(conn, &after, call.degree_id)?;
            let plan = committee_plan::find(conn, id)?;
            Ok(summary(conn, &user, &plan, call.degree_id, now)?)
        })
        .await?;
    Ok(versioned(found.version, &found))
}
