//! Many at once: exactly one wins, the others hear why.

use super::{body, email};
use crate::routes::projects::Stage;
use crate::support::actors::{Answer, send};
use futures_util::future::join_all;
use gestfg_types::assignments::Assignment;
use gestfg_types::errors::ErrorCode;
use reqwest::Method;

const CLIENTS: usize = 20;

fn exactly_one_won(answers: &[Answer], code: ErrorCode) {
    let won = answers.iter().filter(|answer| answer.status.as_u16() == 201).count();
    assert_eq!(won, 1);
    for answer in answers.iter().filter(|answer| answer.status.as_u16() != 201) {
        answer.refused(code);
    }
}

#[actix_web::test]
async fn twenty_tutors_take_the_same_student() {
    let stage = Stage::set();
    let eva = email(&stage, stage.student);
    let takes = (0..CLIENTS).map(|n| {
        let tutor =
            stage.with_world(|world| world.professor(&format!("Prof{n} Muestra"), stage.other_department));
        let project =
            stage.with_world(|world| world.project(&format!("P{n}"), stage.degree, tutor, "published"));
        let (client, eva) = (stage.be(tutor), eva.clone());
        // Each with a second student of their own, named before or after.
        let own = format!("propia{n}@correo.ugr.es");
        async move {
            let team = if n % 2 == 0 { [eva.as_str(), own.as_str()] } else { [own.as_str(), eva.as_str()] };
            client.post("/assignments", &body(project, &team)).await
        }
    });
    let answers = join_all(takes).await;
    exactly_one_won(&answers, ErrorCode::StudentAlreadyAssigned);
    let all = stage.be(stage.admin).get("/assignments").await.json(200);
    assert_eq!(all["total"], 1);
}

#[actix_web::test]
async fn twenty_clicks_give_away_the_same_project() {
    let stage = Stage::set();
    let project = stage.project("Deseado", "published");
    let takes = (0..CLIENTS).map(|n| {
        let client = stage.be(if n % 2 == 0 { stage.tutor } else { stage.coordinator });
        async move {
            client.post("/assignments", &body(project, &[&format!("nueva{n}@correo.ugr.es")])).await
        }
    });
    exactly_one_won(&join_all(takes).await, ErrorCode::ProjectAlreadyAssigned);
    // Of the accounts the losers would have made, none is left.
    let users = stage.be(stage.admin).get("/audit-log?action=user.create").await.json(200);
    assert_eq!(users["total"], 1);
}

#[actix_web::test]
async fn twenty_take_the_same_unknown_students_in_any_order() {
    let stage = Stage::set();
    let (a, b) = ("aaa@correo.ugr.es", "bbb@correo.ugr.es");
    let takes = (0..CLIENTS).map(|n| {
        let project = stage.project(&format!("P{n}"), "published");
        let client = stage.be(stage.tutor);
        async move {
            let team = if n % 2 == 0 { [a, b] } else { [b, a] };
            client.post("/assignments", &body(project, &team)).await
        }
    });
    exactly_one_won(&join_all(takes).await, ErrorCode::StudentAlreadyAssigned);
}

#[actix_web::test]
async fn the_same_key_assigns_once_however_many_ask_at_once() {
    let stage = Stage::set();
    let project = stage.project("Deseado", "published");
    let eva = email(&stage, stage.student);
    let client = stage.be(stage.tutor);
    let asked = (0..CLIENTS).map(|_| {
        let request = client.request(Method::POST, "/assignments").header("Idempotency-Key", "k");
        send(request.json(&body(project, &[&eva])))
    });
    let made: Vec<Assignment> = join_all(asked).await.into_iter().map(|answer| answer.expect(201)).collect();
    assert!(made.iter().all(|assignment| *assignment == made[0]));
    client.post("/assignments", &body(project, &[&eva])).await.refused(ErrorCode::ProjectAlreadyAssigned);
}
