use super::files::{Cells, offer};
use super::{assert_said, preview, rows, told, upload, value};
use crate::support::TestApp;
use crate::support::builders::World;
use diesel::prelude::*;
use gestfg_types::errors::FieldCode as C;
use gestfg_types::imports::{Import, ImportField, ImportSummary, RowOutcome as O};
use gestfg_types::pagination::Page;
use serde_json::json;

#[actix_web::test]
async fn an_offer_is_understood_and_every_row_told() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Lenguajes");
    let lsi = world.department("LSI", area);
    let gii = world.degree("GII", "bachelor");
    world.degree("GIT", "bachelor");
    let ana = world.professor("Ana López Ruiz", lsi);
    world.professor("Luis Gil Mora", lsi);
    world.professor("Luis Gil Mora", lsi);
    let email = world.email(ana);
    let near = email.replace("ana", "anna");
    let admin = app.as_user(world.admin("Ada Muestra"));
    world.project("Ya publicado", gii, ana, "published");

    let file = offer(&[
        &[("B", &email), ("D", "T1"), ("E", "Un compilador"), ("F", "2"), ("G", "Se escribe."), ("J", "gii")],
        &[("B", "López Ruiz, Ana"), ("E", "Un enlazador"), ("J", "Titulación GII")],
        &[],
        &[("B", "Luis Gil Mora"), ("E", "Dos personas"), ("J", "GII")],
        &[("B", &near), ("E", "Nadie así"), ("J", "GII")],
        &[("E", "Sin tutor"), ("J", "GII")],
        &[("B", &email), ("E", "UN  Compilador"), ("J", "GII")],
        &[("B", &email), ("E", "Muchos"), ("F", "4"), ("J", "GII")],
        &[("B", &email), ("C", &email), ("E", "Conmigo"), ("J", "GII")],
        &[("B", &email), ("E", "Sin titulación")],
        &[("B", &email), ("E", "ya   publicado"), ("G", "Otra cosa"), ("J", "GII")],
    ]);
    let import = preview(&admin, "projects", file).await;
    assert_eq!(import.layout.header_row, Some(4));
    assert_eq!(import.layout.first_row, 5);
    let taken: Vec<_> =
        import.layout.columns.iter().map(|c| (c.letter.as_str(), c.field.is_some())).collect();
    assert_eq!(taken.len(), 10);
    assert!(taken.iter().all(|(_, taken)| *taken));

    let rows = rows(&admin, import.id).await;
    assert_said(&rows);
    assert_eq!(
        told(&rows),
        [
            (5, O::Create, vec![]),
            (6, O::Create, vec![]),
            (8, O::Error, vec![(C::Ambiguous, "B8")]),
            (9, O::Error, vec![(C::Unknown, "B9")]),
            (10, O::Error, vec![(C::Required, "B10")]),
            (11, O::Error, vec![(C::Duplicate, "E11")]),
            (12, O::Error, vec![(C::OutOfRange, "F12")]),
            (13, O::Error, vec![(C::SamePerson, "C13")]),
            (14, O::Error, vec![(C::Required, "J14")]),
            (15, O::Error, vec![(C::InvalidState, "E15")]),
        ]
    );
    assert_eq!(rows[2].problems[0].suggestions.len(), 2);
    assert_eq!(rows[3].problems[0].suggestions, [format!("Ana López Ruiz <{email}>")]);
    assert_eq!(value(&rows[0], ImportField::StudentCount), "2");
    assert_eq!(
        import.summary,
        ImportSummary { rows: 10, create: 2, update: 0, unchanged: 0, error: 8, warning: 0 }
    );

    let errors: Page<serde_json::Value> =
        admin.get(&format!("/imports/{}/rows?outcome=error&limit=3", import.id)).await.expect(200);
    assert_eq!((errors.total, errors.items.len()), (8, 3));
    let next = errors.next_cursor.expect("a next page");
    let more = admin.get(&format!("/imports/{}/rows?outcome=error&limit=3&cursor={next}", import.id)).await;
    assert_eq!(more.expect::<Page<serde_json::Value>>(200).items[0]["row"], 11);
    let warned: Page<serde_json::Value> =
        admin.get(&format!("/imports/{}/rows?problem=warning", import.id)).await.expect(200);
    assert_eq!(warned.total, 0);

    // Nothing was changed by looking.
    let projects: i64 = gestfg::schema::projects::table.count().get_result(&mut app.conn()).expect("a count");
    assert_eq!(projects, 1);
}

#[actix_web::test]
async fn a_person_corrects_the_reading_and_is_remembered() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    // Two headers are the wrong way round, and a total stands below the data.
    let file = b"nombre;codigo;area;is_admin\nLSI;Lenguajes y Sistemas;Lenguajes;1\nATC;Arquitectura;;1\nTotal;2;;\n";
    let wrong = preview(&admin, "departments", file.to_vec()).await;
    assert_eq!(wrong.summary.error, 0);
    let warning = wrong.layout.columns.iter().find(|column| column.header == "is_admin").expect("a column");
    assert_eq!((warning.field, warning.warning), (None, Some(C::IgnoredColumn)));

    let options = json!({ "mapping": { "code": "A", "name": "B", "area": "c" }, "last_row": 3 });
    let right: Import = admin.post(&format!("/imports/{}/preview", wrong.id), &options).await.expect(200);
    assert_eq!((right.id, right.summary.rows, right.summary.create), (wrong.id, 2, 2));
    super::committed(&admin, right.id, "all").await;

    let again = preview(&admin, "departments", file.to_vec()).await;
    assert!(again.layout.remembered);
    assert_eq!((again.summary.unchanged, again.summary.create), (2, 1));
    let answer = admin.post(&format!("/imports/{}/preview", right.id), &options).await;
    answer.refused(gestfg_types::errors::ErrorCode::ImportAlreadyDecided);
}

