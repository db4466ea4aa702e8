use super::publication::prepare;
use super::{announce, kept_plan, summary};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{call, committee_plan, publication};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::gate;
use actix_web::{HttpResponse, post, web};
use gestfg_types::calls::Phase;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CallId, CommitteePlanId, DegreeId};
use gestfg_types::planning::{CommitteePlanState, Publication, PublishPlan};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;

/// Show a version to everybody, in place of what was published before.
///
/// It is held against what holds now and refused with every hard rule it breaks. Those whose
/// seat or defence is new or elsewhere are told. Publishing what is published changes nothing
/// and tells nobody. By coordinators of the degree and admins while the call is in the phase
/// `committee_formation`, outside it with `override_reason`.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), ("If-Match" = String, Header)),
    request_body = PublishPlan,
    responses((status = 200, body = Publication, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/committee-plans/{id}/publish")]
pub(super) async fn publish_committee_plan(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    body: web::Json<PublishPlan>,
) -> AppResult<HttpResponse> {
    let (id, now, config) = (id.into_inner(), state.clock.now(), state.config.clone());
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let published = state
        .db
        .write(move |conn| {
            let (_, found) = kept_plan(conn, &user, id)?;
            let (call, degree) = (CallId(found.id), DegreeId(found.degree_id));
            // One at a time in a call: the second of two sees what the first published.
            call::lock(conn, call)?;
            let before = committee_plan::lock(conn, id)?;
            let mut told = 0;
            if before.state() != CommitteePlanState::Published {
                version.check(before.version)?;
                if before.state() == CommitteePlanState::Superseded {
                    return Err(AppError::refuse(
                        ErrorCode::InvalidState,
                        "Another version was published after it; restore it to a new draft first.",
                    ));
                }
                let windows = call::windows_of_call(conn, call, Phase::CommitteeFormation)?;
                let gate = (Phase::CommitteeFormation, windows.as_slice());
                let passage = gate::pass(gate, (&user, degree), reason.as_deref(), now, &config)?;
                let prepared = prepare(conn, &before, &config)?;
                prepared.check()?;
                publication::write(conn, call, &prepared.before, &prepared.after)?;
                let after = committee_plan::set_published(conn, &before, now)?;
                Entry::new("committee_plan.publish", id.0)
                    .degree(degree)
                    .override_reason(&passage)
                    .after(&json!({"number": after.number, "projects": prepared.project_count(),
                        "defences": prepared.after.defences.len(), "without_time": prepared.without_time()}))
                    .record(conn, &(&user).into())?;
                notices::tell_all(conn, &config, now, &prepared.news(&found))?;
                told = prepared.told.len();
                announce(conn, &after, found.degree_id)?;
                Change::of(UpdateTopic::Defences).subject(found.id).everybody().publish(conn)?;
            }
            let plan = committee_plan::find(conn, id)?;
            let plan = summary(conn, &user, &plan, found.degree_id, now)?;
            Ok(Publication { plan, told, defences: publication::defence_ids(conn, call)? })
        })
        .await?;
    Ok(versioned(published.plan.version, &published))
}
