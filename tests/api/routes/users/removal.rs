use super::super::session::PASSWORD;
use crate::support::TestApp;
use crate::support::builders::World;
use gestfg_types::errors::ErrorCode;
use gestfg_types::users::User;
use serde_json::json;

#[actix_web::test]
async fn an_account_without_history_goes_and_one_with_history_stays() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let degree = world.degree("GII", "bachelor");
    let admin = app.as_user(world.admin("Ada Muestra"));
    let eva = world.student("Eva Muestra", &[degree]);
    world.set_password(eva, PASSWORD);
    let email = world.email(eva);
    // Having logged in is no history that anyone else needs.
    app.visitor().post("/session", &json!({"login": email, "password": PASSWORD})).await.expect_status(200);
    admin.delete(&format!("/users/{eva}")).await.expect_status(204);
    admin.get(&format!("/users/{eva}")).await.refused(ErrorCode::NotFound);

    let tutor = world.professor("Tina Muestra", department);
    let project = world.project("Un título", degree, tutor, "withdrawn");
    world.run(&format!("UPDATE projects SET validated_by = {tutor} WHERE id = {project}"));
    let problem = admin.delete(&format!("/users/{tutor}")).await.refused(ErrorCode::InUse);
    let kinds: Vec<_> = problem.used_by.iter().map(|usage| usage.kind.as_str()).collect();
    assert_eq!(kinds, ["projects", "validations"]);
    let head = world.head("Hugo Muestra", department);
    admin.delete(&format!("/users/{head}")).await.refused(ErrorCode::InUse);
    let busy = world.admin("Bea Muestra");
    app.as_user(busy).post("/areas", &json!({"name": "Otra"})).await.expect_status(201);
    let problem = admin.delete(&format!("/users/{busy}")).await.refused(ErrorCode::InUse);
    assert_eq!(problem.used_by[0].examples, ["area.create"]);
    admin.get(&format!("/users/{tutor}")).await.expect_status(200);
}

#[actix_web::test]
async fn anonymising_removes_what_names_a_person_and_keeps_what_they_did() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let degree = world.degree("GII", "bachelor");
    let ada = world.admin("Ada Muestra");
    let admin = app.as_user(ada);
    let tutor = world.professor("Tiburcia Inconfundible", department);
    let email = world.email(tutor);
    let project = world.project("Un título", degree, tutor, "published");
    let client = app.as_user(tutor);
    client.patch("/me", 1, &json!({"last_name": "Inconfundible Segunda"})).await.expect_status(200);
    admin.act(&format!("/users/{tutor}/invite")).await.expect_status(204);

    let path = format!("/users/{tutor}/anonymise");
    let reason = json!({"reason": "Lo ha pedido por escrito"});
    let problem = admin.act_with(&path, &reason).await.refused(ErrorCode::InUse);
    assert_eq!(problem.used_by[0].kind, "projects");
    world.run(&format!("UPDATE projects SET state = 'withdrawn' WHERE id = {project}"));
    let gone: User = admin.act_with(&path, &reason).await.expect(200);
    assert_eq!((gone.email, gone.dni, gone.is_active, gone.has_password), (None, None, false, false));
    assert_eq!(gone.allowed_actions, []);
    client.get("/me").await.refused(ErrorCode::NotAuthenticated);
    for path in ["/audit-log", "/users", "/outbox", "/professors"] {
        let text = admin.get(path).await.text();
        assert!(
            !text.contains("Inconfundible") && !text.contains("Tiburcia") && !text.contains(&email),
            "{text}"
        );
    }
    admin.act_with(&path, &reason).await.refused(ErrorCode::InvalidState);
    admin.act(&format!("/users/{tutor}/reactivate")).await.refused(ErrorCode::InvalidState);
    admin
        .patch(&format!("/users/{tutor}"), gone.version, &json!({"first_name": "X"}))
        .await
        .refused(ErrorCode::InvalidState);
    admin.delete(&format!("/users/{tutor}")).await.refused(ErrorCode::InUse);
}
