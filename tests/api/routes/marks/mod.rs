//! From the tutor's report to the closed minutes.

mod due;
mod frozen;
mod minutes;
mod races;
mod rules;
mod settled;
mod sheets;

use crate::support::actors::{Answer, send};
use crate::support::builders::World;
use crate::support::{Client, TestApp};
use gestfg_types::ids::{CallId, DegreeId, UserId};
use gestfg_types::marks::MarkSheet;
use gestfg_types::minutes::Minutes;
use reqwest::Method;
use serde_json::{Value, json};

/// A call in the days of its defences: two students of one tutor before a
/// committee of three.
pub struct Stage {
    pub app: TestApp,
    pub degree: DegreeId,
    pub call: CallId,
    pub coordinator: UserId,
    pub admin: UserId,
    pub tutor: UserId,
    /// The president first.
    pub judges: [UserId; 3],
    pub stranger: UserId,
    pub students: [UserId; 2],
    pub defences: [i64; 2],
}

impl Stage {
    pub fn set() -> Self {
        Self::set_in(TestApp::start())
    }

    pub fn set_in(app: TestApp) -> Self {
        let mut conn = app.conn();
        let mut world = World::new(&mut conn);
        let area = world.area("Sistemas");
        let department = world.department("LSI", area);
        let degree = world.degree("GII", "bachelor");
        let coordinator = world.coordinator("Clara Muestra", department, degree);
        let admin = world.admin("Ada Muestra");
        let tutor = world.professor("Tania Muestra", department);
        let stranger = world.professor("Saúl Muestra", department);
        let judges =
            ["Petra Muestra", "Marco Muestra", "Mila Muestra"].map(|name| world.professor(name, department));
        let students = ["Alba Muestra", "Bruno Prueba"].map(|name| world.student(name, &[degree]));
        let requests = students.map(|student| {
            let project = world.project(&format!("Trabajo de {student}"), degree, tutor, "published");
            let assignment = world.assignment(project, &[student], tutor);
            world.request(assignment)
        });
        let call = requests[0].0;
        let (committee, first) = world.defence(requests[0].1);
        let second = world.defence_before(committee, requests[1].1);
        for (seat, judge) in ["president", "member_1", "member_2"].iter().zip(judges) {
            world.seat(committee, seat, judge);
        }
        for (phase, to) in [("tutor_report", "11-30"), ("defence", "12-01"), ("grading", "12-10")] {
            world.phase(call, phase, "2026-11-20T00:00:00Z", &format!("2026-{to}T00:00:00Z"));
        }
        let defences = [first, second];
        Self { app, degree, call, coordinator, admin, tutor, judges, stranger, students, defences }
    }

    pub fn be(&self, who: UserId) -> Client {
        self.app.as_user(who)
    }

    pub fn run(&self, sql: &str) {
        World::new(&mut self.app.conn()).run(sql);
    }

    /// Time goes on.
    pub fn at(&self, moment: &str) {
        self.app.state.clock.set(moment.parse().expect("a moment"));
    }

    /// The path of a sheet: that of a judge, or the tutor's report.
    pub fn sheet(&self, n: usize, judge: Option<UserId>) -> String {
        let defence = self.defences[n];
        judge.map_or_else(
            || format!("/defences/{defence}/tutor-report"),
            |judge| format!("/defences/{defence}/marks/{judge}"),
        )
    }

    /// The tutor's report with this one mark, handed in.
    pub async fn report(&self, n: usize, mark: &str) {
        write(&self.be(self.tutor), &self.sheet(n, None), mark).await;
    }

    /// The marks of a judge, handed in.
    pub async fn mark(&self, n: usize, judge: usize, mark: &str) {
        let judge = self.judges[judge];
        write(&self.be(judge), &self.sheet(n, Some(judge)), mark).await;
    }

    /// Everybody has marked everything: 8.0 by the tutor, these by the committee.
    pub async fn mark_all(&self, marks: [&str; 2]) {
        for (n, mark) in marks.into_iter().enumerate() {
            self.report(n, "8.0").await;
            for judge in 0..3 {
                self.mark(n, judge, mark).await;
            }
        }
    }

    /// Publish as the president.
    pub async fn publish(&self) -> Minutes {
        let answer = self.be(self.judges[0]).post("/minutes", &json!({"call_id": self.call})).await;
        answer.expect(201)
    }

    /// Close as the president, after the claim window.
    pub async fn close(&self, minutes: &Minutes) -> Minutes {
        self.at("2026-12-05T09:00:00Z");
        self.be(self.judges[0])
            .act_with(&format!("/minutes/{}/close", minutes.id), &json!({}))
            .await
            .expect(200)
    }

    pub async fn put(&self, who: UserId, path: &str, version: i32, body: &Value) -> Answer {
        let request = self.be(who).request(Method::PUT, path);
        send(request.header("If-Match", format!("\"{version}\"")).json(body)).await
    }
}

/// Give the one criterion this mark and hand in.
async fn write(by: &Client, path: &str, mark: &str) {
    let body = json!({"marks": [{"criterion": 1, "mark": mark}]});
    let there: MarkSheet = by.get(path).await.expect(200);
    let written: MarkSheet = by.patch(path, there.version, &body).await.expect(200);
    assert_eq!(written.mark.as_deref(), Some(format!("{mark}00").as_str()));
    by.act_with(&format!("{path}/hand-in"), &json!({})).await.expect_status(200);
}
