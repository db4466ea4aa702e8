//! Assignments through the front door.

mod races;

use super::projects::Stage;
use crate::support::actors::{Client, send};
use gestfg_types::assignments::{Assignment, AssignmentAction, AssignmentState};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{ProjectId, UserId};
use gestfg_types::pagination::Page;
use reqwest::Method;
use serde_json::{Value, json};

fn body(project: ProjectId, students: &[&str]) -> Value {
    json!({"project_id": project, "students": students})
}

fn email(stage: &Stage, user: UserId) -> String {
    stage.with_world(|world| world.email(user))
}

async fn list(client: &Client, query: &str) -> Page<Assignment> {
    client.get(&format!("/assignments{query}")).await.expect(200)
}

#[actix_web::test]
async fn a_tutor_assigns_and_cancels_with_a_reason() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Un proyecto", "published");
    let eva = email(&stage, stage.student);
    let luis = stage.with_world(|world| {
        let luis = world.student("Luis Muestra", &[]);
        world.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {luis}"));
        luis
    });
    let answer = tutor.post("/assignments", &body(id, &[&eva.to_uppercase(), " 12.345.678-z "])).await;
    let made: Assignment = answer.expect(201);
    assert_eq!(answer.header("location"), format!("/api/v1/assignments/{}", made.id));
    assert_eq!(answer.header("etag"), "\"1\"");
    assert_eq!(made.students.iter().map(|s| s.person.id).collect::<Vec<_>>(), [stage.student, luis]);
    assert_eq!((made.state, made.project_title.as_str()), (AssignmentState::Active, "Un proyecto"));
    assert_eq!(made.assigned_by.as_ref().map(|by| by.id), Some(stage.tutor));
    use AssignmentAction::{Cancel, RequestEvaluation, Write};
    assert_eq!(made.allowed_actions, [Cancel, RequestEvaluation, Write]);
    let mut told = mails(&stage);
    told.sort();
    let mut expected: Vec<_> =
        [stage.student, luis, stage.cotutor].map(|user| ("assigned".to_owned(), email(&stage, user))).into();
    expected.sort();
    assert_eq!(told, expected);

    let path = format!("/assignments/{}", made.id);
    let seen: Assignment = stage.be(stage.student).get(&path).await.expect(200);
    assert_eq!(seen.allowed_actions, [RequestEvaluation, Write]);
    let cancel = format!("{path}/cancel");
    let why = json!({"reason": "Renuncia"});
    send(tutor.request(Method::POST, &cancel).json(&why)).await.refused(ErrorCode::VersionRequired);
    send(tutor.request(Method::POST, &cancel).header("If-Match", "\"5\"").json(&why))
        .await
        .refused(ErrorCode::StaleVersion);
    tutor.act_with(&cancel, &json!({"reason": "  "})).await.refused(ErrorCode::ValidationFailed);
    stage.be(stage.student).act_with(&cancel, &why).await.refused(ErrorCode::Forbidden);
    stage.be(stage.cotutor).act_with(&cancel, &why).await.refused(ErrorCode::Forbidden);
    stage.be(stage.professor).act_with(&cancel, &why).await.refused(ErrorCode::NotFound);
    let undone: Assignment = tutor.act_with(&cancel, &why).await.expect(200);
    assert_eq!((undone.state, undone.version), (AssignmentState::Cancelled, 2));
    assert_eq!(undone.cancel_reason.as_deref(), Some("Renuncia"));
    assert!(undone.cancelled_at.is_some() && undone.allowed_actions.is_empty());
    tutor.act_with(&cancel, &why).await.refused(ErrorCode::InvalidState);
    assert!(mails(&stage).iter().all(|(kind, _)| kind == "assignment_cancelled"));
    // Both are free again.
    tutor.post("/assignments", &body(id, &[&eva])).await.expect_status(201);
    let log = stage.be(stage.admin).get("/audit-log?entity=assignment").await.json(200);
    assert_eq!((log["total"].as_i64(), &log["items"][1]["reason"]), (Some(3), &json!("Renuncia")));
}

fn mails(stage: &Stage) -> Vec<(String, String)> {
    use diesel::prelude::*;
    use gestfg::schema::outgoing_mails as m;
    let mut conn = stage.app.conn();
    let found = m::table.select((m::kind, m::recipient)).load(&mut conn).expect("mails");
    diesel::delete(m::table).execute(&mut conn).expect("emptied");
    found
}

