use super::session::PASSWORD;
use crate::support::TestApp;
use crate::support::actors::{Answer, Client};
use crate::support::builders::World;
use crate::support::mailbox::{link_token, mails_to};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::pagination::Page;
use gestfg_types::session::SessionOpened;
use gestfg_types::users::User;
use serde_json::{Value, json};

pub async fn register(client: &Client, email: &str, dni: Option<&str>) -> Answer {
    let body = json!({"email": email, "dni": dni, "first_name": "Eva", "last_name": "Muestra"});
    client.post("/registration", &body).await
}

#[actix_web::test]
async fn a_student_registers_sets_a_password_and_is_in() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let degree = World::new(&mut conn).degree("GII", "bachelor");
    let body = json!({
        "email": "Eva.M+tfg@Correo.UGR.es", "first_name": "Eva", "last_name": "Muestra", "degree_id": degree,
        "language": "en",
    });
    app.visitor().post("/registration", &body).await.expect_status(202);
    let email = "eva.m+tfg@correo.ugr.es";
    let mails = mails_to(&mut conn, email);
    assert_eq!((mails.len(), mails[0].0.as_str()), (1, "set_password"));
    assert!(mails[0].1.starts_with("Hello, Eva:"), "{}", mails[0].1);
    let token = link_token(&mut conn, email);
    app.visitor()
        .post("/password-resets/redeem", &json!({"token": token, "password": PASSWORD}))
        .await
        .expect_status(204);
    let opened: SessionOpened =
        app.visitor().post("/session", &json!({"login": email, "password": PASSWORD})).await.expect(200);
    assert_eq!(opened.user.roles.student.map(|degrees| degrees[0].code.clone()).as_deref(), Some("GII"));
}

#[actix_web::test]
async fn the_answer_never_tells_who_exists_and_the_mail_does() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let known = world.student("Eva Muestra", &[]);
    world.set_password(known, PASSWORD);
    let known = world.email(known);
    let invited = world.student("Luis Muestra", &[]);
    let invited = world.email(invited);
    let gone = world.student("Ana Muestra", &[]);
    world.run(&format!("UPDATE users SET is_active = false WHERE id = {gone}"));
    let gone = world.email(gone);
    let new = "nueva@correo.ugr.es";

    let mut answers = Vec::new();
    for email in [known.as_str(), &invited, &gone, new] {
        let started = std::time::Instant::now();
        let answer = register(&app.visitor(), email, None).await;
        assert!(started.elapsed().as_millis() >= 250);
        answer.expect_status(202);
        answers.push(answer.text());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    let kinds = |conn: &mut _, email: &str| -> Vec<String> {
        mails_to(conn, email).into_iter().map(|(kind, _)| kind).collect()
    };
    assert_eq!(kinds(&mut conn, &known), ["account_exists"]);
    assert_eq!(kinds(&mut conn, &invited), ["set_password"]);
    assert_eq!(kinds(&mut conn, new), ["set_password"]);
    assert_eq!(kinds(&mut conn, &gone), Vec::<String>::new());
}

#[actix_web::test]
async fn what_is_wrong_is_said_without_a_look_at_accounts() {
    let app = TestApp::start();
    let base = json!({"email": "a@correo.ugr.es", "first_name": "Eva", "last_name": "Muestra"});
    for (field, value, code) in [
        ("email", json!("a@ugr.es"), FieldCode::NotInstitutional),
        ("email", json!("a@evil-correo.ugr.es"), FieldCode::NotInstitutional),
        ("email", json!("nope"), FieldCode::InvalidEmail),
        ("dni", json!("12345678A"), FieldCode::WrongDniLetter),
        ("first_name", json!(" "), FieldCode::Required),
        ("degree_id", json!(9999), FieldCode::Unknown),
    ] {
        let mut body: Value = base.clone();
        body[field] = value;
        let problem = app.visitor().post("/registration", &body).await.refused(ErrorCode::ValidationFailed);
        assert_eq!(
            (problem.errors[0].pointer.as_str(), problem.errors[0].code),
            (&format!("/{field}")[..], code)
        );
    }
    let mut conn = app.conn();
    let admin = app.as_user(World::new(&mut conn).admin("Ada Muestra"));
    let page: Page<User> = admin.get("/users").await.expect(200);
    assert_eq!(page.total, 1);
}

#[actix_web::test]
async fn twins_make_one_account_and_the_fourth_try_waits() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let email = "eva@correo.ugr.es";
    let visitor = app.visitor();
    let answers = futures_util::future::join_all((0..3).map(|_| register(&visitor, email, None))).await;
    assert!(answers.iter().all(|answer| answer.status.as_u16() == 202));
    assert_eq!(mails_to(&mut conn, email).len(), 3);
    register(&visitor, email, None).await.refused(ErrorCode::TooManyAttempts);
    let admin = app.as_user(World::new(&mut conn).admin("Ada Muestra"));
    let page: Page<User> = admin.get("/users?q=eva").await.expect(200);
    assert_eq!(page.total, 1);
}
