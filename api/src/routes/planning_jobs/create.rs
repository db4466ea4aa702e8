use super::{announce, kept_call};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::{call, committee_plan, planning_job};
use crate::openapi::Problems;
use crate::routes::{BASE, gate};
use crate::views;
use actix_web::{HttpResponse, post, web};
use diesel::PgConnection;
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{CallId, DegreeId, PlanningJobId};
use gestfg_types::planning::{CreatePlanningJob, PlanningJob, PlanningKind};
use serde_json::json;

/// Have committees or a timetable planned in the background; one run at a time in a call.
///
/// A run makes a new version and touches no other: read its progress from the run itself, or
/// wait for `planning_jobs` of the updates. By coordinators of the degree and admins while the
/// call is in the phase `committee_formation`, outside it with `override_reason`.
#[utoipa::path(
    tag = "planning",
    params(("id" = CallId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    request_body = CreatePlanningJob,
    responses((status = 201, body = PlanningJob, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/calls/{id}/planning-jobs")]
pub(super) async fn create_planning_job(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
    body: web::Json<CreatePlanningJob>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let found = kept_call(conn, &user, id)?;
                check(conn, id, found.opened_at.is_some(), &body)?;
                let windows = call::windows_of_call(conn, id, Phase::CommitteeFormation)?;
                let gate = (Phase::CommitteeFormation, windows.as_slice());
                let degree = DegreeId(found.degree_id);
                let passage = gate::pass(gate, (&user, degree), reason.as_deref(), now, &config)?;
                let row = planning_job::create(conn, id, &body, user.id, now)?;
                Entry::new("planning_job.create", row.id)
                    .degree(degree)
                    .override_reason(&passage)
                    .after(&json!({"kind": row.kind, "call_id": row.call_id, "plan_id": row.plan_id}))
                    .record(conn, &(&user).into())?;
                announce(conn, row.id, found.degree_id)?;
                let job = views::planning::job(planning_job::find(conn, PlanningJobId(row.id))?);
                Ok(Created { location: format!("{BASE}/planning-jobs/{}", job.id), version: None, body: job })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn check(conn: &mut PgConnection, call: CallId, is_open: bool, asked: &CreatePlanningJob) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    if !(1..=300).contains(&asked.time_limit_seconds) {
        errors.push("/time_limit_seconds", FieldCode::OutOfRange, "A run takes 1 to 300 seconds.");
    }
    if asked.seed < 0 {
        errors.push("/seed", FieldCode::OutOfRange, "A seed is not negative.");
    }
    if asked.kind == PlanningKind::Allocation {
        let sentence = "Allocations are asked for under `/allocation-rounds/{id}/runs`.";
        errors.push("/kind", FieldCode::NotAllowed, sentence);
    }
    match asked.plan_id {
        None if asked.kind != PlanningKind::Committees => {
            errors.push("/plan_id", FieldCode::Required, "Say which version to start from.");
        }
        Some(plan) if committee_plan::call_of(conn, plan)? != Some(call) => {
            errors.push("/plan_id", FieldCode::Unknown, "The call has no such version.");
        }
        _ => {}
    }
    errors.into_result()?;
    if !is_open {
        return Err(AppError::refuse(ErrorCode::InvalidState, "The call is still a draft."));
    }
    Ok(())
}
