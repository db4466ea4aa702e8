//! Allocations of rounds: frozen questions and their answers.

use crate::models::planning_job::PlanningJobRow;
use crate::schema::{allocation_runs as r, planning_jobs as j, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::Error;
use gestfg_planner::allocation::{Instance, Solution};
use gestfg_types::allocation_runs::{AllocationMethod, AllocationRunState};
use gestfg_types::ids::{AllocationRoundId, AllocationRunId, CallId, UserId};
use gestfg_types::planning::PlanningState;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A stored run.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = r, check_for_backend(diesel::pg::Pg))]
pub struct RunRow {
    /// Its id.
    pub id: i64,
    /// Of which round.
    pub round_id: i64,
    /// Counts the runs of a round.
    pub number: i32,
    /// What somebody calls it.
    pub name: Option<String>,
    /// How it is worked out.
    pub method: String,
    /// Where its lottery starts.
    pub seed: i64,
    /// The frozen question.
    pub instance: Value,
    /// What its inputs are recognised by.
    pub input_hash: String,
    /// The answer.
    pub solution: Option<Value>,
    /// The program it was found with.
    pub algorithm_version: Option<String>,
    /// Draft or published.
    pub state: String,
    /// Who asked for it.
    pub created_by: Option<i64>,
    /// When its projects were given.
    pub published_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    pub version: i32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

fn read<T: DeserializeOwned>(value: &Value) -> QueryResult<T> {
    serde_json::from_value(value.clone()).map_err(|error| Error::DeserializationError(error.into()))
}

impl RunRow {
    /// Its id, typed.
    #[must_use]
    pub const fn run_id(&self) -> AllocationRunId {
        AllocationRunId(self.id)
    }

    /// How it is worked out.
    #[must_use]
    pub fn method(&self) -> AllocationMethod {
        AllocationMethod::from_name(&self.method).unwrap_or(AllocationMethod::SerialDictatorship)
    }

    /// Whether its projects were given.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.published_at.is_some()
    }

    /// Where it is, by itself and by the run of the planner.
    #[must_use]
    pub fn state(&self, job: &PlanningJobRow) -> AllocationRunState {
        match job.state() {
            _ if self.is_published() => AllocationRunState::Published,
            PlanningState::Queued | PlanningState::Running => AllocationRunState::UnderWay,
            PlanningState::Done => AllocationRunState::Draft,
            PlanningState::Failed => AllocationRunState::Failed,
            PlanningState::Cancelled => AllocationRunState::Cancelled,
        }
    }

    /// The frozen question.
    ///
    /// # Errors
    /// When an older release wrote it in a form we have lost.
    pub fn question(&self) -> QueryResult<Instance> {
        read(&self.instance)
    }

    /// The answer, if there is one.
    ///
    /// # Errors
    /// When an older release wrote it in a form we have lost.
    pub fn answer(&self) -> QueryResult<Option<Solution>> {
        self.solution.as_ref().map(read).transpose()
    }

    /// What the audit log keeps of it.
    #[must_use]
    pub fn noted(&self) -> Value {
        json!({"round_id": self.round_id, "number": self.number, "name": self.name, "method": self.method,
            "seed": self.seed, "input_hash": self.input_hash, "algorithm_version": self.algorithm_version,
            "state": self.state})
    }
}

/// A run with the run of the planner that works it out, and the name of who asked.
pub type NamedRun = (RunRow, PlanningJobRow, Option<(String, String)>);

#[diesel::dsl::auto_type]
fn named() -> _ {
    r::table
        .inner_join(j::table.on(j::allocation_run_id.eq(r::id.nullable())))
        .left_join(users::table.on(users::id.nullable().eq(r::created_by)))
}

/// The runs of a round, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, round: AllocationRoundId) -> QueryResult<Vec<NamedRun>> {
    named()
        .filter(r::round_id.eq(round.0))
        .order(r::number.desc())
        .limit(50)
        .select((
            RunRow::as_select(),
            PlanningJobRow::as_select(),
            (users::first_name, users::last_name).nullable(),
        ))
        .load(conn)
}

