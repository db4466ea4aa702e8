//! Runs of the planner, on a thread of their own that steps back for everybody else.
//!
//! A run is claimed by a row lock and a name; its worker says every second that it goes on. One
//! that falls silent (its server was killed) loses the run to the next. The solver works beside
//! the connection, which is only used to look whether somebody asked to stop, and to tell how
//! far it is; no transaction is open meanwhile.

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::planning::run::{Failure, Fault, Limits, run, share};
use crate::domain::planning::words::Words;
use crate::domain::planning::{Draft, report};
use crate::models::audit::{Author, Entry};
use crate::models::planning_job::{self, Ended, Hold, MOST_ATTEMPTS, PlanningJobRow};
use crate::models::update::Change;
use crate::models::{call, committee_plan, planning_names, planning_world};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, QueryResult};
use gestfg_planner::control::{Control, Progress, Stage};
use gestfg_types::ids::{AllocationRunId, CallId, CommitteePlanId, DegreeId, UserId};
use gestfg_types::planning::{PlanningKind, PlanningProblem, PlanningProgress, PlanningReason};
use gestfg_types::updates::UpdateTopic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How long between two looks at whether to stop.
const LOOK: Duration = Duration::from_millis(100);
/// How long between two signs of life.
const BEAT: Duration = Duration::from_secs(1);
/// How long between two looks for a run, if nobody calls.
const PAUSE: Duration = Duration::from_secs(2);

/// The planner's own worker; dropping it stops its run, which another may take up.
pub struct Planner {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Planner {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Start a worker on a thread and a connection of its own.
///
/// # Errors
/// When no thread is to be had.
pub fn start_planner(config: Arc<Config>, clock: Clock) -> anyhow::Result<Planner> {
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    let thread = std::thread::Builder::new().name("planner".to_owned()).spawn(move || {
        let mut connection: Option<PgConnection> = None;
        while !stopped.load(Ordering::Relaxed) {
            match next(&mut connection, &config, &clock, &stopped) {
                Ok(true) => {}
                Ok(false) => wait(connection.as_mut(), &stopped),
                Err(error) => {
                    tracing::warn!(cause = format!("{error:#}"), "the planner waits");
                    connection = None;
                    wait(None, &stopped);
                }
            }
        }
    })?;
    Ok(Planner { stop, thread: Some(thread) })
}

fn next(
    connection: &mut Option<PgConnection>,
    config: &Config,
    clock: &Clock,
    stop: &AtomicBool,
) -> anyhow::Result<bool> {
    let conn = match connection {
        Some(conn) => conn,
        None => {
            let mut conn = PgConnection::establish(config.database_url.reveal())?;
            conn.batch_execute(super::SETTINGS)?;
            connection.insert(conn)
        }
    };
    run_next(conn, config, clock, stop)
}

/// Until somebody calls, the pause is over or the server stops.
fn wait(mut connection: Option<&mut PgConnection>, stop: &AtomicBool) {
    let until = Instant::now() + PAUSE;
    while Instant::now() < until && !stop.load(Ordering::Relaxed) {
        std::thread::park_timeout(LOOK);
        let called =
            |conn: &mut &mut PgConnection| conn.notifications_iter().take_while(Result::is_ok).count() > 0;
        if connection.as_mut().is_some_and(called) {
            return;
        }
    }
}

/// Do the oldest run that waits. Says whether there was one.
///
/// # Errors
/// When the database cannot answer; the run is then taken up again after a while.
pub fn run_next(
    conn: &mut PgConnection,
    config: &Config,
    clock: &Clock,
    stop: &AtomicBool,
) -> anyhow::Result<bool> {
    let me = Uuid::new_v4();
    let Some(row) = planning_job::claim(conn, me, clock.now())? else { return Ok(false) };
    tell(conn, &row)?;
    if row.attempts > MOST_ATTEMPTS {
        let text = "The run was begun several times and never finished.";
        finish(conn, &row, me, &Err(fault("never_finished", text)), clock)?;
        return Ok(true);
    }
    if let Some(run) = row.allocation_run_id {
        return super::allocation::work_out(conn, &row, me, AllocationRunId(run), clock, stop);
    }
    let call = CallId(row.call_id);
    let world = planning_world::load(conn, call, config.time_zone)?;
    let base = match row.plan_id {
        Some(plan) => Some(committee_plan::find(conn, CommitteePlanId(plan))?.0.draft()?),
        None => None,
    };
    let kind = PlanningKind::from_name(&row.kind).unwrap_or(PlanningKind::Committees);
    let work = |limits: &Limits<'_>| run(kind, &world, base.as_ref(), limits);
    let (hold, answer) = supervise(conn, &row, me, work, stop)?;
    match hold {
        Hold::Lost => {}
        Hold::CancelAsked => {
            planning_job::end(conn, row.id, me, &Ended::Cancelled, clock.now())?;
            tell(conn, &row)?;
        }
        Hold::Kept if stop.load(Ordering::Relaxed) => planning_job::give_back(conn, row.id, me)?,
        Hold::Kept => {
            let answer = match answer {
                Some(Ok(draft)) => Ok(draft),
                Some(Err(failure)) => Err(problem(conn, &failure)?),
                None => Err(fault("planner_failed", "The planner failed; it has been logged.")),
            };
            finish(conn, &row, me, &answer, clock)?;
        }
    }
    Ok(true)
}

/// Have the solver work while this thread looks after the run.
pub(super) fn supervise<A: Send>(
    conn: &mut PgConnection,
    row: &PlanningJobRow,
    me: Uuid,
    work: impl FnOnce(&Limits<'_>) -> A + Send,
    stop: &AtomicBool,
) -> QueryResult<(Hold, Option<A>)> {
    let cancel = AtomicBool::new(false);
    let progress: Mutex<Option<PlanningProgress>> = Mutex::new(None);
    let listen = |told: Progress| {
        *progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(PlanningProgress {
            stage: stage(told.stage).to_owned(),
            placed: told.placed,
            bound: told.bound,
        });
    };
    let seed = u64::try_from(row.seed).unwrap_or_default();
    let limit = row.time_limit_seconds;
    let (cancel, progress, listen) = (&cancel, &progress, &listen);
    std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        scope.spawn(move || {
            step_back();
            let limits =
                |part: f64| Control::new(seed, share(limit, part)).cancelled_by(cancel).watched_by(listen);
            let _ = sender.send(work(&limits));
        });
        let mut watch = || {
            let (mut beaten, mut told) = (Instant::now(), None);
            loop {
                match receiver.recv_timeout(LOOK) {
                    Ok(answer) => {
                        return planning_job::look(conn, row.id, me).map(|hold| (hold, Some(answer)));
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        return planning_job::look(conn, row.id, me).map(|hold| (hold, None));
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                }
                let hold = planning_job::look(conn, row.id, me)?;
                if hold != Hold::Kept || stop.load(Ordering::Relaxed) {
                    return Ok((hold, None));
                }
                if beaten.elapsed() >= BEAT {
                    beaten = Instant::now();
                    let now = progress.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    planning_job::beat(conn, row.id, me, now.as_ref())?;
                    if now != told {
                        told = now;
                        tell(conn, row)?;
                    }
                }
            }
        };
        let watched = watch();
        // However it ended, the solver is not waited for longer than it takes to hear this.
        cancel.store(true, Ordering::Relaxed);
        watched
    })
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Placing => "placing",
        Stage::Proving => "proving",
        Stage::Improving => "improving",
        Stage::Explaining => "explaining",
    }
}

/// Requests go first: this thread takes what they leave of the processor.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 15) {
        tracing::debug!(%error, "the planner keeps its priority");
    }
}

