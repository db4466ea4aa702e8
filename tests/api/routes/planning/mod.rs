//! Committees and timetables: planned in the background, changed by hand, published.

mod committees;
mod defences;
mod free_panels;
mod jobs;
mod publishing;

use crate::support::TestApp;
use crate::support::actors::Client;
use crate::support::builders::World;
use diesel::PgConnection;
use gestfg_types::ids::{CallId, CommitteePlanId, EvaluationRequestId, UserId};
use gestfg_types::planning::{CommitteePlan, PlanningJob, PlanningState};
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;

/// A call in which committees are formed now, and defended in December in two rooms.
pub struct Faculty {
    pub app: TestApp,
    pub call: CallId,
    pub coordinator: UserId,
    pub colleague: UserId,
    pub professors: Vec<UserId>,
    pub requests: Vec<EvaluationRequestId>,
}

impl Faculty {
    /// 20 projects of one student each, and 24 professors of four areas.
    pub fn set() -> Self {
        Self::with(20, 24, 4)
    }

    pub fn with(projects: usize, professors: usize, areas: usize) -> Self {
        let app = TestApp::start();
        let mut conn = app.conn();
        let mut world = World::new(&mut conn);
        let departments: Vec<_> = (0..areas)
            .map(|n| {
                let area = world.area(&format!("Área {n}"));
                world.department(&format!("D{n}"), area)
            })
            .collect();
        let nowhere = world.area("Oficina");
        let office = world.department("OFI", nowhere);
        let degree = world.degree("GII", "bachelor");
        let coordinator = world.coordinator("Clara Muestra", office, degree);
        let colleague = world.coordinator("Celia Muestra", office, degree);
        world.run("UPDATE professors SET exempt_from_committees = true");
        let professors: Vec<_> = (0..professors)
            .map(|n| world.professor(&format!("Profe{n} Muestra"), departments[n % areas]))
            .collect();
        let mut call = CallId(0);
        let mut requests = Vec::new();
        for n in 0..projects {
            let tutor = professors[n % professors.len()];
            let student = world.student(&format!("Estudiante{n} Muestra"), &[degree]);
            let project = world.project(&format!("Proyecto {n}"), degree, tutor, "published");
            let assignment = world.assignment(project, &[student], tutor);
            let (entered, request) = world.request(assignment);
            call = entered;
            requests.push(request);
        }
        world.phase(call, "committee_formation", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
        world.phase(call, "defence", "2026-12-08T23:00:00Z", "2026-12-11T23:00:00Z");
        world.room("A1");
        world.room("A2");
        Self { call, coordinator, colleague, professors, requests, app }
    }

    pub fn with_world<T>(&self, work: impl FnOnce(&mut World<'_>) -> T) -> T {
        let mut conn: PgConnection = self.app.conn();
        work(&mut World::new(&mut conn))
    }

    /// The same with another way of making timetables.
    pub fn in_mode(self, mode: &str) -> Self {
        self.with_world(|world| {
            world.run(&format!(
                "INSERT INTO committee_settings (degree_id, academic_year, mode)
                 SELECT degree_id, academic_year, '{mode}' FROM calls"
            ));
        });
        self
    }

    pub fn coordinator(&self) -> Client {
        self.app.as_user(self.coordinator)
    }

    /// Ask for a run; it waits until somebody works.
    pub async fn ask(&self, body: Value) -> PlanningJob {
        let path = format!("/calls/{}/planning-jobs", self.call);
        self.coordinator().post(&path, &body).await.expect(201)
    }

    /// Do what waits, as the worker does.
    pub fn work(&self) -> bool {
        let state = &self.app.state;
        gestfg::jobs::run_next(&mut self.app.conn(), &state.config, &state.clock, &AtomicBool::new(false))
            .expect("the planner ran")
    }

    pub async fn job(&self, job: &PlanningJob) -> PlanningJob {
        self.coordinator().get(&format!("/planning-jobs/{}", job.id)).await.expect(200)
    }

    /// Plan something and read what came of it.
    pub async fn plan(&self, kind: &str, base: Option<CommitteePlanId>) -> CommitteePlan {
        let asked =
            self.ask(json!({"kind": kind, "plan_id": base, "seed": 7, "time_limit_seconds": 3})).await;
        assert!(self.work(), "a run waits");
        let done = self.job(&asked).await;
        assert_eq!(done.state, PlanningState::Done, "{done:?}");
        self.read(done.result_plan_id.expect("a plan")).await
    }

    pub async fn read(&self, id: CommitteePlanId) -> CommitteePlan {
        self.coordinator().get(&format!("/committee-plans/{id}")).await.expect(200)
    }

    /// Committees with a timetable.
    pub async fn timed(&self) -> CommitteePlan {
        let formed = self.plan("committees", None).await;
        self.plan("timetable", Some(formed.summary.id)).await
    }
}

/// The path of an action on a plan.
pub fn path(plan: &CommitteePlan, action: &str) -> String {
    format!("/committee-plans/{}{action}", plan.summary.id)
}
