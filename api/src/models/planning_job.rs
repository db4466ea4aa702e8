//! Runs of the planner: asked for by people, claimed by workers. Heartbeats are by the
//! database's clock, which all workers share.

use crate::schema::{planning_jobs as j, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Double, Jsonb, Nullable, Timestamptz};
use gestfg_types::ids::{AllocationRunId, CallId, PlanningJobId, UserId};
use gestfg_types::planning::{CreatePlanningJob, PlanningKind, PlanningProgress, PlanningState};
use serde_json::Value;
use uuid::Uuid;

/// A worker that says nothing for so many seconds has lost its run.
pub const SILENCE: f64 = 15.0;
/// A run that was lost so often is given up: it may be what ends its workers.
pub const MOST_ATTEMPTS: i16 = 3;

/// A stored run.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = j, check_for_backend(diesel::pg::Pg))]
pub struct PlanningJobRow {
    /// Its id.
    pub id: i64,
    /// For which call.
    pub call_id: i64,
    /// What it works out.
    pub kind: String,
    /// The version it starts from.
    pub plan_id: Option<i64>,
    /// Where it is.
    pub state: String,
    /// The seed.
    pub seed: i64,
    /// The time limit.
    pub time_limit_seconds: i16,
    /// How far it is.
    pub progress: Option<Value>,
    /// Why it made no plan.
    pub problem: Option<Value>,
    /// The version it made.
    pub result_plan_id: Option<i64>,
    /// Who asked for it.
    pub asked_by: Option<i64>,
    /// How often a worker took it.
    pub attempts: i16,
    /// When somebody asked to stop it.
    pub cancel_asked_at: Option<DateTime<Utc>>,
    /// When a worker first took it.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// The allocation it works out.
    pub allocation_run_id: Option<i64>,
}

impl PlanningJobRow {
    /// Where it is.
    #[must_use]
    pub fn state(&self) -> PlanningState {
        PlanningState::from_name(&self.state).unwrap_or(PlanningState::Failed)
    }
}

/// A run with the name of who asked for it.
pub type NamedJob = (PlanningJobRow, Option<(String, String)>);

/// The latest runs for committees and timetables of a call, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<NamedJob>> {
    j::table
        .left_join(users::table)
        .filter(j::call_id.eq(call.0))
        .filter(j::allocation_run_id.is_null())
        .order(j::id.desc())
        .limit(50)
        .select((PlanningJobRow::as_select(), (users::first_name, users::last_name).nullable()))
        .load(conn)
}

/// One run.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: PlanningJobId) -> QueryResult<NamedJob> {
    j::table
        .left_join(users::table)
        .filter(j::id.eq(id.0))
        .select((PlanningJobRow::as_select(), (users::first_name, users::last_name).nullable()))
        .first(conn)
}

