use super::merge;
use crate::support::TestApp;
use crate::support::builders::World;
use gestfg_types::errors::ErrorCode;
use gestfg_types::pagination::Page;
use gestfg_types::users::{User, UserAction};
use serde_json::json;

#[actix_web::test]
async fn others_than_keepers_are_kept_out_before_their_body_is_read() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let people = [
        world.student("Eva Muestra", &[]),
        world.professor("Tina Muestra", department),
        world.head("Hugo Muestra", department),
    ];
    let target = people[0];
    for person in people {
        let client = app.as_user(person);
        for answer in [
            client.get("/users").await,
            client.get("/students").await,
            client.get(&format!("/users/{target}")).await,
            client.post("/users", &json!("rubbish")).await,
            client.patch(&format!("/users/{target}"), 1, &json!({"is_admin": true})).await,
            client.act(&format!("/users/{target}/deactivate")).await,
            client.act(&format!("/users/{target}/anonymise")).await,
            client.delete(&format!("/users/{target}")).await,
        ] {
            answer.refused(ErrorCode::Forbidden);
        }
    }
    app.visitor().get("/users").await.refused(ErrorCode::NotAuthenticated);
    app.visitor().post("/users", &json!("rubbish")).await.refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn a_coordinator_keeps_the_students_of_their_degrees() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let (own, other) = (world.degree("GII", "bachelor"), world.degree("GIM", "bachelor"));
    let clara = app.as_user(world.coordinator("Clara Muestra", department, own));
    let mine = world.student("Eva Propia", &[own, other]);
    let foreign = world.student("Luis Ajeno", &[other]);
    let colleague = world.professor("Tina Colega", department);
    world.run(&format!("INSERT INTO students (user_id) VALUES ({colleague})"));
    world.run(&format!("INSERT INTO student_degrees VALUES ({colleague}, {own})"));
    world.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {mine}"));

    let page: Page<User> = clara.get("/students").await.expect(200);
    assert_eq!(page.items.iter().map(|user| user.id).collect::<Vec<_>>(), [colleague, mine]);
    assert_eq!(page.items[1].dni.as_deref(), Some("12345678Z"));
    assert_eq!(page.items[0].allowed_actions, []);
    assert!(!page.items[1].allowed_actions.contains(&UserAction::Anonymise));
    let page: Page<User> = clara.get("/users?role=professor").await.expect(200);
    assert_eq!(page.total, 1);
    clara.get(&format!("/users/{foreign}")).await.refused(ErrorCode::NotFound);
    clara.patch(&format!("/users/{foreign}"), 1, &json!({})).await.refused(ErrorCode::NotFound);

    let path = format!("/users/{mine}");
    let edited: User = clara.patch(&path, 1, &json!({"last_name": "Corregida"})).await.expect(200);
    assert_eq!(edited.last_name, "Corregida");
    for (target, change) in [
        (mine, json!({"is_admin": true})),
        (mine, json!({"department_id": department})),
        (mine, json!({"degree_ids": [own]})),
        (mine, json!({"degree_ids": null})),
        (colleague, json!({"email": "mine@ugr.es"})),
    ] {
        let version = if target == mine { 2 } else { 1 };
        clara.patch(&format!("/users/{target}"), version, &change).await.refused(ErrorCode::Forbidden);
    }
    clara.act(&format!("/users/{colleague}/invite")).await.refused(ErrorCode::Forbidden);
    clara.act(&format!("{path}/deactivate")).await.expect_status(200);

    let base = json!({"email": "nueva@correo.ugr.es", "first_name": "Nueva", "last_name": "Muestra", "degree_ids": [own]});
    clara.post("/users", &base).await.expect_status(201);
    for change in [
        json!({"is_admin": true}),
        json!({"department_id": department}),
        json!({"degree_ids": [other]}),
        json!({"degree_ids": []}),
        json!({"degree_ids": null}),
    ] {
        let mut body = base.clone();
        merge(&mut body, &change);
        clara.post("/users", &body).await.refused(ErrorCode::Forbidden);
    }
}
