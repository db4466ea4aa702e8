use super::files::assigned;
use super::{assert_said, committed, preview, rows, told, undo};
use crate::support::TestApp;
use crate::support::builders::World;
use diesel::prelude::*;
use gestfg::schema::{assignment_students, assignments, outgoing_mails, projects, students, users};
use gestfg_types::errors::{ErrorCode, FieldCode as C};
use gestfg_types::imports::RowOutcome as O;

fn counts(conn: &mut PgConnection) -> (i64, i64, i64, i64) {
    (
        projects::table.filter(projects::state.eq("published")).count().get_result(conn).expect("a count"),
        assignments::table.count().get_result(conn).expect("a count"),
        assignment_students::table.count().get_result(conn).expect("a count"),
        students::table.count().get_result(conn).expect("a count"),
    )
}

#[actix_web::test]
async fn projects_come_with_their_students() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    let ana = world.professor("Ana López Ruiz", lsi);
    let coordinator = world.coordinator("Cora Coordina", lsi, gii);
    let pau = world.student("Pau Alumno", &[gii]);
    let eva = world.student("Eva Alumna", &[gii]);
    let busy = world.student("Ocupada Alumna", &[gii]);
    let old = world.project("Ocupado", gii, ana, "published");
    world.run(&format!(
        "WITH a AS (INSERT INTO assignments (project_id, level, capacity) VALUES ({old}, 'bachelor', 3) RETURNING id)
         INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
         SELECT id, {busy}, 1, 'bachelor', 3 FROM a"
    ));
    world.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {eva}"));
    let (tutor, pau, busy, cora) =
        (world.email(ana), world.email(pau), world.email(busy), world.email(coordinator));
    let before = counts(&mut conn);
    let client = app.as_user(coordinator);
    let file = assigned(&[
        &[("B", &tutor), ("E", "Uno"), ("F", "2"), ("G", &pau), ("I", "12345678-z")],
        &[("B", &tutor), ("E", "Nuevo"), ("G", "lia@correo.ugr.es"), ("H", "Lía Prueba Sol")],
        &[("B", &tutor), ("E", "Cuenta"), ("G", "1")],
        &[("B", &tutor), ("E", "Ocupada"), ("G", &busy)],
        &[("B", &tutor), ("E", "Repetida"), ("G", &pau)],
        &[("B", &tutor), ("E", "Sobran"), ("F", "1"), ("G", "a@correo.ugr.es"), ("I", "b@correo.ugr.es")],
        &[("B", &tutor), ("E", "De fuera"), ("G", "x@empresa.example")],
        &[("B", &tutor), ("E", "Profesor"), ("G", &tutor)],
        &[("B", &cora), ("E", "Propio"), ("G", "c@correo.ugr.es")],
        &[("B", &tutor), ("E", "Nadie"), ("G", "00000000T")],
    ]);
    let import = preview(&client, "preassigned_projects", file.clone()).await;
    let told_rows = rows(&client, import.id).await;
    assert_said(&told_rows);
    assert_eq!(
        told(&told_rows),
        [
            (5, O::Create, vec![]),
            (6, O::Create, vec![]),
            (7, O::Error, vec![(C::UnknownValue, "G7")]),
            (8, O::Error, vec![(C::AlreadyAssigned, "G8")]),
            (9, O::Error, vec![(C::Duplicate, "G9")]),
            (10, O::Error, vec![(C::TooManyStudents, "G10")]),
            (11, O::Error, vec![(C::NotInstitutional, "G11")]),
            (12, O::Error, vec![(C::NotAStudent, "G12")]),
            (13, O::Error, vec![(C::NotAllowed, "B13")]),
            (14, O::Error, vec![(C::Unknown, "G14")]),
        ]
    );
    committed(&client, import.id, "valid").await;
    assert_eq!(counts(&mut conn), (before.0 + 2, before.1 + 2, before.2 + 3, before.3 + 1));
    let lia: (String, String, bool) = users::table
        .filter(users::email.eq("lia@correo.ugr.es"))
        .select((users::first_name, users::last_name, users::password_hash.is_null()))
        .first(&mut conn)
        .expect("an account");
    assert_eq!(lia, ("Lía".into(), "Prueba Sol".into(), true));
    let mut kinds: Vec<(String, String)> = outgoing_mails::table
        .select((outgoing_mails::recipient, outgoing_mails::kind))
        .load(&mut conn)
        .expect("mails");
    kinds.sort();
    assert_eq!(kinds.iter().filter(|(_, kind)| kind == "assigned").count(), 5);
    assert!(kinds.contains(&("lia@correo.ugr.es".into(), "set_password".into())));

    let again = preview(&client, "preassigned_projects", file).await;
    assert_eq!((again.summary.unchanged, again.summary.create, again.summary.update), (2, 0, 0));

    // Somebody cancels an assignment: the whole stays.
    world.run("UPDATE assignments SET state = 'cancelled', is_active = false, cancel_reason = 'x', version = 2 WHERE id = (SELECT max(id) FROM assignments)");
    let problem = undo(&client, import.id).await.refused(ErrorCode::ImportBuiltUpon);
    assert_eq!(problem.used_by[0].kind, "changed_assignments");
    world.run("UPDATE assignments SET state = 'active', is_active = true, cancel_reason = NULL, version = 1 WHERE state = 'cancelled'");
    undo(&client, import.id).await.expect_status(200);
    assert_eq!(counts(&mut conn), before);
    let told_again: i64 = outgoing_mails::table
        .filter(outgoing_mails::kind.eq("assignment_cancelled"))
        .count()
        .get_result(&mut conn)
        .expect("a count");
    // Two students who stay, and the tutor of both projects twice.
    assert_eq!(told_again, 4);
}

#[actix_web::test]
async fn a_project_of_the_offer_gets_its_students() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    let ana = world.professor("Ana López Ruiz", lsi);
    world.project("Publicado", gii, ana, "published");
    world.project("Enviado", gii, ana, "submitted");
    let tutor = world.email(ana);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let file = assigned(&[
        &[("B", &tutor), ("E", "publicado"), ("G", "lia@correo.ugr.es")],
        &[("B", &tutor), ("E", "Enviado"), ("G", "leo@correo.ugr.es"), ("M", "Con texto")],
    ]);
    let import = preview(&admin, "preassigned_projects", file).await;
    let told_rows = rows(&admin, import.id).await;
    // A published one is not renamed, not even its capitals.
    assert_eq!(told(&told_rows), [(5, O::Error, vec![(C::InvalidState, "E5")]), (6, O::Update, vec![])]);
    committed(&admin, import.id, "valid").await;
    assert_eq!(counts(&mut conn), (2, 1, 1, 1));
    undo(&admin, import.id).await.expect_status(200);
    assert_eq!(counts(&mut conn), (1, 0, 0, 0));
    let state: String = projects::table
        .filter(projects::title.eq("Enviado"))
        .select(projects::state)
        .first(&mut conn)
        .expect("a state");
    assert_eq!(state, "submitted");
}
