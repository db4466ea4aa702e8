use super::files::windows;
use super::{assert_said, committed, preview, rows, told, undo};
use crate::support::TestApp;
use crate::support::builders::World;
use diesel::prelude::*;
use gestfg::schema::{departments, one_time_links, outgoing_mails, professors, student_degrees, users};
use gestfg_types::errors::{ErrorCode, FieldCode as C};
use gestfg_types::imports::RowOutcome as O;

type Person = (Option<String>, Option<String>, String, String, bool);

fn person(conn: &mut PgConnection, email: &str) -> Person {
    users::table
        .filter(users::email.eq(email))
        .select((users::email, users::dni, users::first_name, users::last_name, users::is_admin))
        .first(conn)
        .expect("the person")
}

#[actix_web::test]
async fn departments_bring_their_areas_and_professors_their_mail() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let admin = app.as_user(World::new(&mut conn).admin("Ada Muestra"));
    let file = windows(
        "codigo;nombre;area\r\nLSI;Lenguajes y Sistemas;\r\nDECSAI;Computación;Computación e IA\r\nALG;Álgebra;computacion e ia\r\n",
    );
    let import = preview(&admin, "departments", file).await;
    let told_rows = rows(&admin, import.id).await;
    assert_said(&told_rows);
    assert_eq!(
        told(&told_rows),
        [
            (2, O::Create, vec![]),
            (3, O::Create, vec![(C::Unknown, "C3")]),
            (4, O::Create, vec![(C::Unknown, "C4")]),
        ]
    );
    committed(&admin, import.id, "all").await;
    let areas: Vec<String> = gestfg::schema::areas::table
        .order(gestfg::schema::areas::id)
        .select(gestfg::schema::areas::name)
        .load(&mut conn)
        .expect("areas");
    assert_eq!(areas, ["Lenguajes y Sistemas", "Computación e IA"]);

    let file = "email;first_name;last_name;is_admin;password;departamento;dni\n\
        Eva.Ruiz@ugr.es;Eva;Ruiz Gil;1;secreta;LSI;\n\
        iker@ugr.es;Iker;Sanz;1;;algebra;12345678Z\n\
        eva@empresa.example;Eva;Otra;0;;LSI;12345678A\n\
        noa@ugr.es;Noa;;0;;XXX;\n";
    let import = preview(&admin, "professors", file.into()).await;
    let ignored: Vec<&str> = import
        .layout
        .columns
        .iter()
        .filter(|c| c.warning == Some(C::IgnoredColumn))
        .map(|c| c.header.as_str())
        .collect();
    assert_eq!(ignored, ["is_admin", "password"]);
    let told_rows = rows(&admin, import.id).await;
    assert_said(&told_rows);
    assert_eq!(
        told(&told_rows),
        [
            (2, O::Create, vec![]),
            (3, O::Create, vec![]),
            (4, O::Error, vec![(C::WrongDniLetter, "G4"), (C::NotInstitutional, "A4")]),
            (5, O::Error, vec![(C::Unknown, "F5"), (C::Required, "C5")]),
        ]
    );
    committed(&admin, import.id, "valid").await;
    assert_eq!(
        person(&mut conn, "eva.ruiz@ugr.es"),
        (Some("eva.ruiz@ugr.es".into()), None, "Eva".into(), "Ruiz Gil".into(), false)
    );
    assert_eq!(person(&mut conn, "iker@ugr.es").1.as_deref(), Some("12345678Z"));
    let mails: Vec<(String, String, String)> = outgoing_mails::table
        .order(outgoing_mails::id)
        .select((outgoing_mails::recipient, outgoing_mails::kind, outgoing_mails::body))
        .load(&mut conn)
        .expect("mails");
    let to: Vec<_> = mails.iter().map(|mail| (mail.0.as_str(), mail.1.as_str())).collect();
    assert_eq!(to, [("eva.ruiz@ugr.es", "set_password"), ("iker@ugr.es", "set_password")]);
    assert!(mails.iter().all(|mail| mail.2.contains("/set-password?token=")));
    let links: i64 = one_time_links::table.count().get_result(&mut conn).expect("links");
    assert_eq!(links, 2);

    // Undone, nobody is left and no mail goes out.
    undo(&admin, import.id).await.expect_status(200);
    let left: (i64, i64, i64) = (
        professors::table.count().get_result(&mut conn).expect("a count"),
        users::table.count().get_result(&mut conn).expect("a count"),
        outgoing_mails::table.count().get_result(&mut conn).expect("a count"),
    );
    assert_eq!(left, (0, 1, 0));
}

