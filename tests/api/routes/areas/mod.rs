use crate::support::TestApp;
use crate::support::actors::send;
use crate::support::builders::World;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::master::{Area, CreateArea, UpdateArea};
use gestfg_types::pagination::Page;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn an_admin_makes_edits_and_removes_one() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));

    let answer = admin.post("/areas", &CreateArea { name: "  Lenguajes   y Sistemas ".into() }).await;
    let area: Area = answer.expect(201);
    assert_eq!(area.name, "Lenguajes y Sistemas");
    assert_eq!(answer.header("location"), format!("/api/v1/areas/{}", area.id));

    let path = format!("/areas/{}", area.id);
    let edited: Area = admin
        .patch(&path, area.version, &UpdateArea { is_active: Some(false), ..Default::default() })
        .await
        .expect(200);
    assert!(!edited.is_active);
    admin.delete(&path).await.expect_status(204);
    admin.get(&path).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_taken_name_a_stale_version_and_an_area_in_use_change_nothing() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let area = world.area("Computación");
    world.department("ATC", area);

    let problem = admin
        .post("/areas", &CreateArea { name: "COMPUTACION".into() })
        .await
        .refused(ErrorCode::AlreadyExists);
    assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), ("/name", FieldCode::Taken));

    let path = format!("/areas/{area}");
    let rename = UpdateArea { name: Some("Otra".into()), ..Default::default() };
    admin.patch(&path, 7, &rename).await.refused(ErrorCode::StaleVersion);
    send(admin.request(Method::PATCH, &path).json(&rename)).await.refused(ErrorCode::VersionRequired);

    let problem = admin.delete(&path).await.refused(ErrorCode::InUse);
    assert_eq!(problem.used_by[0].examples, ["ATC"]);

    let areas: Page<Area> = admin.get("/areas").await.expect(200);
    assert_eq!((areas.total, areas.items[0].name.as_str(), areas.items[0].version), (1, "Computación", 1));
}

#[actix_web::test]
async fn bad_bodies_get_a_code_and_a_sentence() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    for (body, code) in [
        (json!({}), ErrorCode::MalformedRequest),
        (json!({"name": 3}), ErrorCode::MalformedRequest),
        (json!({"name": "x", "id": 7}), ErrorCode::MalformedRequest),
        (json!({"name": " "}), ErrorCode::ValidationFailed),
        (json!({"name": "x".repeat(201)}), ErrorCode::ValidationFailed),
        (json!({"name": "a\u{0}b"}), ErrorCode::ValidationFailed),
    ] {
        admin.post("/areas", &body).await.refused(code);
    }
    send(admin.request(Method::POST, "/areas").body("name=x")).await.refused(ErrorCode::UnsupportedMediaType);
    send(admin.request(Method::POST, "/areas").header("content-type", "application/json").body("{"))
        .await
        .refused(ErrorCode::MalformedRequest);
    for query in ["limit=0", "limit=201", "limit=x", "cursor=x", "nope=1"] {
        let status = admin.get(&format!("/areas?{query}")).await.status.as_u16();
        assert!(status == 400 || status == 422, "{query}: {status}");
    }
    let areas: Page<Area> = admin.get("/areas").await.expect(200);
    assert_eq!(areas.total, 0);
}

#[actix_web::test]
async fn pages_follow_each_other_without_loss() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    for n in 0..7 {
        world.area(&format!("Área {n}"));
    }
    let visitor = app.visitor();
    let (mut seen, mut path) = (Vec::new(), "/areas?limit=3".to_owned());
    loop {
        let page: Page<Area> = visitor.get(&path).await.expect(200);
        assert_eq!(page.total, 7);
        seen.extend(page.items.into_iter().map(|area| area.name));
        let Some(cursor) = page.next_cursor else { break };
        path = format!("/areas?limit=3&cursor={cursor}");
    }
    assert_eq!(seen, (0..7).map(|n| format!("Área {n}")).collect::<Vec<_>>());
    let found: Page<Area> = visitor.get("/areas?q=AREA%203").await.expect(200);
    assert_eq!(found.items.len(), 1);
}

#[actix_web::test]
async fn the_same_key_creates_once() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let create = |name: &str| {
        send(
            admin
                .request(Method::POST, "/areas")
                .header("Idempotency-Key", "k1")
                .json(&CreateArea { name: name.to_owned() }),
        )
    };
    let first: Area = create("Una").await.expect(201);
    let second: Area = create("Una").await.expect(201);
    assert_eq!(first, second);
    create("Otra").await.refused(ErrorCode::IdempotencyConflict);
}
