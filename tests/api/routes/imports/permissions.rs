use super::files::offer;
use super::{preview, rows, told, undo, upload};
use crate::support::TestApp;
use crate::support::builders::World;
use gestfg_types::errors::{ErrorCode, FieldCode as C};
use gestfg_types::imports::{Import, RowOutcome as O};
use gestfg_types::pagination::Page;
use serde_json::json;

#[actix_web::test]
async fn each_row_is_asked_whether_its_importer_may() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let atc = world.department("ATC", area);
    let gii = world.degree("GII", "bachelor");
    let git = world.degree("GIT", "bachelor");
    let ana = world.professor("Ana López", lsi);
    let luis = world.professor("Luis Gil", atc);
    let head = world.head("Héctor Jefe", lsi);
    let coordinator = world.coordinator("Cora Coordina", atc, git);
    world.project("De Luis", gii, luis, "draft");
    let (ana_mail, luis_mail) = (world.email(ana), world.email(luis));
    let file = offer(&[
        &[("B", &ana_mail), ("E", "Uno"), ("J", "GII")],
        &[("B", &luis_mail), ("E", "Dos"), ("J", "GII")],
        &[("B", &luis_mail), ("E", "Tres"), ("J", "GIT")],
        &[("B", &ana_mail), ("E", "De Luis"), ("J", "GII")],
    ]);
    let not_yours =
        |row: u32| (row, O::Error, vec![(C::NotAllowed, ["B5", "B6", "B7", "B8"][row as usize - 5])]);
    let taken = (8, O::Error, vec![(C::Taken, "E8")]);
    for (who, expected) in [
        (ana, [(5, O::Create, vec![]), not_yours(6), not_yours(7), taken.clone()]),
        (head, [(5, O::Create, vec![]), not_yours(6), not_yours(7), taken.clone()]),
        (
            coordinator,
            [
                not_yours(5),
                not_yours(6),
                (7, O::Create, vec![]),
                (8, O::Error, vec![(C::NotAllowed, "B8"), (C::Taken, "E8")]),
            ],
        ),
    ] {
        let client = app.as_user(who);
        let import = preview(&client, "projects", file.clone()).await;
        assert_eq!(told(&rows(&client, import.id).await), expected);
    }
}

#[actix_web::test]
async fn kinds_belong_to_roles_and_imports_to_their_author() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    let admin = world.admin("Ada Muestra");
    let ana = world.professor("Ana López", lsi);
    let head = world.head("Héctor Jefe", lsi);
    let coordinator = world.coordinator("Cora Coordina", lsi, gii);
    let student = world.student("Pau Alumno", &[gii]);
    let file = |kind: &str| match kind {
        "projects" | "preassigned_projects" => offer(&[]),
        _ => b"codigo;nombre;nivel;email\n".to_vec(),
    };
    for (kind, allowed) in [
        ("departments", vec![admin]),
        ("degrees", vec![admin]),
        ("professors", vec![admin]),
        ("students", vec![admin, coordinator]),
        ("projects", vec![admin, coordinator, head, ana]),
        ("preassigned_projects", vec![admin, coordinator, head, ana]),
    ] {
        for who in [admin, coordinator, head, ana, student] {
            let answer = upload(&app.as_user(who), kind, "f.csv", file(kind), json!({})).await;
            if allowed.contains(&who) {
                answer.expect_status(201);
            } else {
                answer.refused(ErrorCode::Forbidden);
            }
        }
        upload(&app.visitor(), kind, "f.csv", file(kind), json!({}))
            .await
            .refused(ErrorCode::NotAuthenticated);
    }

    let own = app.as_user(ana);
    let imports: Page<Import> = own.get("/imports").await.expect(200);
    assert_eq!(imports.total, 2);
    let all: Page<Import> = app.as_user(admin).get("/imports?limit=3").await.expect(200);
    assert_eq!((all.total, all.items.len()), (13, 3));
    let id = imports.items[0].id;
    let other = app.as_user(head);
    for path in ["", "/rows", "/report"] {
        other.get(&format!("/imports/{id}{path}")).await.refused(ErrorCode::NotFound);
    }
    super::commit(&other, id, "all").await.refused(ErrorCode::NotFound);
    undo(&other, id).await.refused(ErrorCode::NotFound);
    other.post(&format!("/imports/{id}/preview"), &json!({})).await.refused(ErrorCode::NotFound);
    other.delete(&format!("/imports/{id}")).await.refused(ErrorCode::NotFound);
    own.delete(&format!("/imports/{id}")).await.expect_status(204);
    own.get(&format!("/imports/{id}")).await.refused(ErrorCode::NotFound);
}
