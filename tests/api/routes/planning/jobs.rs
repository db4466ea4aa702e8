//! Runs of the planner: one at a time, stopped when asked, taken up again when lost.

use super::Faculty;
use diesel::prelude::*;
use gestfg_types::errors::ErrorCode;
use gestfg_types::planning::{CommitteePlans, PlanParam, PlanningJobs, PlanningState};
use serde_json::json;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

#[actix_web::test]
async fn a_run_forms_committees_that_keep_every_rule() {
    let faculty = Faculty::set();
    let plan = faculty.plan("committees", None).await;
    assert!(plan.report.valid, "{:?}", plan.report.violations);
    assert_eq!((plan.summary.number, plan.summary.committee_count, plan.summary.defence_count), (1, 4, 20));
    assert_eq!(plan.names.people.iter().filter(|person| person.name.starts_with("Profe")).count(), 24);
    assert_eq!(plan.names.projects.len(), 20);
    let timed = faculty.plan("timetable", Some(plan.summary.id)).await;
    assert!(timed.report.valid, "{:?}", timed.report.violations);
    assert_eq!((timed.summary.number, timed.summary.scheduled_count), (2, Some(20)));
    assert_eq!(timed.summary.based_on, Some(plan.summary.id));
    // Wednesday to Friday from nine, in Madrid.
    assert_eq!(timed.names.days.len(), 3);
    assert_eq!(timed.names.days[0].slots[0].to_rfc3339(), "2026-12-09T08:00:00+00:00");
    let path = format!("/calls/{}/planning-jobs", faculty.call);
    let jobs: PlanningJobs = faculty.coordinator().get(&path).await.expect(200);
    assert_eq!(jobs.items.len(), 2);
    assert!(jobs.items.iter().all(|job| job.state == PlanningState::Done && job.ended_at.is_some()));
    assert!(!faculty.work(), "nothing waits");
}

#[actix_web::test]
async fn one_run_at_a_time_in_a_call() {
    let faculty = Faculty::set();
    let asked = faculty.ask(json!({"kind": "committees"})).await;
    let path = format!("/calls/{}/planning-jobs", faculty.call);
    let again = faculty.coordinator().post(&path, &json!({"kind": "committees"})).await;
    again.refused(ErrorCode::PlanningUnderWay);
    let stop = format!("/planning-jobs/{}/cancel", asked.id);
    let stopped = faculty.coordinator().post(&stop, &json!({})).await.json(200);
    assert_eq!(stopped["state"], "cancelled");
    assert!(!faculty.work(), "what waits is stopped at once");
    faculty.ask(json!({"kind": "committees"})).await;
    for (body, code) in [
        (json!({"kind": "timetable"}), ErrorCode::ValidationFailed),
        (json!({"kind": "committees", "plan_id": 99}), ErrorCode::ValidationFailed),
        (json!({"kind": "committees", "time_limit_seconds": 0}), ErrorCode::ValidationFailed),
    ] {
        faculty.coordinator().post(&path, &body).await.refused(code);
    }
}

#[actix_web::test]
async fn outside_its_phase_a_run_needs_a_reason() {
    let faculty = Faculty::set();
    faculty.app.state.clock.set("2026-12-02T09:00:00Z".parse().expect("a moment"));
    let path = format!("/calls/{}/planning-jobs", faculty.call);
    faculty.coordinator().post(&path, &json!({"kind": "committees"})).await.refused(ErrorCode::PhaseNotOpen);
    let body = json!({"kind": "committees", "override_reason": "Baja médica"});
    faculty.coordinator().post(&path, &body).await.expect_status(201);
}

