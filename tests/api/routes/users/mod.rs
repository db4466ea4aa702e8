use super::session::PASSWORD;
use crate::support::TestApp;
use crate::support::actors::send;
use crate::support::builders::World;
use crate::support::mailbox::{link_token, mails_to};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::pagination::Page;
use gestfg_types::users::{User, UserAction};
use reqwest::Method;
use serde_json::{Value, json};

mod coordinators;
mod removal;

#[actix_web::test]
async fn an_admin_makes_an_account_whose_owner_sets_the_password_by_mail() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let degree = world.degree("MII", "master");
    let admin = app.as_user(world.admin("Ada Muestra"));
    let body = json!({
        "email": "Tina.Muestra@UGR.es", "dni": "12.345.678-z", "first_name": "Tina", "last_name": "Muestra",
        "department_id": department, "degree_ids": [degree], "language": "en",
    });
    let create = send(admin.request(Method::POST, "/users").header("Idempotency-Key", "k").json(&body));
    let answer = create.await;
    let user: User = answer.expect(201);
    assert_eq!(answer.header("location"), format!("/api/v1/users/{}", user.id));
    assert_eq!(user.email.as_deref(), Some("tina.muestra@ugr.es"));
    assert_eq!(user.dni.as_deref(), Some("12345678Z"));
    assert_eq!(user.roles.professor.as_ref().map(|d| d.code.as_str()), Some("LSI"));
    assert_eq!(user.roles.student.as_ref().map(|degrees| degrees[0].code.as_str()), Some("MII"));
    assert!(user.is_active && !user.has_password);
    send(admin.request(Method::POST, "/users").header("Idempotency-Key", "k").json(&body))
        .await
        .expect_status(201);

    assert_eq!(mails_to(&mut conn, "tina.muestra@ugr.es").len(), 1);
    let token = link_token(&mut conn, "tina.muestra@ugr.es");
    app.visitor()
        .post("/password-resets/redeem", &json!({"token": token, "password": PASSWORD}))
        .await
        .expect_status(204);
    let login = json!({"login": "12345678Z", "password": PASSWORD});
    app.visitor().post("/session", &login).await.expect_status(200);
    let audit = admin.get(&format!("/audit-log?entity=user&entity_id={}", user.id)).await;
    assert!(!audit.text().contains("argon2") && audit.text().contains("user.create"), "{}", audit.text());
}

#[actix_web::test]
async fn what_is_wrong_with_an_account_is_said_field_by_field_and_nothing_changes() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let degree = world.degree("GII", "bachelor");
    let closed = world.degree("OLD", "bachelor");
    world.run(&format!("UPDATE degrees SET is_active = false WHERE id = {closed}"));
    let taken = world.student("Eva Muestra", &[degree]);
    let taken_email = world.email(taken);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let base = json!({"email": "new@ugr.es", "first_name": "Nueva", "last_name": "Muestra"});
    for (change, pointer, code) in [
        (json!({"email": null}), "/email", FieldCode::Required),
        (json!({"email": " "}), "/email", FieldCode::Required),
        (json!({"email": "nope"}), "/email", FieldCode::InvalidEmail),
        (json!({"dni": "12345678A"}), "/dni", FieldCode::WrongDniLetter),
        (json!({"dni": "1234"}), "/dni", FieldCode::InvalidDni),
        (json!({"first_name": ""}), "/first_name", FieldCode::Required),
        (json!({"last_name": "x".repeat(151)}), "/last_name", FieldCode::TooLong),
        (json!({"department_id": 9999}), "/department_id", FieldCode::Unknown),
        (json!({"degree_ids": [degree, 9999]}), "/degree_ids/1", FieldCode::Unknown),
        (json!({"degree_ids": [closed]}), "/degree_ids/0", FieldCode::Inactive),
    ] {
        let mut body = base.clone();
        merge(&mut body, &change);
        let problem = admin.post("/users", &body).await.refused(ErrorCode::ValidationFailed);
        assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), (pointer, code), "{change}");
    }
    let mut body = base.clone();
    merge(&mut body, &json!({"email": taken_email.to_uppercase()}));
    let problem = admin.post("/users", &body).await.refused(ErrorCode::AlreadyExists);
    assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), ("/email", FieldCode::Taken));
    let page: Page<User> = admin.get("/users").await.expect(200);
    assert_eq!(page.total, 2);
}

pub fn merge(body: &mut Value, change: &Value) {
    for (key, value) in change.as_object().expect("an object") {
        body[key] = value.clone();
    }
}

