//! Giving projects to students: before, at and after the edges of the phase.

use super::{Stage, sitting};
use crate::support::actors::{Client, send};
use chrono::{DateTime, Utc};
use gestfg_types::assignments::{Assignment, AssignmentAction};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, Problem};
use gestfg_types::ids::{CallId, DegreeId, UserId};
use gestfg_types::projects::{Project, ProjectAction};
use reqwest::multipart::{Form, Part};
use serde_json::json;

/// 15 March 2027 00:00 to 28 March 2027 04:00 in Madrid, where that night has no 02:30.
const OPENS: &str = "2027-03-14T23:00:00Z";
const CLOSES: &str = "2027-03-28T02:00:00Z";

fn at(stage: &Stage, moment: &str, seconds: i64) {
    let moment: DateTime<Utc> = moment.parse().expect("a moment");
    stage.app.state.clock.set(moment + chrono::Duration::seconds(seconds));
}

/// A degree whose only call has these dates for the assignment of projects.
fn gated(stage: &Stage) -> (DegreeId, CallId, UserId) {
    let june = sitting(stage, "JUN");
    stage.with_world(|world| {
        let degree = world.degree_without_calls("GIT", "bachelor");
        let call = world.call(degree, june, true);
        world.phase(call, "project_assignment", OPENS, CLOSES);
        let area = world.area("Redes");
        let department = world.department("TSTC", area);
        (degree, call, world.coordinator("Carmen Muestra", department, degree))
    })
}

async fn assign(
    client: &Client,
    stage: &Stage,
    degree: DegreeId,
    title: &str,
) -> (Project, crate::support::actors::Answer) {
    let project = stage.with_world(|world| world.project(title, degree, stage.tutor, "published"));
    let shown: Project = client.get(&format!("/projects/{project}")).await.expect(200);
    let body =
        json!({"project_id": project, "students": [format!("{}@correo.ugr.es", title.to_lowercase())]});
    (shown, client.post("/assignments", &body).await)
}

fn closed(problem: Problem) -> (Option<String>, Option<String>, bool) {
    let phase = problem.phase.expect("the phase");
    assert_eq!(phase.phase, Phase::ProjectAssignment);
    let text = |at: Option<DateTime<Utc>>| at.map(|at| at.format("%FT%TZ").to_string());
    (text(phase.opens_at), text(phase.closed_at), phase.may_override)
}

#[actix_web::test]
async fn projects_are_given_from_the_first_second_to_the_last() {
    let stage = Stage::set();
    let (degree, call, _) = gated(&stage);
    for (n, (edge, seconds, open)) in
        [(OPENS, -1, false), (OPENS, 0, true), (CLOSES, -1, true), (CLOSES, 0, false), (CLOSES, 1, false)]
            .into_iter()
            .enumerate()
    {
        at(&stage, edge, seconds);
        let tutor = stage.be(stage.tutor);
        let (shown, answer) = assign(&tutor, &stage, degree, &format!("P{n}")).await;
        assert_eq!(shown.summary.allowed_actions.contains(&ProjectAction::Assign), open, "{edge} {seconds}");
        if open {
            let made: Assignment = answer.expect(201);
            assert!(made.allowed_actions.contains(&AssignmentAction::Cancel));
        } else {
            let problem = answer.refused(ErrorCode::PhaseNotOpen);
            assert_eq!(problem.phase.as_ref().and_then(|phase| phase.call_id), Some(call));
            let dates = if edge == OPENS { (Some(OPENS.into()), None) } else { (None, Some(CLOSES.into())) };
            assert_eq!(closed(problem), (dates.0, dates.1, false));
        }
    }
    let all = stage.be(stage.admin).get("/assignments").await.json(200);
    assert_eq!(all["total"], 2);
}