/// Ask for a run.
///
/// # Errors
/// When one is under way for the call, or the database cannot answer.
pub fn create(
    conn: &mut PgConnection,
    call: CallId,
    asked: &CreatePlanningJob,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<PlanningJobRow> {
    diesel::insert_into(j::table)
        .values((
            j::call_id.eq(call.0),
            j::kind.eq(asked.kind.as_str()),
            j::plan_id.eq(asked.plan_id.map(|id| id.0)),
            j::seed.eq(asked.seed),
            j::time_limit_seconds.eq(asked.time_limit_seconds),
            j::asked_by.eq(by.0),
            j::created_at.eq(now),
        ))
        .returning(PlanningJobRow::as_returning())
        .get_result(conn)
}

/// Ask for an allocation to be worked out.
///
/// # Errors
/// When the database cannot answer.
pub fn create_allocation(
    conn: &mut PgConnection,
    call: CallId,
    (run, seed, time_limit_seconds): (AllocationRunId, i64, i16),
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<PlanningJobRow> {
    diesel::insert_into(j::table)
        .values((
            j::call_id.eq(call.0),
            j::kind.eq(PlanningKind::Allocation.as_str()),
            j::allocation_run_id.eq(run.0),
            j::seed.eq(seed),
            j::time_limit_seconds.eq(time_limit_seconds),
            j::asked_by.eq(by.0),
            j::created_at.eq(now),
        ))
        .returning(PlanningJobRow::as_returning())
        .get_result(conn)
}

/// Ask to stop one: at once if nobody has it yet. Says whether it was still to be stopped.
///
/// # Errors
/// When the database cannot answer.
pub fn ask_to_cancel(conn: &mut PgConnection, id: PlanningJobId, now: DateTime<Utc>) -> QueryResult<bool> {
    let stopped = diesel::update(j::table.find(id.0).filter(j::state.eq("queued")))
        .set((j::state.eq("cancelled"), j::cancel_asked_at.eq(now), j::ended_at.eq(now)))
        .execute(conn)?;
    if stopped > 0 {
        return Ok(true);
    }
    let asked = diesel::update(
        j::table.find(id.0).filter(j::state.eq("running")).filter(j::cancel_asked_at.is_null()),
    )
    .set(j::cancel_asked_at.eq(now))
    .execute(conn)?;
    Ok(asked > 0)
}

/// The oldest run that waits, or whose worker has fallen silent, for this worker.
///
/// # Errors
/// When the database cannot answer.
pub fn claim(conn: &mut PgConnection, by: Uuid, now: DateTime<Utc>) -> QueryResult<Option<PlanningJobRow>> {
    conn.transaction(|conn| {
        let silent = diesel::dsl::sql::<Bool>(
            "(state = 'running' AND heartbeat_at < clock_timestamp() - make_interval(secs => ",
        )
        .bind::<Double, _>(SILENCE)
        .sql("))");
        let waiting: Option<i64> = j::table
            .filter(j::state.eq("queued").or(silent))
            .order(j::id)
            .select(j::id)
            .for_update()
            .skip_locked()
            .first(conn)
            .optional()?;
        let Some(id) = waiting else { return Ok(None) };
        diesel::update(j::table.find(id))
            .set((
                j::state.eq("running"),
                j::claimed_by.eq(by),
                j::attempts.eq(j::attempts + 1),
                j::heartbeat_at.eq(clock()),
                j::started_at.eq(diesel::dsl::sql::<Nullable<Timestamptz>>("COALESCE(started_at, ")
                    .bind::<Timestamptz, _>(now)
                    .sql(")")),
            ))
            .returning(PlanningJobRow::as_returning())
            .get_result(conn)
            .map(Some)
    })
}

fn clock() -> diesel::expression::SqlLiteral<Nullable<Timestamptz>> {
    diesel::dsl::sql("clock_timestamp()")
}

/// How a worker stands with its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It goes on.
    Kept,
    /// Somebody asked to stop it.
    CancelAsked,
    /// Another worker has it, or it is gone.
    Lost,
}

/// Ask how it stands.
///
/// # Errors
/// When the database cannot answer.
pub fn look(conn: &mut PgConnection, id: i64, by: Uuid) -> QueryResult<Hold> {
    let found = j::table
        .find(id)
        .filter(j::claimed_by.eq(by))
        .filter(j::state.eq("running"))
        .select(j::cancel_asked_at)
        .first::<Option<DateTime<Utc>>>(conn)
        .optional()?;
    Ok(match found {
        None => Hold::Lost,
        Some(None) => Hold::Kept,
        Some(Some(_)) => Hold::CancelAsked,
    })
}

/// Say that it goes on, and how far it is.
///
/// # Errors
/// When the database cannot answer.
pub fn beat(
    conn: &mut PgConnection,
    id: i64,
    by: Uuid,
    progress: Option<&PlanningProgress>,
) -> QueryResult<()> {
    let progress = progress.and_then(|progress| serde_json::to_value(progress).ok());
    diesel::update(j::table.find(id).filter(j::claimed_by.eq(by)))
        .set((
            j::heartbeat_at.eq(clock()),
            j::progress.eq(diesel::dsl::sql::<Nullable<Jsonb>>("COALESCE(")
                .bind::<Nullable<Jsonb>, _>(progress)
                .sql(", progress)")),
        ))
        .execute(conn)
        .map(drop)
}

/// How a run ended.
#[derive(Debug, Clone)]
pub enum Ended {
    /// With this plan.
    Done(i64),
    /// With an allocation, which is kept with what it answers.
    Allocated,
    /// Without one, for this problem.
    Failed(Value),
    /// Somebody stopped it.
    Cancelled,
}

/// Note how a run ended, if this worker still has it.
///
/// # Errors
/// When the database cannot answer.
pub fn end(
    conn: &mut PgConnection,
    id: i64,
    by: Uuid,
    ended: &Ended,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let (state, plan, problem) = match ended {
        Ended::Done(plan) => ("done", Some(*plan), None),
        Ended::Allocated => ("done", None, None),
        Ended::Failed(problem) => ("failed", None, Some(problem)),
        Ended::Cancelled => ("cancelled", None, None),
    };
    diesel::update(j::table.find(id).filter(j::claimed_by.eq(by)).filter(j::state.eq("running")))
        .set((j::state.eq(state), j::result_plan_id.eq(plan), j::problem.eq(problem), j::ended_at.eq(now)))
        .execute(conn)
        .map(|count| count > 0)
}

/// Give a run back: this server stops, another may go on with it.
///
/// # Errors
/// When the database cannot answer.
pub fn give_back(conn: &mut PgConnection, id: i64, by: Uuid) -> QueryResult<()> {
    diesel::update(j::table.find(id).filter(j::claimed_by.eq(by)).filter(j::state.eq("running")))
        .set((j::state.eq("queued"), j::claimed_by.eq(None::<Uuid>), j::attempts.eq(j::attempts - 1)))
        .execute(conn)
        .map(drop)
}
