use super::{named, summary};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::allocation::answer;
use crate::domain::allocation::ask::{Manner, ask};
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::allocation_round::{self, RoundRow};
use crate::models::allocation_run::{self, NewRun};
use crate::models::audit::Entry;
use crate::models::call::{CallDetail, name_of};
use crate::models::{allocation_world, planning_job};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::routes::allocation_rounds::{announce, check_live, kept_round};
use actix_web::{HttpResponse, post, web};
use diesel::PgConnection;
use gestfg_planner::allocation::{Instance, TeamRecord, TieBreak, input_hash};
use gestfg_types::allocation_runs::{AllocationRunSummary, CreateAllocationRun};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AllocationRoundId, CallId, DegreeId};

/// Have a round allocated by a method, in the background.
///
/// The inputs are frozen with it: what holds now, or what another run of the round was asked, so
/// that methods stand side by side. Before the round has closed it is a trial. Read its progress
/// from its job, or wait for `allocation_rounds` of the updates. By coordinators of the degree
/// and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    request_body = CreateAllocationRun,
    responses((status = 201, body = AllocationRunSummary, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/allocation-rounds/{id}/runs")]
pub(super) async fn create_allocation_run(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
    body: web::Json<CreateAllocationRun>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let name = named(body.name.as_deref())?;
    check(&body)?;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let (_, call) = kept_round(conn, &user, id)?;
                // Runs are numbered one after the other, over what nobody changes meanwhile.
                let round = allocation_round::lock(conn, id)?;
                check_live(&round)?;
                let instance = frozen(conn, &round, &call, &body)?;
                if instance.applicants.is_empty() {
                    let sentence = "Nobody asks for a project yet.";
                    return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
                }
                let hash = input_hash(&instance);
                let new = NewRun {
                    name: name.as_deref(),
                    method: body.method,
                    seed: body.seed,
                    instance: &instance,
                    input_hash: &hash,
                };
                let row = allocation_run::create(conn, id, &new, user.id, now)?;
                let asked = (row.run_id(), body.seed, body.time_limit_seconds);
                planning_job::create_allocation(conn, CallId(round.call_id), asked, user.id, now)?;
                Entry::new("allocation_run.create", row.id)
                    .degree(DegreeId(round.degree_id))
                    .after(&row.noted())
                    .record(conn, &(&user).into())?;
                announce(conn, &round, &call)?;
                Ok(Created {
                    location: format!("{BASE}/allocation-runs/{}", row.id),
                    version: Some(row.version),
                    body: summary(conn, row.run_id(), &round, now)?,
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn check(body: &CreateAllocationRun) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    if body.seed < 0 {
        errors.push("/seed", FieldCode::OutOfRange, "A seed is not negative.");
    }
    if !(1..=300).contains(&body.time_limit_seconds) {
        errors.push("/time_limit_seconds", FieldCode::OutOfRange, "A run takes 1 to 300 seconds.");
    }
    if body.weights.len() > 20 || body.weights.iter().any(|weight| *weight > 1_000_000) {
        errors.push("/weights", FieldCode::OutOfRange, "Twenty weights up to a million at most.");
    }
    if body.weights.windows(2).any(|pair| pair[0] > pair[1]) {
        errors.push(
            "/weights",
            FieldCode::OutOfRange,
            "A worse choice does not cost less than a better one.",
        );
    }
    if body.tie_breaks.as_ref().is_some_and(|list| list.len() > 3) {
        errors.push("/tie_breaks", FieldCode::TooLong, "Three criteria at most.");
    }
    if body.same_inputs_as.is_some() && (body.tie_breaks.is_some() || body.team_record.is_some()) {
        let sentence = "The same inputs have their own tie breaks and team record.";
        errors.push("/same_inputs_as", FieldCode::NotAllowed, sentence);
    }
    errors.into_result()
}

/// The question, over what holds now or what another run was asked.
fn frozen(
    conn: &mut PgConnection,
    round: &RoundRow,
    call: &CallDetail,
    body: &CreateAllocationRun,
) -> AppResult<Instance> {
    let manner = Manner {
        method: answer::method(body.method),
        weights: body.weights.clone(),
        seed: u64::try_from(body.seed).unwrap_or_default(),
    };
    if let Some(other) = body.same_inputs_as {
        let found = allocation_run::find(conn, other).map(|(row, ..)| row);
        let row = found.ok().filter(|row| row.round_id == round.id).ok_or_else(|| {
            let sentence = "The round has no such run.";
            AppError::invalid_field("/same_inputs_as", FieldCode::Unknown, sentence)
        })?;
        return Ok(manner.of(row.question()?));
    }
    let name = format!("{} · {}", name_of(&call.reference()), round.number);
    let world = allocation_world::load(conn, round, name)?;
    let tie_breaks = body.tie_breaks.as_ref().map_or_else(
        || vec![TieBreak::Record, TieBreak::SeededLottery],
        |list| list.iter().copied().map(answer::tie_break).collect(),
    );
    let team_record = body.team_record.map_or(TeamRecord::Mean, answer::team_record);
    Ok(ask(&world, manner, tie_breaks, team_record))
}