#[actix_web::test]
async fn outside_the_phase_keepers_of_the_degree_write_down_why() {
    let stage = Stage::set();
    let (degree, _, coordinator) = gated(&stage);
    at(&stage, CLOSES, 3600);
    let project = stage.with_world(|world| world.project("Tardío", degree, stage.tutor, "published"));
    let body = |reason: Option<&str>| json!({"project_id": project, "students": ["tarde@correo.ugr.es"], "override_reason": reason});
    // A tutor's or a head's reason counts for nothing.
    for other in [stage.tutor, stage.head] {
        let answer = stage.be(other).post("/assignments", &body(Some("Porque sí"))).await;
        assert!(!closed(answer.refused(ErrorCode::PhaseNotOpen)).2);
    }
    let coordinator = stage.be(coordinator);
    for blank in [None, Some("   ")] {
        let answer = coordinator.post("/assignments", &body(blank)).await;
        assert!(closed(answer.refused(ErrorCode::PhaseNotOpen)).2);
    }
    let made: Assignment =
        coordinator.post("/assignments", &body(Some("Baja médica del estudiante"))).await.expect(201);
    let log = stage.be(stage.admin).get("/audit-log?action=assignment.create").await.json(200);
    assert_eq!(log["items"][0]["reason"], "Baja médica del estudiante");

    let cancel = format!("/assignments/{}/cancel", made.id);
    let why = json!({"reason": "Renuncia"});
    stage.be(stage.tutor).act_with(&cancel, &why).await.refused(ErrorCode::PhaseNotOpen);
    let seen: Assignment = stage.be(stage.tutor).get(&format!("/assignments/{}", made.id)).await.expect(200);
    assert_eq!(seen.allowed_actions, [AssignmentAction::Write]);
    coordinator.act_with(&cancel, &why).await.expect_status(200);
}

#[actix_web::test]
async fn a_degree_without_dates_gives_no_projects() {
    let stage = Stage::set();
    let degree = stage.with_world(|world| world.degree_without_calls("GIT", "bachelor"));
    let (_, answer) = assign(&stage.be(stage.tutor), &stage, degree, "Suelto").await;
    let problem = answer.refused(ErrorCode::PhaseNotOpen);
    assert_eq!(problem.phase.as_ref().and_then(|phase| phase.call_id), None);
    assert_eq!(closed(problem), (None, None, false));
    // A draft opens nothing.
    let june = sitting(&stage, "JUN");
    stage.with_world(|world| {
        let call = world.call(degree, june, false);
        world.phase(call, "project_assignment", "2026-01-01T00:00:00Z", "2027-12-01T00:00:00Z");
    });
    let (_, answer) = assign(&stage.be(stage.tutor), &stage, degree, "Otro").await;
    answer.refused(ErrorCode::PhaseNotOpen);
}

#[actix_web::test]
async fn preassigned_rows_outside_the_phase_need_a_reason_at_the_commit() {
    let stage = Stage::set();
    let (_, call, coordinator) = gated(&stage);
    let over = "2026-11-20T00:00:00Z";
    let tutor = stage.with_world(|world| {
        world.run(&format!(
            "UPDATE call_phases SET starts_at = '2026-10-01T00:00:00Z', ends_at = '{over}' WHERE call_id = {call}"
        ));
        world.email(stage.tutor)
    });
    let sheet = format!("tutor;titulo;titulacion;alumno1\n{tutor};Venía de antes;GIT;nueva@correo.ugr.es\n");
    let client = stage.be(coordinator);
    let form = Form::new()
        .text("kind", "preassigned_projects")
        .part("file", Part::text(sheet).file_name("preasignados.csv"));
    let given = send(client.request(reqwest::Method::POST, "/imports").multipart(form)).await.json(201);
    assert_eq!(
        (&given["summary"]["create"], &given["summary"]["warning"]),
        (&json!(1), &json!(1)),
        "{given}"
    );
    let commit = format!("/imports/{}/commit", given["id"]);
    let problem = client.post(&commit, &json!({"mode": "all"})).await.refused(ErrorCode::PhaseNotOpen);
    assert_eq!(closed(problem), (None, Some(over.into()), true));
    let reason = json!({"mode": "all", "override_reason": "Acuerdos del curso pasado"});
    client.post(&commit, &reason).await.expect_status(200);
    let log = stage.be(stage.admin).get("/audit-log?action=import.commit").await.json(200);
    assert_eq!(log["items"][0]["reason"], "Acuerdos del curso pasado");
}