#[actix_web::test]
async fn what_cannot_be_is_explained_and_changes_nothing() {
    // Two areas cannot fill three full seats of different areas.
    let faculty = Faculty::with(10, 20, 2);
    let asked = faculty.ask(json!({"kind": "committees", "time_limit_seconds": 2})).await;
    assert!(faculty.work());
    let failed = faculty.job(&asked).await;
    assert_eq!((failed.state, failed.result_plan_id), (PlanningState::Failed, None));
    let problem = failed.problem.expect("a problem");
    assert_eq!(problem.code, "infeasible");
    assert_eq!(problem.reasons[0].kind, "areas_short", "{problem:?}");
    assert!(!problem.reasons[0].text.contains("area-"), "{problem:?}");
    // The same in a form that other languages can say.
    let reason = &problem.reasons[0];
    assert_eq!(reason.code, "areas_short");
    assert_eq!(reason.params["all_areas"], PlanParam::Count(3));
    assert_eq!(reason.params["full_seats"], PlanParam::Count(3));
    let plans: CommitteePlans =
        faculty.coordinator().get(&format!("/calls/{}/committee-plans", faculty.call)).await.expect(200);
    assert_eq!(plans.items, []);
}

#[actix_web::test]
async fn a_run_is_stopped_while_it_works() {
    let faculty = Faculty::with(120, 120, 6);
    let asked = faculty.ask(json!({"kind": "committees", "time_limit_seconds": 120})).await;
    let (config, clock) = (faculty.app.state.config.clone(), faculty.app.state.clock.clone());
    let mut conn = faculty.app.conn();
    let working = std::thread::spawn(move || {
        gestfg::jobs::run_next(&mut conn, &config, &clock, &AtomicBool::new(false)).expect("the planner ran");
        Instant::now()
    });
    until_running(&faculty);
    let began = Instant::now();
    let stop = format!("/planning-jobs/{}/cancel", asked.id);
    faculty.coordinator().post(&stop, &json!({})).await.expect_status(200);
    let ended = working.join().expect("the worker");
    let took = ended.duration_since(began);
    let job = faculty.job(&asked).await;
    if job.state == PlanningState::Cancelled {
        assert!(job.result_plan_id.is_none());
        assert!(took < Duration::from_secs(5), "{took:?}");
    } else {
        // It was done in the moment it was stopped.
        assert_eq!(job.state, PlanningState::Done);
    }
}

/// Until the run that waits has been taken.
pub(super) fn until_running(faculty: &Faculty) {
    use gestfg::schema::planning_jobs::dsl as j;
    let mut conn = faculty.app.conn();
    loop {
        let waiting: i64 =
            j::planning_jobs.filter(j::state.eq("queued")).count().get_result(&mut conn).expect("a count");
        if waiting == 0 {
            return;
        }
        std::thread::yield_now();
    }
}

#[actix_web::test]
async fn a_run_whose_server_was_killed_is_taken_up_again() {
    let faculty = Faculty::set();
    let asked = faculty.ask(json!({"kind": "committees", "time_limit_seconds": 2})).await;
    faculty.with_world(|world| {
        world.run(
            "UPDATE planning_jobs SET state = 'running', attempts = 1, claimed_by = gen_random_uuid(), heartbeat_at = now()",
        );
    });
    assert!(!faculty.work(), "its worker lives");
    faculty.with_world(|world| {
        world.run("UPDATE planning_jobs SET heartbeat_at = now() - interval '1 minute'");
    });
    assert!(faculty.work());
    assert_eq!(faculty.job(&asked).await.state, PlanningState::Done);
}

#[actix_web::test]
async fn a_server_that_stops_gives_its_run_back() {
    let faculty = Faculty::set();
    let asked = faculty.ask(json!({"kind": "committees", "time_limit_seconds": 60})).await;
    let state = &faculty.app.state;
    gestfg::jobs::run_next(&mut faculty.app.conn(), &state.config, &state.clock, &AtomicBool::new(true))
        .expect("the planner ran");
    let job = faculty.job(&asked).await;
    assert_eq!(job.state, PlanningState::Queued);
    assert!(faculty.work());
    assert_eq!(faculty.job(&asked).await.state, PlanningState::Done);
}