#[actix_web::test]
async fn lists_are_searched_filtered_and_paged_in_every_order() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let degree = world.degree("GII", "bachelor");
    let admin = world.admin("Ada Alfa");
    world.head("Hugo Bética", department);
    world.coordinator("Clara Gama", department, degree);
    let eva = world.student("Eva Ñandú", &[degree]);
    world.professor("Olga Álvarez", department);
    world.run(&format!("UPDATE users SET dni = '12345678Z', is_active = false WHERE id = {eva}"));
    let admin = app.as_user(admin);
    for (query, expected) in [
        ("", vec!["Alfa", "Álvarez", "Bética", "Gama", "Ñandú"]),
        ("sort=-name", vec!["Ñandú", "Gama", "Bética", "Álvarez", "Alfa"]),
        ("sort=created_at", vec!["Alfa", "Bética", "Gama", "Ñandú", "Álvarez"]),
        ("q=nandu%20EVA", vec!["Ñandú"]),
        ("q=5678z", vec!["Ñandú"]),
        ("q=hugo.2@ugr", vec!["Bética"]),
        ("q=%25", vec![]),
        ("role=admin", vec!["Alfa"]),
        ("role=head", vec!["Bética"]),
        ("role=coordinator", vec!["Gama"]),
        ("role=professor", vec!["Álvarez", "Bética", "Gama"]),
        ("role=student", vec!["Ñandú"]),
        ("is_active=false", vec!["Ñandú"]),
        (&format!("department_id={department}&sort=-name"), vec!["Gama", "Bética", "Álvarez"]),
        (&format!("degree_id={degree}"), vec!["Ñandú"]),
    ] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page: Page<User> = admin.get(&format!("/users?limit=1&{query}{cursor}")).await.expect(200);
            assert_eq!(page.total as usize, expected.len(), "{query}");
            seen.extend(page.items.into_iter().map(|user| user.last_name));
            let Some(next) = page.next_cursor else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen, expected, "{query}");
    }
    let page: Page<User> = admin.get("/users?limit=1").await.expect(200);
    let cursor = page.next_cursor.expect("more");
    admin.get(&format!("/users?sort=created_at&cursor={cursor}")).await.refused(ErrorCode::InvalidCursor);
}

#[actix_web::test]
async fn edits_carry_a_version_and_a_new_address_is_not_proven() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let eva = world.student("Eva Muestra", &[]);
    let path = format!("/users/{eva}");
    let edited: User = admin.patch(&path, 1, &json!({"email": "otra@correo.ugr.es"})).await.expect(200);
    assert_eq!(edited.version, 2);
    let row = gestfg::models::user::find(&mut conn, eva).expect("the user");
    assert!(row.email_verified_at.is_none());
    admin.patch(&path, 1, &json!({"email": null})).await.refused(ErrorCode::StaleVersion);
    let problem = admin.patch(&path, 2, &json!({"email": null})).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].code, FieldCode::Required);
    admin.patch(&path, 2, &json!({"email": null, "dni": "00000000T"})).await.expect_status(200);
    admin.patch("/users/9999", 1, &json!({})).await.refused(ErrorCode::NotFound);
    admin.get("/users/9999").await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn duties_keep_their_role() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let (lsi, atc) = (world.department("LSI", area), world.department("ATC", area));
    let degree = world.degree("GII", "bachelor");
    let admin = app.as_user(world.admin("Ada Muestra"));
    let tutor = world.professor("Tina Muestra", lsi);
    world.project("Un título", degree, tutor, "published");
    let head = world.head("Hugo Muestra", lsi);
    let idle = world.professor("Iris Muestra", lsi);

    let none = json!({"department_id": null});
    let problem = admin.patch(&format!("/users/{tutor}"), 1, &none).await.refused(ErrorCode::InUse);
    assert_eq!(
        (problem.used_by[0].kind.as_str(), &problem.used_by[0].examples[0][..]),
        ("projects", "Un título")
    );
    let problem = admin
        .patch(&format!("/users/{head}"), 1, &json!({"department_id": atc}))
        .await
        .refused(ErrorCode::InUse);
    assert_eq!(problem.used_by[0].examples, ["LSI"]);
    admin.patch(&format!("/users/{tutor}"), 1, &json!({"department_id": atc})).await.expect_status(200);
    let freed: User = admin.patch(&format!("/users/{idle}"), 1, &none).await.expect(200);
    assert_eq!(freed.roles.professor, None);
}

#[actix_web::test]
async fn nobody_raises_or_locks_out_themself_and_one_admin_stays() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let ada = world.admin("Ada Muestra");
    let admin = app.as_user(ada);
    let path = format!("/users/{ada}");
    let me: User = admin.get(&path).await.expect(200);
    assert_eq!(me.allowed_actions, [UserAction::Edit, UserAction::Invite]);
    admin.patch(&path, 1, &json!({"is_admin": false})).await.refused(ErrorCode::LastAdmin);
    admin.act(&format!("{path}/deactivate")).await.refused(ErrorCode::LastAdmin);
    admin
        .act_with(&format!("{path}/anonymise"), &json!({"reason": "Se va"}))
        .await
        .refused(ErrorCode::LastAdmin);
    admin.delete(&path).await.refused(ErrorCode::LastAdmin);

    let second = world.admin("Bea Muestra");
    let bea = app.as_user(second);
    bea.act(&format!("{path}/deactivate")).await.expect_status(200);
    admin.get("/me").await.refused(ErrorCode::NotAuthenticated);
    bea.act(&format!("{path}/deactivate")).await.refused(ErrorCode::InvalidState);
    bea.act(&format!("{path}/invite")).await.refused(ErrorCode::InvalidState);
    bea.act(&format!("{path}/reactivate")).await.expect_status(200);
    bea.act(&format!("{path}/invite")).await.expect_status(204);
}

#[actix_web::test]
async fn two_admins_cannot_remove_each_other_at_once() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let (a, b) = (world.admin("Ada Muestra"), world.admin("Bea Muestra"));
    let (ada, bea) = (app.as_user(a), app.as_user(b));
    let off = json!({"is_admin": false});
    let (path_a, path_b) = (format!("/users/{a}"), format!("/users/{b}"));
    let (first, second) =
        futures_util::future::join(ada.patch(&path_b, 1, &off), bea.patch(&path_a, 1, &off)).await;
    let done = [first, second].iter().filter(|answer| answer.status.as_u16() == 200).count();
    assert_eq!(done, 1);
}
