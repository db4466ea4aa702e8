//! Rounds, applications, allocations.

mod applications;
mod files;
mod notices;
mod rounds;
mod runs;
mod teams;

use crate::routes::projects::Stage;
use crate::support::actors::{Answer, Client};
use chrono::{DateTime, Utc};
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::applications::Application;
use gestfg_types::ids::{AllocationRoundId, CallId, ProjectId, UserId};
use serde_json::{Value, json};

/// 24 November 2026 00:00 to 1 December 2026 00:00 in Madrid.
pub const OPENS: &str = "2026-11-23T23:00:00Z";
pub const CLOSES: &str = "2026-11-30T23:00:00Z";

/// A round of the degree's call, open now, with projects to ask for.
pub struct Round {
    pub stage: Stage,
    pub call: CallId,
    pub id: AllocationRoundId,
    pub projects: Vec<ProjectId>,
    pub students: Vec<UserId>,
}

impl Round {
    pub fn open() -> Self {
        Self::with(5, 4)
    }

    /// With so many projects for three, all of the tutor, and so many students.
    pub fn with(projects: usize, students: usize) -> Self {
        let stage = Stage::set();
        let (call, id, projects, students) = stage.with_world(|world| {
            let titles = (0..projects).map(|n| format!("P{n:03}"));
            let projects: Vec<_> =
                titles.map(|title| world.project(&title, stage.degree, stage.tutor, "published")).collect();
            world.run(&format!("UPDATE projects SET cotutor_id = {}", stage.cotutor));
            let call = world.call_of(stage.degree);
            let id = world.round(call, OPENS, CLOSES);
            let students: Vec<_> = (0..students)
                .map(|n| world.student(&format!("Estudiante{n} Muestra"), &[stage.degree]))
                .collect();
            (call, id, projects, students)
        });
        let round = Self { stage, call, id, projects, students };
        round.at(OPENS, 3600);
        round
    }

    pub fn at(&self, moment: &str, seconds: i64) {
        let moment: DateTime<Utc> = moment.parse().expect("a moment");
        self.stage.app.state.clock.set(moment + chrono::Duration::seconds(seconds));
    }

    pub fn be(&self, user: UserId) -> Client {
        self.stage.be(user)
    }

    pub fn coordinator(&self) -> Client {
        self.stage.be(self.stage.coordinator)
    }

    /// Wishes for these projects, by their place, in this order.
    pub fn wishes(&self, projects: &[usize]) -> Value {
        let wish =
            |(n, project): (usize, &usize)| json!({"project_id": self.projects[*project], "rank": n + 1});
        projects.iter().enumerate().map(wish).collect()
    }

    pub async fn try_apply(&self, who: UserId, projects: &[usize]) -> Answer {
        let body = json!({"round_id": self.id, "preferences": self.wishes(projects)});
        self.be(who).post("/applications", &body).await
    }

    pub async fn apply(&self, who: UserId, projects: &[usize]) -> Application {
        self.try_apply(who, projects).await.expect(201)
    }

    pub async fn read(&self, who: UserId) -> AllocationRound {
        self.be(who).get(&format!("/allocation-rounds/{}", self.id)).await.expect(200)
    }

    pub fn email(&self, user: UserId) -> String {
        self.stage.with_world(|world| world.email(user))
    }
}

/// The projects of an application, in its order.
pub fn asked(application: &Application) -> Vec<ProjectId> {
    application.preferences.iter().map(|wish| wish.project_id).collect()
}

/// The path of an action on an application.
pub fn path(application: &Application, action: &str) -> String {
    format!("/applications/{}{action}", application.id)
}