#[actix_web::test]
async fn the_report_is_the_sheet_with_what_is_wrong_and_no_formula() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let file: Vec<u8> =
        "Nota\n\ncodigo;nombre;nivel\nGII;=HYPERLINK(\"x\");grado\nMII;Máster;tercero\n".into();
    let answer = upload(&admin, "degrees", "C:\\datos\\titulación 1.csv", file, json!({})).await;
    let import: Import = answer.expect(201);
    let answer = admin.get(&format!("/imports/{}/report", import.id)).await;
    answer.expect_status(200);
    let disposition = answer.header("content-disposition");
    assert!(disposition.contains("filename=\"titulaci_n 1-errores.xlsx\""), "{disposition}");
    assert!(disposition.contains("filename*=UTF-8''titulaci%C3%B3n%201%2Derrores.xlsx"), "{disposition}");
    let book = gestfg::sheets::read(&answer.body, None).expect("a spreadsheet");
    let row = |number| book.sheet.row(number).expect("a row");
    assert_eq!(row(1).cell(0), "Nota");
    assert_eq!(row(3).cell(3), "Errores");
    assert_eq!(row(4).cell(1), "'=HYPERLINK(\"x\")");
    assert_eq!(row(4).cell(3), "");
    assert!(row(5).cell(3).starts_with("C5: El nivel es «grado» o «máster»"), "{}", row(5).cell(3));

    // Corrected and sent back, the neutral text reads as it was.
    let second = upload(&admin, "degrees", "informe.xlsx", answer.body, json!({})).await;
    let second: Import = second.expect(201);
    let rows = rows(&admin, second.id).await;
    assert_eq!(value(&rows[0], ImportField::Name), "=HYPERLINK(\"x\")");
}

#[actix_web::test]
async fn every_template_comes_back_understood() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    for kind in gestfg_types::imports::ImportKind::ALL {
        let answer = admin.get(&format!("/imports/templates/{}", kind.as_str())).await;
        answer.expect_status(200);
        let import = preview(&admin, kind.as_str(), answer.body).await;
        assert_eq!((import.summary.rows, import.layout.missing.len()), (0, 0), "{kind:?}");
    }
    admin.get("/imports/templates/nothing").await.refused(gestfg_types::errors::ErrorCode::NotFound);
}

#[actix_web::test]
async fn the_same_values_are_found_in_every_format() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let text = "código;nombre;nivel\r\nGII;Ingeniería, informática;Grado\r\n\r\nMEI;\"Máster; en ingeniería\";MÁSTER\r\n";
    let cells: [Cells<'_>; 3] = [
        &[("A", "código"), ("B", "nombre"), ("C", "nivel")],
        &[("A", "GII"), ("B", "Ingeniería, informática"), ("C", "Grado")],
        &[("A", "MEI"), ("B", "Máster; en ingeniería"), ("C", "MÁSTER")],
    ];
    let xlsx = super::files::workbook(|sheet| {
        for (row, cells) in [0, 1, 3].into_iter().zip(cells) {
            for (column, (_, text)) in (0..).zip(cells) {
                sheet.write_string(row, column, *text)?;
            }
        }
        Ok(())
    });
    let files = [
        ("plain", text.as_bytes().to_vec()),
        ("bom", super::files::marked(text)),
        ("windows", super::files::windows(text)),
        (
            "tabs",
            text.replace("\"Máster; en ingeniería\"", "Máster; en ingeniería")
                .replace(";MÁ", "\tMÁ")
                .replace("MEI;", "MEI\t")
                .replace(";Grado", "\tGrado")
                .replace("GII;", "GII\t")
                .replace("código;nombre;", "código\tnombre\t")
                .into_bytes(),
        ),
        ("xlsx", xlsx),
    ];
    let mut seen = None;
    for (name, file) in files {
        let import = preview(&admin, "degrees", file).await;
        let rows = rows(&admin, import.id).await;
        assert_eq!(told(&rows), [(2, O::Create, vec![]), (4, O::Create, vec![])], "{name}");
        let values: Vec<_> = rows.into_iter().map(|row| row.values).collect();
        assert_eq!(*seen.get_or_insert_with(|| values.clone()), values, "{name}");
    }
}

#[actix_web::test]
async fn a_workbook_of_old_excel_is_read() {
    let app = TestApp::start();
    let admin = app.as_user(World::new(&mut app.conn()).admin("Ada Muestra"));
    let file = include_bytes!("../../../../api/src/sheets/sample.xls").to_vec();
    let import = preview(&admin, "projects", file).await;
    assert_eq!((import.layout.header_row, import.layout.first_row), (Some(4), 5));
    assert_eq!((import.summary.rows, import.summary.error), (296, 296));
    let rows = rows(&admin, import.id).await;
    assert_eq!(value(&rows[0], ImportField::Title), "Título con eñe y € largo");
    assert_eq!(value(&rows[0], ImportField::StudentCount), "2");
}
