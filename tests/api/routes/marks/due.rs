//! What is due from the report to the closed minutes, and what is not any more.

use super::Stage;
use crate::support::builders::World;
use gestfg_types::calendar::{Duties, DutyKind, ProgressList, StepStanding};
use gestfg_types::ids::UserId;
use serde_json::json;

impl Stage {
    async fn due(&self, who: UserId) -> Vec<(DutyKind, i64)> {
        let duties: Duties = self.be(who).get("/me/duties").await.expect(200);
        duties.items.into_iter().map(|duty| (duty.kind, duty.count)).collect()
    }

    /// From being entered on.
    async fn steps(&self, who: UserId) -> Vec<StepStanding> {
        let list: ProgressList = self.be(who).get("/me/progress").await.expect(200);
        list.items[0].steps[2..].iter().map(|step| step.standing).collect()
    }
}

#[actix_web::test]
async fn marks_and_reports_are_due_until_they_are_handed_in_and_closing_until_it_is_done() {
    use DutyKind::{CloseMarks, MarkDefences, WriteTutorReports};
    let stage = Stage::set();
    stage.at("2026-11-25T09:00:00Z");
    let [president, member, _] = stage.judges;
    assert_eq!(stage.due(stage.tutor).await, [(WriteTutorReports, 2)]);
    assert_eq!(stage.due(president).await, [(MarkDefences, 2), (CloseMarks, 2)]);
    assert_eq!(stage.due(member).await, [(MarkDefences, 2)]);
    assert_eq!(stage.due(stage.coordinator).await, [(CloseMarks, 2)]);
    assert_eq!(stage.due(stage.stranger).await, []);
    stage.report(0, "8.0").await;
    stage.mark(0, 1, "7.0").await;
    assert_eq!(stage.due(stage.tutor).await, [(WriteTutorReports, 1)]);
    assert_eq!(stage.due(member).await, [(MarkDefences, 1)]);
    stage.report(1, "8.0").await;
    for (n, judge) in [(0, 0), (0, 2), (1, 0), (1, 1), (1, 2)] {
        stage.mark(n, judge, "7.0").await;
    }
    assert_eq!(stage.due(stage.tutor).await, []);
    assert_eq!(stage.due(member).await, []);
    assert_eq!(stage.due(president).await, [(CloseMarks, 2)]);
    let minutes = stage.publish().await;
    assert_eq!(stage.due(president).await, [(CloseMarks, 2)]);
    let closed = stage.close(&minutes).await;
    for done in [president, member, stage.tutor, stage.coordinator] {
        assert_eq!(stage.due(done).await, [], "{done}");
    }
    // Opened again, they have to be closed again.
    let path = format!("/minutes/{}/reopen", closed.id);
    stage.be(stage.coordinator).act_with(&path, &json!({"reason": "Errata"})).await.expect_status(200);
    assert!(stage.due(stage.coordinator).await.contains(&(CloseMarks, 2)));
}

#[actix_web::test]
async fn where_the_president_has_the_word_the_others_owe_nothing() {
    let stage = Stage::set();
    stage.at("2026-11-25T09:00:00Z");
    let degree = stage.degree;
    let rules = serde_json::to_string(&gestfg_types::grading::GradingRules {
        agreement: gestfg_types::grading::Agreement::President,
        ..Default::default()
    });
    let rules = rules.expect("rules");
    stage.run(&format!(
        "INSERT INTO grading_settings (degree_id, academic_year, rules) VALUES ({degree}, 2026, '{rules}')"
    ));
    assert_eq!(stage.due(stage.judges[1]).await, []);
    assert_eq!(stage.due(stage.judges[0]).await, [(DutyKind::MarkDefences, 2), (DutyKind::CloseMarks, 2)]);
}

#[actix_web::test]
async fn a_student_sees_documents_defence_and_mark_done() {
    use StepStanding::{Ahead, Current, Done};
    let stage = Stage::set();
    let call = stage.call;
    let [alba, bruno] = stage.students;
    {
        let mut conn = stage.app.conn();
        let mut world = World::new(&mut conn);
        world.phase(call, "material_submission", "2026-11-01T00:00:00Z", "2026-11-28T00:00:00Z");
    }
    stage.at("2026-11-25T09:00:00Z");
    assert_eq!(stage.steps(alba).await, [Done, Current, Ahead, Ahead]);
    assert_eq!(stage.due(alba).await, [(DutyKind::HandInMaterial, 1), (DutyKind::Defend, 1)]);
    {
        let mut conn = stage.app.conn();
        let mut world = World::new(&mut conn);
        let request = format!(
            "INSERT INTO document_extensions (evaluation_request_id, asked_by, reason, wanted_until, state, granted_until,
                decided_by, decided_at, created_at)
             SELECT evaluation_request_id, {bruno}, 'Baja', '2026-12-01', 'granted', '2026-12-01', {}, now(), now()
             FROM defences WHERE student_id = {bruno}",
            stage.coordinator
        );
        world.run(&request);
        world.document(request_of(&stage, 0), alba);
    }
    assert_eq!(stage.steps(alba).await, [Done, Done, Current, Ahead]);
    assert_eq!(stage.due(alba).await, [(DutyKind::Defend, 1)]);
    // More time was granted, and it is counted; once that is over too it is missed.
    stage.at("2026-11-29T09:00:00Z");
    assert_eq!(stage.steps(alba).await, [Done, Done, Current, Ahead]);
    assert_eq!(stage.steps(bruno).await, [Done, Current, Ahead, Ahead]);
    assert!(stage.due(bruno).await.contains(&(DutyKind::HandInMaterial, 1)));
    stage.mark_all(["7.9", "4.0"]).await;
    assert_eq!(stage.due(alba).await, []);
    assert_eq!(stage.steps(alba).await, [Done, Done, Done, Current]);
    let minutes = stage.publish().await;
    assert_eq!(stage.steps(alba).await, [Done; 4]);
    stage.close(&minutes).await;
    assert_eq!(stage.steps(alba).await, [Done; 4]);
    assert_eq!(stage.due(alba).await, []);
}

fn request_of(stage: &Stage, n: usize) -> gestfg_types::ids::EvaluationRequestId {
    use diesel::prelude::*;
    use gestfg::schema::defences as d;
    let id = d::table.find(stage.defences[n]).select(d::evaluation_request_id);
    gestfg_types::ids::EvaluationRequestId(id.first(&mut stage.app.conn()).expect("a request"))
}
