use super::files::offer;
use super::{committed, preview, undo};
use crate::support::TestApp;
use crate::support::builders::World;
use diesel::prelude::*;
use gestfg::schema::{areas, audit_log, degrees, departments, projects};
use gestfg_types::errors::ErrorCode;
use gestfg_types::imports::{Import, ImportState};

#[actix_web::test]
async fn master_data_comes_and_goes_as_a_whole() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    world.department("LSI", area);
    world.degree("GII", "bachelor");
    let admin = app.as_user(world.admin("Ada Muestra"));
    let departments_file = "codigo;nombre;area\nLSI;Otro nombre;Nueva\nATC;Arquitectura;Nueva\n";
    let import = preview(&admin, "departments", departments_file.into()).await;
    assert_eq!((import.summary.update, import.summary.create), (1, 1));
    committed(&admin, import.id, "all").await;
    let names = |conn: &mut PgConnection| -> Vec<String> {
        departments::table.order(departments::id).select(departments::name).load(conn).expect("departments")
    };
    assert_eq!(names(&mut conn), ["Otro nombre", "Arquitectura"]);

    // A professor arrives in the new department.
    let atc: i64 = departments::table
        .filter(departments::code.eq("ATC"))
        .select(departments::id)
        .first(&mut conn)
        .expect("an id");
    let ana = world.professor("Ana López", gestfg_types::ids::DepartmentId(atc));
    let problem = undo(&admin, import.id).await.refused(ErrorCode::ImportBuiltUpon);
    assert_eq!(
        (problem.used_by[0].kind.as_str(), &problem.used_by[0].examples[..]),
        ("professors", &["row 3: ATC".to_owned()][..])
    );
    assert_eq!(names(&mut conn), ["Otro nombre", "Arquitectura"]);
    world.run(&format!("DELETE FROM professors WHERE user_id = {ana}"));

    let undone: Import = undo(&admin, import.id).await.expect(200);
    assert_eq!(undone.state, ImportState::Undone);
    assert!(undone.allowed_actions.is_empty());
    assert_eq!(names(&mut conn), ["Departamento LSI"]);
    let left: i64 = areas::table.count().get_result(&mut conn).expect("a count");
    assert_eq!(left, 1);
    undo(&admin, import.id).await.refused(ErrorCode::ImportAlreadyDecided);
    super::commit(&admin, import.id, "all").await.refused(ErrorCode::ImportAlreadyDecided);
    let noted: i64 = audit_log::table
        .filter(audit_log::action.eq("import.undo"))
        .count()
        .get_result(&mut conn)
        .expect("a count");
    assert_eq!(noted, 1);

    let import =
        preview(&admin, "degrees", "codigo;nombre;nivel\nGII;Informática;máster\nMII;Máster;master\n".into())
            .await;
    committed(&admin, import.id, "all").await;
    undo(&admin, import.id).await.expect_status(200);
    let levels: Vec<(String, String)> =
        degrees::table.select((degrees::code, degrees::level)).load(&mut conn).expect("degrees");
    assert_eq!(levels, [("GII".to_owned(), "bachelor".to_owned())]);
}

#[actix_web::test]
async fn a_project_somebody_edited_stays_and_so_do_the_others() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    world.degree("GII", "bachelor");
    let ana = world.professor("Ana López", lsi);
    let email = world.email(ana);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let import =
        preview(&admin, "projects", offer(&[&[("B", &email), ("E", "Uno")], &[("B", &email), ("E", "Dos")]]))
            .await;
    committed(&admin, import.id, "all").await;
    world.run("UPDATE projects SET state = 'validated', version = version + 1 WHERE title = 'Dos'");
    let problem = undo(&admin, import.id).await.refused(ErrorCode::ImportBuiltUpon);
    assert_eq!(problem.used_by.len(), 1);
    assert_eq!((problem.used_by[0].kind.as_str(), problem.used_by[0].count), ("changes", 1));
    assert_eq!(problem.used_by[0].examples, ["row 6: Dos"]);
    let left: i64 = projects::table.count().get_result(&mut conn).expect("a count");
    assert_eq!(left, 2);
}