/// One run.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: AllocationRunId) -> QueryResult<NamedRun> {
    named()
        .filter(r::id.eq(id.0))
        .select((
            RunRow::as_select(),
            PlanningJobRow::as_select(),
            (users::first_name, users::last_name).nullable(),
        ))
        .first(conn)
}

/// One run, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: AllocationRunId) -> QueryResult<RunRow> {
    r::table.find(id.0).select(RunRow::as_select()).for_no_key_update().first(conn)
}

/// The published run of a round.
///
/// # Errors
/// When the database cannot answer.
pub fn published(conn: &mut PgConnection, round: AllocationRoundId) -> QueryResult<Option<RunRow>> {
    r::table
        .filter(r::round_id.eq(round.0))
        .filter(r::state.eq(AllocationRunState::Published.as_str()))
        .select(RunRow::as_select())
        .first(conn)
        .optional()
}

/// A question to be frozen.
#[derive(Debug, Clone)]
pub struct NewRun<'a> {
    /// What to call it.
    pub name: Option<&'a str>,
    /// How.
    pub method: AllocationMethod,
    /// Where the lottery starts.
    pub seed: i64,
    /// The question.
    pub instance: &'a Instance,
    /// What it is recognised by.
    pub input_hash: &'a str,
}

/// Freeze a question. The round must be locked, so that its number is free.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    round: AllocationRoundId,
    new: &NewRun<'_>,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<RunRow> {
    let last: Option<i32> =
        r::table.filter(r::round_id.eq(round.0)).select(diesel::dsl::max(r::number)).get_result(conn)?;
    let applicants = i32::try_from(new.instance.applicants.len()).unwrap_or(i32::MAX);
    let instance =
        serde_json::to_value(new.instance).map_err(|error| Error::SerializationError(error.into()))?;
    diesel::insert_into(r::table)
        .values((
            r::round_id.eq(round.0),
            r::number.eq(last.unwrap_or_default() + 1),
            r::name.eq(new.name),
            r::method.eq(new.method.as_str()),
            r::seed.eq(new.seed),
            r::instance.eq(instance),
            r::input_hash.eq(new.input_hash),
            r::applicant_count.eq(applicants),
            r::created_by.eq(by.0),
            r::created_at.eq(now),
        ))
        .returning(RunRow::as_returning())
        .get_result(conn)
}

/// Keep the answer.
///
/// # Errors
/// When the database cannot take it.
pub fn set_solution(conn: &mut PgConnection, id: AllocationRunId, solution: &Solution) -> QueryResult<()> {
    let value = serde_json::to_value(solution).map_err(|error| Error::SerializationError(error.into()))?;
    diesel::update(r::table.find(id.0))
        .set((r::solution.eq(value), r::algorithm_version.eq(&solution.algorithm_version)))
        .execute(conn)
        .map(drop)
}

/// Name one, or take its name away; its version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn rename(conn: &mut PgConnection, id: AllocationRunId, name: Option<&str>) -> QueryResult<RunRow> {
    diesel::update(r::table.find(id.0))
        .set((r::name.eq(name), r::version.eq(r::version + 1)))
        .returning(RunRow::as_returning())
        .get_result(conn)
}

/// Its projects are given; its version grows.
///
/// # Errors
/// When the round has another, or the database cannot answer.
pub fn set_published(
    conn: &mut PgConnection,
    id: AllocationRunId,
    now: DateTime<Utc>,
) -> QueryResult<RunRow> {
    diesel::update(r::table.find(id.0))
        .set((
            r::state.eq(AllocationRunState::Published.as_str()),
            r::published_at.eq(now),
            r::version.eq(r::version + 1),
        ))
        .returning(RunRow::as_returning())
        .get_result(conn)
}

/// Throw a draft away, with the run of the planner.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: AllocationRunId) -> QueryResult<()> {
    diesel::delete(r::table.find(id.0)).execute(conn).map(drop)
}

/// The call of the round of a run.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn call_of(conn: &mut PgConnection, id: AllocationRunId) -> QueryResult<CallId> {
    use crate::schema::allocation_rounds;
    r::table
        .inner_join(allocation_rounds::table)
        .filter(r::id.eq(id.0))
        .select(allocation_rounds::call_id)
        .first(conn)
        .map(CallId)
}
