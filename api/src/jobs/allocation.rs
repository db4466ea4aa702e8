//! Allocations, worked out by the planner's worker.

use super::planning::{fault, supervise, tell};
use crate::clock::Clock;
use crate::domain::planning::words::Words;
use crate::models::allocation_run::{self, RunRow};
use crate::models::planning_job::{self, Ended, Hold, PlanningJobRow};
use crate::models::update::Change;
use crate::models::{allocation_names, call};
use diesel::{Connection, PgConnection, QueryResult};
use gestfg_planner::allocation::{Solution, solve};
use gestfg_planner::status::Status;
use gestfg_types::ids::{AllocationRunId, CallId, DegreeId};
use gestfg_types::planning::{PlanningProblem, PlanningReason};
use gestfg_types::updates::UpdateTopic;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// Answer a frozen question. Says that there was something to do.
pub(super) fn work_out(
    conn: &mut PgConnection,
    row: &PlanningJobRow,
    me: Uuid,
    id: AllocationRunId,
    clock: &Clock,
    stop: &AtomicBool,
) -> anyhow::Result<bool> {
    let (run, ..) = allocation_run::find(conn, id)?;
    let question = run.question()?;
    let (hold, answer) = supervise(conn, row, me, |limits| solve::solve(&question, &limits(1.0)), stop)?;
    match hold {
        Hold::Lost => return Ok(true),
        Hold::CancelAsked => {
            planning_job::end(conn, row.id, me, &Ended::Cancelled, clock.now())?;
        }
        Hold::Kept if stop.load(Ordering::Relaxed) => planning_job::give_back(conn, row.id, me)?,
        Hold::Kept => {
            let words = allocation_names::of(conn, &question)?.words(&question);
            let answer = match answer {
                Some(Ok(solution)) if solution.status == Status::Infeasible => {
                    Err(conflicts(&solution, &words))
                }
                Some(Ok(solution)) => Ok(solution),
                Some(Err(sentences)) => Err(unsound(&sentences, &words)),
                None => Err(fault("planner_failed", "The planner failed; it has been logged.")),
            };
            finish(conn, row, me, &run, &answer, clock)?;
        }
    }
    tell(conn, row)?;
    announce(conn, row, &run)?;
    Ok(true)
}

/// Keep the answer, or why there is none, and note the end of the run with it.
fn finish(
    conn: &mut PgConnection,
    row: &PlanningJobRow,
    me: Uuid,
    run: &RunRow,
    answer: &Result<Solution, PlanningProblem>,
    clock: &Clock,
) -> QueryResult<()> {
    conn.transaction(|conn| {
        let ended = match answer {
            Ok(_) => Ended::Allocated,
            Err(problem) => Ended::Failed(serde_json::to_value(problem).unwrap_or_default()),
        };
        // If somebody else has the run, whatever was found here is not wanted.
        if planning_job::end(conn, row.id, me, &ended, clock.now())?
            && let Ok(solution) = answer
        {
            allocation_run::set_solution(conn, run.run_id(), solution)?;
        }
        Ok(())
    })
}

/// Hint at a change to those who allocate.
fn announce(conn: &mut PgConnection, row: &PlanningJobRow, run: &RunRow) -> QueryResult<()> {
    let degree = DegreeId(call::find(conn, CallId(row.call_id))?.degree_id);
    Change::of(UpdateTopic::AllocationRounds).subject(run.round_id).degree(degree).publish(conn)
}

fn conflicts(solution: &Solution, words: &Words) -> PlanningProblem {
    let reason = |conflict: &gestfg_planner::allocation::Conflict| PlanningReason {
        kind: serde_json::to_value(conflict.kind)
            .ok()
            .and_then(|kind| kind.as_str().map(str::to_owned))
            .unwrap_or_default(),
        text: words.say(&conflict.text),
        ..PlanningReason::default()
    };
    let reasons = solution.conflicts.iter().map(reason).collect();
    PlanningProblem { code: "infeasible".to_owned(), reasons }
}

fn unsound(sentences: &[String], words: &Words) -> PlanningProblem {
    let reason = |sentence: &String| PlanningReason {
        kind: "unsound".to_owned(),
        text: words.say(sentence),
        ..PlanningReason::default()
    };
    PlanningProblem { code: "unsound".to_owned(), reasons: sentences.iter().map(reason).collect() }
}