/// Keep the plan, or why there is none, and note the end of the run with it.
fn finish(
    conn: &mut PgConnection,
    row: &PlanningJobRow,
    me: Uuid,
    answer: &Result<Draft, PlanningProblem>,
    clock: &Clock,
) -> QueryResult<()> {
    let now = clock.now();
    conn.transaction(|conn| {
        let found = call::lock(conn, CallId(row.call_id))?;
        let by = row.asked_by.map(UserId);
        let ended = match answer {
            Ok(draft) => {
                let base = row.plan_id.map(CommitteePlanId);
                let plan = committee_plan::create(conn, CallId(row.call_id), draft, base, by, now)?;
                Entry::new("committee_plan.generate", plan.id)
                    .degree(DegreeId(found.degree_id))
                    .after(&plan.noted())
                    .record(conn, &Author::system(Default::default()))?;
                Change::of(UpdateTopic::CommitteePlans)
                    .subject(plan.id)
                    .degree(DegreeId(found.degree_id))
                    .publish(conn)?;
                Ended::Done(plan.id)
            }
            Err(problem) => Ended::Failed(serde_json::to_value(problem).unwrap_or_default()),
        };
        if !planning_job::end(conn, row.id, me, &ended, now)? {
            // Somebody else has the run: whatever was made here is not wanted.
            return Err(diesel::result::Error::RollbackTransaction);
        }
        tell(conn, row)
    })
    .or_else(|error| match error {
        diesel::result::Error::RollbackTransaction => Ok(()),
        other => Err(other),
    })
}

/// Hint at a change to those who plan.
pub(super) fn tell(conn: &mut PgConnection, row: &PlanningJobRow) -> QueryResult<()> {
    let degree = DegreeId(call::find(conn, CallId(row.call_id))?.degree_id);
    Change::of(UpdateTopic::PlanningJobs).subject(row.id).degree(degree).publish(conn)
}

pub(super) fn fault(code: &str, text: &str) -> PlanningProblem {
    let reason = PlanningReason {
        kind: "fault".to_owned(),
        text: text.to_owned(),
        code: code.to_owned(),
        ..PlanningReason::default()
    };
    PlanningProblem { code: "fault".to_owned(), reasons: vec![reason] }
}

/// Why there is no plan, with the names people know.
fn problem(conn: &mut PgConnection, failure: &Failure) -> QueryResult<PlanningProblem> {
    let (draft, status) = match failure {
        Failure::Unsound(faults) => {
            let reason = |fault: &Fault| PlanningReason {
                kind: "unsound".to_owned(),
                text: Words::default().say(&fault.text),
                code: fault.code.to_owned(),
                ..PlanningReason::default()
            };
            let reasons = faults.iter().map(reason).collect();
            return Ok(PlanningProblem { code: "unsound".to_owned(), reasons });
        }
        Failure::Committees(draft) => (draft, draft.answer.status),
        Failure::Timetable(draft) => (draft, gestfg_planner::status::Status::Infeasible),
    };
    let named = planning_names::load(conn, draft)?;
    let mut reasons = Vec::new();
    match (failure, &draft.timetable) {
        (Failure::Timetable(_), Some(timetable)) => {
            let conflicts = timetable.answer.conflicts.iter();
            let hours = &timetable.hours;
            reasons.extend(conflicts.map(|reason| report::reason(reason, &named.words, hours)));
        }
        _ => reasons.extend(report::notes(&draft.answer.notes, &named.words)),
    }
    let code = if status == gestfg_planner::status::Status::Infeasible { "infeasible" } else { "unknown" };
    Ok(PlanningProblem { code: code.to_owned(), reasons })
}
