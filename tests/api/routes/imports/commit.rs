use super::files::offer;
use super::{commit, committed, preview, rows, told, undo};
use crate::support::TestApp;
use crate::support::builders::World;
use diesel::prelude::*;
use gestfg::schema::{audit_log, projects};
use gestfg_types::errors::{ErrorCode, FieldCode as C};
use gestfg_types::imports::{CommitMode, ImportState, RowOutcome as O};

/// Title, state and student count of every project.
fn stored(conn: &mut PgConnection) -> Vec<(String, String, i16)> {
    projects::table
        .order(projects::id)
        .select((projects::title, projects::state, projects::student_count))
        .load(conn)
        .expect("projects")
}

#[actix_web::test]
async fn all_or_nothing_valid_only_and_twice() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    world.degree("GII", "bachelor");
    let ana = world.professor("Ana López Ruiz", lsi);
    let email = world.email(ana);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let file = offer(&[
        &[("B", &email), ("D", "T1"), ("E", "Uno"), ("F", "2")],
        &[("B", "nadie@ugr.es"), ("E", "Dos")],
        &[("B", &email), ("E", "Tres")],
    ]);
    let import = preview(&admin, "projects", file.clone()).await;

    let problem = commit(&admin, import.id, "all").await.refused(ErrorCode::ImportHasErrors);
    assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), ("/rows/6", C::Unknown));
    assert!(stored(&mut conn).is_empty());

    let done = committed(&admin, import.id, "valid").await;
    assert!(!done.already_committed && done.changed_rows.is_empty());
    assert_eq!((done.import.state, done.import.mode), (ImportState::Committed, Some(CommitMode::Valid)));
    let expected =
        [("Uno".to_owned(), "submitted".to_owned(), 2), ("Tres".to_owned(), "submitted".to_owned(), 1)];
    assert_eq!(stored(&mut conn), expected);

    let again = committed(&admin, import.id, "valid").await;
    assert!(again.already_committed);
    assert_eq!(stored(&mut conn), expected);

    let actions: Vec<String> = audit_log::table
        .filter(audit_log::entity.eq_any(["import", "project"]))
        .order(audit_log::id)
        .select(audit_log::action)
        .load(&mut conn)
        .expect("audit rows");
    assert_eq!(actions, ["import.create", "project.create", "project.create", "import.commit"]);

    // The same file again changes nothing.
    let second = preview(&admin, "projects", file).await;
    assert_eq!((second.summary.unchanged, second.summary.create, second.summary.update), (2, 0, 0));
    committed(&admin, second.id, "valid").await;
    assert_eq!(stored(&mut conn), expected);
    admin.delete(&format!("/imports/{}", second.id)).await.refused(ErrorCode::ImportAlreadyDecided);
}

#[actix_web::test]
async fn a_draft_is_updated_and_blank_cells_erase_nothing() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    let ana = world.professor("Ana López Ruiz", lsi);
    world.project("Uno", gii, ana, "draft");
    let email = world.email(ana);
    let tutor = app.as_user(ana);
    let file = offer(&[&[("B", &email), ("E", "UNO"), ("F", "2")], &[("B", &email), ("E", "Propio")]]);
    let import = preview(&tutor, "projects", file).await;
    assert_eq!((import.summary.update, import.summary.create), (1, 1));
    committed(&tutor, import.id, "all").await;
    let expected = [("UNO".to_owned(), "draft".to_owned(), 2), ("Propio".to_owned(), "draft".to_owned(), 1)];
    assert_eq!(stored(&mut conn), expected);
    let description: String =
        projects::table.order(projects::id).select(projects::description).first(&mut conn).expect("a text");
    assert_eq!(description, "Descripción de Uno");

    undo(&tutor, import.id).await.expect_status(200);
    assert_eq!(stored(&mut conn), [("Uno".to_owned(), "draft".to_owned(), 3)]);
}

#[actix_web::test]
async fn a_world_that_changed_in_between_is_noticed() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    let ana = world.professor("Ana López Ruiz", lsi);
    let email = world.email(ana);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let file = offer(&[&[("B", &email), ("E", "Uno")], &[("B", &email), ("E", "Dos"), ("G", "Otra")]]);
    let import = preview(&admin, "projects", file).await;
    assert_eq!(import.summary.create, 2);
    world.project("dos", gii, ana, "published");

    commit(&admin, import.id, "all").await.refused(ErrorCode::ImportHasErrors);
    let now = rows(&admin, import.id).await;
    assert_eq!(told(&now), [(5, O::Create, vec![]), (6, O::Error, vec![(C::InvalidState, "E6")])]);
    // Said once, it is what the preview says now.
    let done = committed(&admin, import.id, "valid").await;
    assert!(done.changed_rows.is_empty());
    assert_eq!(stored(&mut conn).len(), 2);

    let file = offer(&[&[("B", &email), ("E", "Cuatro")]]);
    let import = preview(&admin, "projects", file).await;
    world.run(&format!("UPDATE users SET is_active = false WHERE id = {ana}"));
    let done = committed(&admin, import.id, "valid").await;
    assert_eq!(done.changed_rows, [5]);
    assert_eq!(done.import.summary.error, 1);
    assert_eq!(stored(&mut conn).len(), 2);
}

#[actix_web::test]
async fn of_two_commits_at_once_one_writes() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    world.degree("GII", "bachelor");
    let ana = world.professor("Ana López Ruiz", lsi);
    let email = world.email(ana);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let titles: Vec<String> = (0..40).map(|n| format!("Proyecto {n}")).collect();
    let cells: Vec<Vec<(&str, &str)>> =
        titles.iter().map(|title| vec![("B", email.as_str()), ("E", title.as_str())]).collect();
    let cells: Vec<&[(&str, &str)]> = cells.iter().map(Vec::as_slice).collect();
    let file = offer(&cells);
    // The same file twice, and the first of them committed by six clients.
    let first = preview(&admin, "projects", file.clone()).await;
    let second = preview(&admin, "projects", file).await;
    let ids = [first.id, first.id, first.id, second.id, first.id, second.id];
    let all = ids.map(|id| {
        let admin = admin.clone();
        async move { committed(&admin, id, "all").await }
    });
    let done = futures_util::future::join_all(all).await;
    assert_eq!(done.iter().filter(|done| !done.already_committed).count(), 2);
    let created: u32 =
        done.iter().filter(|done| !done.already_committed).map(|done| done.import.summary.create).sum();
    assert_eq!(created, 40);
    assert_eq!(stored(&mut conn).len(), 40);
}