#[actix_web::test]
async fn who_is_there_is_recognised_and_never_renamed_behind_their_back() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    world.department("ATC", area);
    let gii = world.degree("GII", "bachelor");
    let ana = world.professor("Ana López", lsi);
    let head = world.head("Héctor Jefe", lsi);
    let pau = world.student("Pau Alumno", &[gii]);
    world.run(&format!("UPDATE users SET dni = '12345678Z' WHERE id = {ana}"));
    let (ana_mail, head_mail, pau_mail) = (world.email(ana), world.email(head), world.email(pau));
    let admin = app.as_user(world.admin("Ada Muestra"));
    let file = format!(
        "email;dni;nombre;apellidos;departamento\n\
         {ana_mail};00000000T;ANA;LOPEZ;ATC\n\
         {head_mail};;Héctor;Jefe;ATC\n\
         {pau_mail};;Pau;Alumno;LSI\n\
         otra@ugr.es;12345678Z;Ana;López;LSI\n"
    );
    let import = preview(&admin, "professors", file.into_bytes()).await;
    let told_rows = rows(&admin, import.id).await;
    assert_said(&told_rows);
    assert_eq!(
        told(&told_rows),
        [
            (2, O::Update, vec![(C::KeptAsIs, "B2")]),
            (3, O::Error, vec![(C::InvalidState, "E3")]),
            (4, O::Error, vec![(C::NotAProfessor, "A4")]),
            (5, O::Unchanged, vec![(C::KeptAsIs, "A5")]),
        ]
    );
    committed(&admin, import.id, "valid").await;
    let (_, dni, first, last, _) = person(&mut conn, &ana_mail);
    assert_eq!((dni.as_deref(), first.as_str(), last.as_str()), (Some("12345678Z"), "Ana", "López"));
    let code: String = professors::table
        .inner_join(departments::table.on(departments::id.eq(professors::department_id)))
        .filter(professors::user_id.eq(ana.0))
        .select(departments::code)
        .first(&mut conn)
        .expect("a department");
    assert_eq!(code, "ATC");
}

