//! Allocations: worked out in the background, compared, published, answered.

use super::{CLOSES, Round, path};
use crate::support::actors::{Answer, Client};
use futures_util::future::join;
use gestfg_types::allocation_rounds::{AllocationRound, AllocationRoundState};
use gestfg_types::allocation_runs::{
    AllocationAnswer, AllocationComparison, AllocationPins, AllocationPreview, AllocationPublication,
    AllocationReasonCode as Reason, AllocationRun, AllocationRunState as State, AllocationRunSummary,
    AllocationRuns,
};
use gestfg_types::applications::Application;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::UserId;
use gestfg_types::notifications::{Notification, NotificationKind};
use gestfg_types::pagination::Page;
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;

impl Round {
    pub async fn ask(&self, body: Value) -> AllocationRunSummary {
        self.coordinator().post(&format!("/allocation-rounds/{}/runs", self.id), &body).await.expect(201)
    }

    /// Do what waits, as the worker does.
    pub fn work(&self) -> bool {
        let state = &self.stage.app.state;
        let mut conn = self.stage.app.conn();
        gestfg::jobs::run_next(&mut conn, &state.config, &state.clock, &AtomicBool::new(false))
            .expect("the planner ran")
    }

    pub async fn run(&self, id: gestfg_types::ids::AllocationRunId) -> AllocationRun {
        self.coordinator().get(&format!("/allocation-runs/{id}")).await.expect(200)
    }

    /// Ask for an allocation and have it worked out.
    pub async fn allocate(&self, body: Value) -> AllocationRun {
        let asked = self.ask(body).await;
        assert_eq!(asked.state, State::UnderWay);
        assert!(self.work(), "a run waits");
        let run = self.run(asked.id).await;
        assert_eq!(run.summary.state, State::Draft, "{:?}", run.summary.problem);
        run
    }

    pub async fn publish(&self, run: &AllocationRun) -> Answer {
        publish(&self.coordinator(), run).await
    }

    async fn answer(&self, who: UserId) -> Answer {
        self.be(who).get(&format!("/allocation-rounds/{}/answer", self.id)).await
    }

    pub fn set_record(&self, student: UserId, record: &str) {
        self.stage.with_world(|world| {
            world.run(&format!("UPDATE students SET record = {record} WHERE user_id = {student}"));
        });
    }
}

async fn publish(client: &Client, run: &AllocationRun) -> Answer {
    client.act_with(&format!("/allocation-runs/{}/publish", run.summary.id), &json!({})).await
}

/// Three who want the same project first, by falling record.
async fn contested() -> Round {
    let round = Round::open();
    let [ana, eva, luis, ..] = round.students[..] else { panic!("students") };
    for (student, record) in [(ana, "9.10"), (eva, "8.00"), (luis, "7.25")] {
        round.set_record(student, record);
    }
    round.apply(luis, &[0, 1, 2]).await;
    round.apply(ana, &[0, 1]).await;
    round.apply(eva, &[0, 1]).await;
    round.at(CLOSES, 60);
    round
}