#[actix_web::test]
async fn an_unknown_institutional_address_gets_an_account_and_a_link() {
    use diesel::prelude::*;
    use gestfg::schema::{outgoing_mails, student_degrees, students, users};
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Un proyecto", "published");
    let made: Assignment =
        tutor.post("/assignments", &body(id, &["Nadia.Nueva+tfg@Correo.UGR.es"])).await.expect(201);
    assert_eq!(made.students[0].person.name, "Nadia Nueva");
    assert_eq!(made.students[0].email.as_deref(), Some("nadia.nueva+tfg@correo.ugr.es"));
    let mut conn = stage.app.conn();
    let student = made.students[0].person.id.0;
    let enrolled: i64 = student_degrees::table
        .inner_join(students::table)
        .filter(student_degrees::student_id.eq(student))
        .filter(student_degrees::degree_id.eq(stage.degree.0))
        .count()
        .get_result(&mut conn)
        .expect("count");
    assert_eq!(enrolled, 1);
    let proven: Option<chrono::DateTime<chrono::Utc>> =
        users::table.find(student).select(users::email_verified_at).first(&mut conn).expect("user");
    assert_eq!(proven, None, "the address is proven by the link");
    let link: String = outgoing_mails::table
        .filter(outgoing_mails::kind.eq("set_password"))
        .filter(outgoing_mails::recipient.eq("nadia.nueva+tfg@correo.ugr.es"))
        .select(outgoing_mails::body)
        .first(&mut conn)
        .expect("a mail");
    let token = link.split("token=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    let redeem = json!({"token": token, "password": "una frase bastante larga 7"});
    stage.app.visitor().post("/password-resets/redeem", &redeem).await.expect_status(204);
    let seen = list(&stage.be(UserId(student)), "?mine=true").await;
    assert_eq!(seen.items[0].id, made.id);
}

#[actix_web::test]
async fn every_wrong_student_is_named_and_nothing_happens() {
    use diesel::prelude::*;
    use gestfg::schema::{assignments, outgoing_mails, users};
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let id = stage.project("Un proyecto", "published");
    let (eva, professor) = (email(&stage, stage.student), email(&stage, stage.professor));
    let idle = stage.with_world(|world| {
        let idle = world.student("Ida Muestra", &[]);
        world.run(&format!("UPDATE users SET is_active = false WHERE id = {idle}"));
        world.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {}", stage.student));
        world.email(idle)
    });
    let people: i64 = users::table.count().get_result(&mut stage.app.conn()).expect("count");
    for (students, pointer, code) in [
        (vec![], "/students", FieldCode::Required),
        (
            vec!["a@correo.ugr.es", "b@correo.ugr.es", "c@correo.ugr.es", "d@correo.ugr.es"],
            "/students",
            FieldCode::TooManyStudents,
        ),
        (vec!["nueva@correo.ugr.es", "alguien@example.org"], "/students/1", FieldCode::NotInstitutional),
        (vec!["nueva@correo.ugr.es", "87654321X"], "/students/1", FieldCode::Unknown),
        (vec!["12345678A"], "/students/0", FieldCode::WrongDniLetter),
        (vec!["1"], "/students/0", FieldCode::InvalidDni),
        (vec![""], "/students/0", FieldCode::InvalidDni),
        (vec!["a b@ugr.es"], "/students/0", FieldCode::InvalidEmail),
        (vec!["a\u{0}@correo.ugr.es"], "/students/0", FieldCode::InvalidEmail),
        (vec![professor.as_str()], "/students/0", FieldCode::NotAStudent),
        (vec![idle.as_str()], "/students/0", FieldCode::Inactive),
        (vec![eva.as_str(), "12345678Z"], "/students/1", FieldCode::Duplicate),
        (vec!["nueva@correo.ugr.es", "NUEVA@correo.ugr.es"], "/students/1", FieldCode::Duplicate),
    ] {
        let problem =
            tutor.post("/assignments", &body(id, &students)).await.refused(ErrorCode::ValidationFailed);
        assert_eq!(
            (problem.errors[0].pointer.as_str(), problem.errors[0].code),
            (pointer, code),
            "{students:?}"
        );
    }
    tutor.post("/assignments", &json!({"project_id": id})).await.refused(ErrorCode::MalformedRequest);
    let mut conn = stage.app.conn();
    assert_eq!(users::table.count().get_result(&mut conn), Ok(people));
    assert_eq!(assignments::table.count().get_result(&mut conn), Ok(0i64));
    assert_eq!(outgoing_mails::table.count().get_result(&mut conn), Ok(0i64));
    // One place, two students.
    let head = stage.be(stage.head);
    head.patch(&format!("/projects/{id}"), 1, &json!({"student_count": 1})).await.expect_status(200);
    let two = body(id, &[&eva, "nueva@correo.ugr.es"]);
    let problem = tutor.post("/assignments", &two).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].code, FieldCode::TooManyStudents);
}