#[actix_web::test]
async fn a_coordinator_imports_students_of_their_degree_only() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    let git = world.degree("GIT", "bachelor");
    let coordinator = world.coordinator("Cora Coordina", lsi, gii);
    let elsewhere = world.student("Olga Otra", &[git]);
    let email = world.email(elsewhere);
    let coordinator = app.as_user(coordinator);
    let file = format!(
        "email;dni;nombre;apellidos;titulacion\n\
         pau@correo.ugr.es;;Pau;Prueba;\n\
         ;x1234567l;Sin;Correo;GII\n\
         ;;Sin;Nada;GII\n\
         lia@correo.ugr.es;;Lía;Prueba;GIT\n\
         {email};00000000T;Cambiada;Otra;GII\n\
         max@empresa.example;;Max;Prueba;GII\n"
    );
    let import = preview(&coordinator, "students", file.into_bytes()).await;
    let told_rows = rows(&coordinator, import.id).await;
    assert_said(&told_rows);
    assert_eq!(
        told(&told_rows),
        [
            (2, O::Create, vec![]),
            (3, O::Create, vec![]),
            (4, O::Error, vec![(C::Required, "A4")]),
            (5, O::Error, vec![(C::NotAllowed, "E5")]),
            (6, O::Update, vec![(C::KeptAsIs, "B6"), (C::KeptAsIs, "C6")]),
            (7, O::Error, vec![(C::NotInstitutional, "A7")]),
        ]
    );
    committed(&coordinator, import.id, "valid").await;
    assert_eq!(person(&mut conn, &email).2, "Olga");
    let enrolled: Vec<i64> = student_degrees::table
        .filter(student_degrees::student_id.eq(elsewhere.0))
        .order(student_degrees::degree_id)
        .select(student_degrees::degree_id)
        .load(&mut conn)
        .expect("degrees");
    assert_eq!(enrolled, [gii.0, git.0]);
    let mails: i64 = outgoing_mails::table.count().get_result(&mut conn).expect("a count");
    assert_eq!(mails, 1);

    // Somebody sets a password: their account is not taken away any more.
    world.run("UPDATE users SET password_hash = 'x' WHERE email = 'pau@correo.ugr.es'");
    let problem = undo(&coordinator, import.id).await.refused(ErrorCode::ImportBuiltUpon);
    assert_eq!(problem.used_by[0].kind, "accounts");
    assert_eq!(problem.used_by[0].examples, ["row 2: Pau Prueba"]);
    world.run("UPDATE users SET password_hash = NULL WHERE email = 'pau@correo.ugr.es'");
    undo(&coordinator, import.id).await.expect_status(200);
    let enrolled: i64 = student_degrees::table.count().get_result(&mut conn).expect("a count");
    assert_eq!(enrolled, 1);
}

#[actix_web::test]
async fn a_student_of_two_degrees_has_a_row_for_each() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    world.degree("GII", "bachelor");
    let mii = world.degree("MII", "master");
    let known = world.student("Olga Otra", &[mii]);
    let email = world.email(known);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let file = format!(
        "email;dni;nombre;apellidos;titulacion\n\
         pau@correo.ugr.es;;Pau;Prueba;GII\n\
         {email};;Olga;Otra;MII\n\
         pau@correo.ugr.es;;Pau;Prueba;MII\n\
         {email};;Olga;Otra;GII\n\
         pau@correo.ugr.es;;Pau;Prueba;MII\n\
         {email};;Otro;Nombre;GII\n"
    );
    let import = preview(&admin, "students", file.clone().into_bytes()).await;
    let told_rows = rows(&admin, import.id).await;
    assert_said(&told_rows);
    assert_eq!(
        told(&told_rows),
        [
            (2, O::Create, vec![]),
            (3, O::Unchanged, vec![]),
            (4, O::Create, vec![]),
            (5, O::Update, vec![]),
            (6, O::Error, vec![(C::Duplicate, "A6")]),
            (7, O::Error, vec![(C::Duplicate, "A7")]),
        ]
    );
    committed(&admin, import.id, "valid").await;
    let enrolled = |conn: &mut PgConnection| -> Vec<(String, i64)> {
        student_degrees::table
            .inner_join(users::table.on(users::id.eq(student_degrees::student_id)))
            .group_by(users::first_name)
            .order(users::first_name)
            .select((users::first_name, diesel::dsl::count_star()))
            .load(conn)
            .expect("degrees")
    };
    assert_eq!(enrolled(&mut conn), [("Olga".to_owned(), 2), ("Pau".to_owned(), 2)]);
    let mails: i64 = outgoing_mails::table.count().get_result(&mut conn).expect("a count");
    assert_eq!(mails, 1, "one invitation for one account");
    let again = preview(&admin, "students", file.into_bytes()).await;
    assert_eq!((again.summary.unchanged, again.summary.create, again.summary.update), (4, 0, 0));

    undo(&admin, import.id).await.expect_status(200);
    assert_eq!(enrolled(&mut conn), [("Olga".to_owned(), 1)]);
}