#[actix_web::test]
async fn the_record_decides_and_everyone_is_told_why() {
    let round = contested().await;
    let [ana, eva, luis, _] = round.students[..] else { panic!("students") };
    let run = round.allocate(json!({"method": "serial_dictatorship", "name": " La de siempre "})).await;
    let measures = run.summary.measures.clone().expect("measures");
    assert_eq!((measures.matched, measures.profile.as_slice()), (3, [1, 1, 1].as_slice()));
    assert_eq!(run.summary.name.as_deref(), Some("La de siempre"));
    assert_eq!(run.applications.len(), 3);
    assert_eq!(run.tutors[0].projects, 3);
    round.answer(luis).await.refused(ErrorCode::InvalidState);
    let published: AllocationPublication = round.publish(&run).await.expect(200);
    assert_eq!((published.assignments.len(), published.run.state), (3, State::Published));
    assert_eq!(published.told, 5, "three students, tutor and co-tutor");
    let answer: AllocationAnswer = round.answer(luis).await.expect(200);
    assert_eq!(answer.granted_rank, Some(3));
    assert_eq!(answer.granted.as_ref().map(|project| project.id), Some(round.projects[2]));
    assert!(answer.assignment_id.is_some_and(|id| published.assignments.contains(&id)));
    let reasons: Vec<_> =
        answer.wishes.iter().map(|wish| wish.reason.as_ref().map(|reason| reason.code)).collect();
    assert_eq!(reasons, [Some(Reason::FullWithHigherRecord), Some(Reason::FullWithHigherRecord), None]);
    let text = serde_json::to_string(&answer).expect("text");
    for secret in ["Estudiante0", "Estudiante1", "9.1", "8.0"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let got: AllocationAnswer = round.answer(ana).await.expect(200);
    assert_eq!(got.granted_rank, Some(1));
    let told: Page<Notification> = round.be(eva).get("/notifications").await.expect(200);
    assert_eq!(told.items[0].kind, NotificationKind::AllocationResult);
    assert!(told.items[0].body.contains("P001"), "{told:?}");
    // Of others' answers nobody hears, but those who keep the degree.
    let of_ana = format!("/allocation-rounds/{}/answer?application_id={}", round.id, got.application_id);
    round.be(luis).get(&of_ana).await.refused(ErrorCode::NotFound);
    round.coordinator().get(&of_ana).await.expect_status(200);
    round.answer(round.students[3]).await.refused(ErrorCode::NotFound);
    let settled = round.read(ana).await;
    assert_eq!(settled.state, AllocationRoundState::Published);
    let again = json!({"method": "greedy_maximum"});
    let runs = format!("/allocation-rounds/{}/runs", round.id);
    round.coordinator().post(&runs, &again).await.refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn methods_stand_side_by_side_over_the_same_inputs() {
    let round = contested().await;
    let first = round.allocate(json!({"method": "serial_dictatorship"})).await;
    let second = json!({"method": "greedy_maximum", "same_inputs_as": first.summary.id, "seed": 7});
    // What changes meanwhile is not in it.
    round.set_record(round.students[2], "9.99");
    let second = round.allocate(second).await;
    let now = round.allocate(json!({"method": "serial_dictatorship"})).await;
    assert_eq!(first.summary.input_hash, second.summary.input_hash);
    assert_ne!(first.summary.input_hash, now.summary.input_hash);
    let compare = format!("/allocation-runs/{}/comparison?with={}", now.summary.id, first.summary.id);
    let compared: AllocationComparison = round.coordinator().get(&compare).await.expect(200);
    assert!(!compared.same_inputs);
    assert_eq!(compared.differences.len(), 3);
    assert_eq!((compared.better, compared.worse), (1, 2));
    let all: AllocationRuns =
        round.coordinator().get(&format!("/allocation-rounds/{}/runs", round.id)).await.expect(200);
    assert_eq!(all.items.iter().map(|run| run.number).collect::<Vec<_>>(), [3, 2, 1]);
    // The first rests on records that are others now.
    let preview = format!("/allocation-runs/{}/publish-preview", first.summary.id);
    let preview: AllocationPreview = round.coordinator().get(&preview).await.expect(200);
    assert!(preview.inputs_changed && preview.problems.is_empty());
    round.publish(&first).await.refused(ErrorCode::AllocationOutdated);
    let delete = format!("/allocation-runs/{}", second.summary.id);
    round.coordinator().delete(&delete).await.expect_status(204);
    round.coordinator().get(&delete).await.refused(ErrorCode::NotFound);
    round
        .be(round.students[0])
        .get(&format!("/allocation-runs/{}", now.summary.id))
        .await
        .refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn tutors_put_those_who_apply_in_order() {
    let round = contested().await;
    let [ana, _, luis, _] = round.students[..] else { panic!("students") };
    round.at(super::OPENS, 7200);
    let desk = format!("/projects/{}/applicants", round.projects[0]);
    let tutor = round.be(round.stage.tutor);
    let seen: gestfg_types::applications::ProjectApplicants = tutor.get(&desk).await.expect(200);
    assert_eq!((seen.items.len(), seen.may_rank, seen.version), (3, true, 1));
    let text = serde_json::to_string(&seen).expect("text");
    assert!(!text.contains("record") && !text.contains("9.1"), "{text}");
    let of = |who: UserId| {
        let found = seen.items.iter().find(|item| item.members[0].person.id == who);
        found.expect("an applicant").application_id
    };
    let put = |client: Client, version: i32, groups: Value| {
        let body = json!({"round_id": round.id, "groups": groups});
        let request =
            client.request(reqwest::Method::PUT, &desk).header("If-Match", format!("\"{version}\""));
        crate::support::actors::send(request.json(&body))
    };
    let ranked = put(tutor.clone(), 1, json!([[of(luis)], [of(ana)]])).await.json(200);
    assert_eq!((ranked["items"][0]["rank"].as_i64(), ranked["items"][2]["rank"].is_null()), (Some(1), true));
    put(round.be(round.stage.cotutor), 1, json!([])).await.refused(ErrorCode::StaleVersion);
    put(tutor.clone(), 2, json!([[of(luis), of(luis)]])).await.refused(ErrorCode::ValidationFailed);
    put(round.be(round.stage.professor), 2, json!([])).await.refused(ErrorCode::Forbidden);
    round.be(ana).get(&desk).await.refused(ErrorCode::Forbidden);
    round.at(CLOSES, 0);
    put(round.be(round.stage.tutor), 2, json!([])).await.refused(ErrorCode::PhaseNotOpen);
    // A stable allocation gives the tutor whom they prefer; the record does not count first.
    let run = round.allocate(json!({"method": "stable_student_optimal"})).await;
    assert_eq!(run.summary.measures.as_ref().map(|measures| measures.blocking), Some(0));
    round.publish(&run).await.expect_status(200);
    let answer: AllocationAnswer = round.answer(luis).await.expect(200);
    assert_eq!(answer.granted_rank, Some(1));
    let refused: AllocationAnswer = round.answer(ana).await.expect(200);
    let reason = refused.wishes[0].reason.as_ref().expect("a reason");
    assert_eq!(reason.code, Reason::FullWithPreferredByTutor);
}

#[actix_web::test]
async fn agreements_stay() {
    let round = contested().await;
    let [ana, _, luis, _] = round.students[..] else { panic!("students") };
    let list: Page<Application> = round.coordinator().get("/applications?q=estudiante2").await.expect(200);
    let pin = format!("/allocation-rounds/{}/pins/{}", round.id, list.items[0].id);
    let body = json!({"project_id": round.projects[0], "reason": "Lo acordaron en octubre"});
    let pins: AllocationPins = round.coordinator().put(&pin, &body).await.expect(200);
    assert_eq!(pins.items[0].application.members[0].id, luis);
    round
        .coordinator()
        .put(&pin, &json!({"project_id": round.projects[0], "reason": " "}))
        .await
        .refused(ErrorCode::ValidationFailed);
    round.be(luis).put(&pin, &body).await.refused(ErrorCode::Forbidden);
    let run = round.allocate(json!({"method": "serial_dictatorship"})).await;
    round.publish(&run).await.expect_status(200);
    let answer: AllocationAnswer = round.answer(ana).await.expect(200);
    assert_eq!(answer.wishes[0].reason.as_ref().map(|reason| reason.code), Some(Reason::TakenByAgreement));
    round.coordinator().delete(&pin).await.refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn publishing_twice_gives_once() {
    for _ in 0..3 {
        let round = contested().await;
        let run = round.allocate(json!({"method": "serial_dictatorship"})).await;
        let (a, b) = (round.coordinator(), round.be(round.stage.admin));
        let (one, two) = join(publish(&a, &run), publish(&b, &run)).await;
        let (one, two): (AllocationPublication, AllocationPublication) = (one.expect(200), two.expect(200));
        assert_eq!(one.assignments, two.assignments);
        let mut told = [one.told, two.told];
        told.sort_unstable();
        assert_eq!(told, [0, 5]);
        let all = round.coordinator().get("/assignments?state=active").await.json(200);
        assert_eq!(all["total"], 3);
    }
}

#[actix_web::test]
async fn of_two_allocations_published_at_once_one_is() {
    let round = contested().await;
    let one = round.allocate(json!({"method": "serial_dictatorship"})).await;
    let other = round.allocate(json!({"method": "generous_maximum"})).await;
    let (a, b) = (round.coordinator(), round.be(round.stage.admin));
    let (a, b) = join(publish(&a, &one), publish(&b, &other)).await;
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let all = round.coordinator().get("/assignments?state=active").await.json(200);
    assert_eq!(all["total"], 3);
}

/// A tutor who gives a project by hand while the allocation is published is either first, and the
/// allocation is refused whole, or is told that the project or the student is taken.
#[actix_web::test]
async fn publishing_against_assigning_gives_nothing_twice() {
    for n in 0..6 {
        let round = contested().await;
        let run = round.allocate(json!({"method": "serial_dictatorship"})).await;
        let luis = round.email(round.students[2]);
        let spare = round.projects[if n % 2 == 0 { 4 } else { 0 }];
        let tutor = round.be(round.stage.tutor);
        let body = json!({"project_id": spare, "students": [luis]});
        let coordinator = round.coordinator();
        let (published, assigned) =
            join(publish(&coordinator, &run), tutor.post("/assignments", &body)).await;
        let all = round.coordinator().get("/assignments?state=active").await.json(200);
        if published.status.as_u16() == 200 {
            assert_eq!(assigned.status.as_u16(), 409, "{}", assigned.text());
            assert_eq!(all["total"], 3);
        } else {
            let refused = published.refused(ErrorCode::AllocationOutdated);
            assert_eq!(refused.errors[0].code, FieldCode::AlreadyAssigned);
            assigned.expect_status(201);
            assert_eq!(all["total"], 1);
        }
    }
}

#[actix_web::test]
async fn before_the_round_is_over_a_reason_is_needed() {
    let round = Round::open();
    let runs = format!("/allocation-rounds/{}/runs", round.id);
    let empty = json!({"method": "serial_dictatorship"});
    round.coordinator().post(&runs, &empty).await.refused(ErrorCode::InvalidState);
    round.apply(round.students[0], &[0]).await;
    let run = round.allocate(empty).await;
    round.publish(&run).await.refused(ErrorCode::InvalidState);
    let publish = format!("/allocation-runs/{}/publish", run.summary.id);
    let why = json!({"override_reason": "Solo había una solicitud"});
    round.coordinator().act_with(&publish, &why).await.expect_status(200);
    let log = round.coordinator().get("/audit-log?action=allocation_run.publish").await.json(200);
    assert_eq!(log["items"][0]["reason"], "Solo había una solicitud");
}

#[actix_web::test]
async fn a_second_round_is_over_what_is_left() {
    let round = contested().await;
    round.apply_late(round.students[3], &[0]).await;
    let run = round.allocate(json!({"method": "serial_dictatorship"})).await;
    round.publish(&run).await.expect_status(200);
    round.at(CLOSES, 86_400);
    let open = json!({"opens_at": "2026-12-01T00:00:00Z", "closes_at": "2026-12-05T00:00:00Z"});
    let path = format!("/calls/{}/allocation-rounds", round.call);
    let second: AllocationRound = round.coordinator().post(&path, &open).await.expect(201);
    assert_eq!(second.number, 2);
    let student = round.be(round.students[3]);
    let ask = |project: usize| json!({"round_id": second.id, "preferences": round.wishes(&[project])});
    student.post("/applications", &ask(0)).await.refused(ErrorCode::ValidationFailed);
    student.post("/applications", &ask(3)).await.expect_status(201);
    let taken = json!({"round_id": second.id, "preferences": round.wishes(&[3])});
    round
        .be(round.students[0])
        .post("/applications", &taken)
        .await
        .refused(ErrorCode::StudentAlreadyAssigned);
}

impl Round {
    /// Entered by the coordinator after the close.
    async fn apply_late(&self, who: UserId, projects: &[usize]) -> Application {
        let body = json!({"round_id": self.id, "student": self.email(who), "override_reason": "Olvido",
            "preferences": self.wishes(projects)});
        self.coordinator().post("/applications", &body).await.expect(201)
    }
}

#[actix_web::test]
async fn who_has_not_said_yes_is_left_out_of_the_team() {
    let round = Round::open();
    let [ana, eva, luis, _] = round.students[..] else { panic!("students") };
    let body = json!({"round_id": round.id, "invite": [round.email(eva), round.email(luis)],
        "preferences": round.wishes(&[0])});
    let made: Application = round.be(ana).post("/applications", &body).await.expect(201);
    round.be(eva).act(&path(&made, "/confirm")).await.expect_status(200);
    round.at(CLOSES, 0);
    let run = round.allocate(json!({"method": "minimum_cost_maximum", "weights": [1, 4, 9]})).await;
    let members: Vec<_> = run.applications[0].members.iter().map(|member| member.id).collect();
    assert_eq!(members, [ana, eva]);
    round.publish(&run).await.expect_status(200);
    let all = round.coordinator().get("/assignments").await.json(200);
    assert_eq!(all["items"][0]["students"].as_array().map(Vec::len), Some(2));
    round.answer(luis).await.refused(ErrorCode::NotFound);
    let of_team = format!("/allocation-rounds/{}/answer?application_id={}", round.id, made.id);
    round.be(luis).get(&of_team).await.refused(ErrorCode::NotFound);
    let _: AllocationAnswer = round.be(eva).get(&of_team).await.expect(200);
}
