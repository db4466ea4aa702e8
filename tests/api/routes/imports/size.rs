use super::{committed, expect_import, preview, undo, upload};
use crate::support::TestApp;
use crate::support::builders::World;
use diesel::prelude::*;
use gestfg_types::errors::ErrorCode;
use serde_json::json;
use std::fmt::Write;

fn students(count: usize) -> Vec<u8> {
    let mut text = "email;dni;nombre;apellidos;titulacion\n".to_owned();
    for n in 0..count {
        writeln!(text, "alumno.{n}@correo.ugr.es;;Nombre {n};Apellido {n};GII").expect("memory");
    }
    text.into_bytes()
}

#[actix_web::test]
async fn fifty_thousand_rows_go_in_and_out_and_one_more_does_not() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    world.degree("GII", "bachelor");
    let admin = app.as_user(world.admin("Ada Muestra"));
    let answer = upload(&admin, "students", "alumnos.csv", students(50_000), json!({})).await;
    let import = expect_import(&answer);
    assert_eq!(import.summary.create, 50_000);
    let done = committed(&admin, import.id, "all").await;
    assert_eq!(done.import.summary.create, 50_000);
    let stored: i64 = gestfg::schema::students::table.count().get_result(&mut conn).expect("a count");
    assert_eq!(stored, 50_000);
    let again = preview(&admin, "students", students(50_000)).await;
    assert_eq!(again.summary.unchanged, 50_000);
    undo(&admin, import.id).await.expect_status(200);
    let stored: i64 = gestfg::schema::students::table.count().get_result(&mut conn).expect("a count");
    assert_eq!(stored, 0);
    upload(&admin, "students", "alumnos.csv", students(50_001), json!({})).await.refused(ErrorCode::TooLarge);
}