#[actix_web::test]
async fn the_wrong_person_and_the_wrong_moment() {
    let stage = Stage::set();
    let eva = email(&stage, stage.student);
    let published = stage.project("Publicado", "published");
    stage
        .app
        .visitor()
        .post("/assignments", &body(published, &[&eva]))
        .await
        .refused(ErrorCode::NotAuthenticated);
    for who in [stage.student, stage.professor, stage.cotutor] {
        stage.be(who).post("/assignments", &body(published, &[&eva])).await.refused(ErrorCode::Forbidden);
    }
    let tutor = stage.be(stage.tutor);
    for state in ["draft", "submitted", "validated", "rejected", "withdrawn"] {
        let id = stage.project(state, state);
        let problem = tutor.post("/assignments", &body(id, &[&eva])).await.refused(ErrorCode::InvalidState);
        assert_eq!(problem.errors[0].pointer, "/project_id");
        stage.be(stage.professor).post("/assignments", &body(id, &[&eva])).await.refused(ErrorCode::NotFound);
    }
    tutor.post("/assignments", &body(ProjectId(999_999), &[&eva])).await.refused(ErrorCode::NotFound);
    tutor.get("/assignments/999999").await.refused(ErrorCode::NotFound);

    for (n, who) in [stage.head, stage.coordinator, stage.admin].into_iter().enumerate() {
        let id = stage.project(&format!("P{n}"), "published");
        let new = format!("nueva{n}@correo.ugr.es");
        stage.be(who).post("/assignments", &body(id, &[&new])).await.expect_status(201);
    }
    tutor.post("/assignments", &body(published, &[&eva])).await.expect_status(201);
    let problem = tutor
        .post("/assignments", &body(published, &["otra@correo.ugr.es"]))
        .await
        .refused(ErrorCode::ProjectAlreadyAssigned);
    assert_eq!(problem.errors[0].pointer, "/project_id");
    let other = stage.project("Otro", "published");
    let problem = tutor
        .post("/assignments", &body(other, &["otra@correo.ugr.es", &eva]))
        .await
        .refused(ErrorCode::StudentAlreadyAssigned);
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code),
        ("/students/1", FieldCode::AlreadyAssigned)
    );
    // At the other level there is room.
    let master =
        stage.with_world(|world| world.project("De máster", stage.other_degree, stage.tutor, "published"));
    tutor.post("/assignments", &body(master, &[&eva])).await.expect_status(201);
}

#[actix_web::test]
async fn lists_show_what_policy_lets_see() {
    let stage = Stage::set();
    let luis = stage.with_world(|world| world.student("Luis Muestra", &[]));
    let mut made = Vec::new();
    let admin = stage.be(stage.admin);
    for (degree, tutor, student, title) in [
        (stage.degree, stage.tutor, stage.student, "A"),
        (stage.other_degree, stage.tutor, luis, "B"),
        (stage.degree, stage.professor, luis, "C"),
        (stage.other_degree, stage.coordinator, stage.student, "D"),
    ] {
        let id = stage.with_world(|world| world.project(title, degree, tutor, "published"));
        let address = email(&stage, student);
        made.push(admin.post("/assignments", &body(id, &[&address])).await.expect::<Assignment>(201));
    }
    for (who, expected) in [
        (stage.admin, "DCBA"),
        (stage.tutor, "BA"),
        (stage.cotutor, ""),
        (stage.professor, "C"),
        (stage.head, "BA"),
        (stage.coordinator, "DCA"),
        (stage.student, "DA"),
        (luis, "CB"),
    ] {
        let client = stage.be(who);
        let page = list(&client, "").await;
        let titles: String = page.items.iter().map(|assignment| assignment.project_title.as_str()).collect();
        assert_eq!((titles.as_str(), page.total as usize), (expected, expected.len()), "{who}");
        for assignment in &made {
            let one = client.get(&format!("/assignments/{}", assignment.id)).await.status.as_u16();
            assert_eq!(one == 200, expected.contains(&assignment.project_title), "{who}");
        }
    }
    let titles = async |query: &str| -> String {
        list(&admin, query).await.items.into_iter().map(|assignment| assignment.project_title).collect()
    };
    assert_eq!(titles(&format!("?degree_id={}", stage.degree)).await, "CA");
    assert_eq!(titles(&format!("?student_id={luis}")).await, "CB");
    assert_eq!(titles(&format!("?project_id={}", made[1].project_id)).await, "B");
    assert_eq!(titles("?state=cancelled").await, "");
    assert_eq!(titles("?mine=true").await, "");
    assert_eq!(list(&stage.be(stage.coordinator), "?mine=true").await.items[0].project_title, "D");
    let first = list(&admin, "?limit=3").await;
    let next = list(&admin, &format!("?limit=3&cursor={}", first.next_cursor.expect("more"))).await;
    assert_eq!((next.items.len(), next.total, next.next_cursor), (1, 4, None));
    stage.app.visitor().get("/assignments").await.refused(ErrorCode::NotAuthenticated);
}
