use super::*;
use crate::sheets;
use ImportField as F;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

/// The offer as the office sends it: a merged note in A1, the header in row 4,
/// data from row 5, a formula in column A that goes on below them.
fn offer() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let fill = |sheet: &mut rust_xlsxwriter::Worksheet| -> Result<(), rust_xlsxwriter::XlsxError> {
        sheet.merge_range(
            0,
            0,
            1,
            8,
            "Oferta de TFG: tutor, tipo y título son obligatorios",
            &Format::new(),
        )?;
        let headers = [
            "NUM.",
            "TUTOR",
            "COTUTOR",
            "TIPO",
            "TÍTULO",
            "Nº ALUMNOS",
            "DESCRIPCIÓN",
            "CONOC. PREV.",
            "HARDW./SOFTW.",
            "is_admin",
        ];
        for (column, header) in (0..).zip(headers) {
            sheet.write_string(3, column, header)?;
        }
        for row in 4..30 {
            sheet.write_formula(row, 0, Formula::new(format!("=ROW()-{row}")).set_result("1"))?;
        }
        for (row, title) in [(4, "Uno"), (6, "Dos"), (7, "Tres")] {
            sheet.write_string(row, 4, title)?;
        }
        sheet.merge_range(4, 1, 7, 1, "ana.prueba@ugr.es", &Format::new())?;
        sheet.write_string(6, 9, "1")?;
        Ok(())
    };
    assert!(fill(sheet).is_ok());
    workbook.save_to_buffer().unwrap_or_default()
}

fn book(bytes: &[u8]) -> Book {
    match sheets::read(bytes, None) {
        Ok(book) => book,
        Err(error) => panic!("{error}"),
    }
}

fn understood(bytes: &[u8], kind: ImportKind, options: &ImportOptions) -> Understood {
    match understand(&book(bytes), kind, options, |_| None) {
        Ok(understood) => understood,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_offer_is_found_below_its_note() {
    let bytes = offer();
    let found = understood(&bytes, ImportKind::Projects, &ImportOptions::default());
    assert_eq!(found.layout.header_row, Some(4));
    assert_eq!((found.layout.first_row, found.layout.last_row), (5, 30));
    assert!(found.layout.missing.is_empty());
    let letter = |field| found.columns.get(&field).map(|column| column_letter(*column));
    for (field, expected) in [(F::Tutor, "B"), (F::Title, "E"), (F::StudentCount, "F"), (F::Resources, "I")] {
        assert_eq!(letter(field).as_deref(), Some(expected));
    }
    let admin = found.layout.columns.iter().find(|column| column.letter == "J");
    assert_eq!(admin.and_then(|column| column.warning), Some(FieldCode::IgnoredColumn));

    let rows = data_rows(&book(&bytes).sheet, &found).unwrap_or_default();
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 7, 8]);
    assert!(
        rows.iter().all(|row| row.values.get(&F::Tutor).is_some_and(|tutor| tutor == "ana.prueba@ugr.es"))
    );
}

#[test]
fn a_person_can_say_where_things_are() {
    let options = ImportOptions {
        first_row: Some(7),
        last_row: Some(7),
        mapping: Some([(F::Title, "e".to_owned()), (F::Tutor, "B".to_owned())].into()),
        ..ImportOptions::default()
    };
    let bytes = offer();
    let found = understood(&bytes, ImportKind::Projects, &options);
    let rows = data_rows(&book(&bytes).sheet, &found).unwrap_or_default();
    assert_eq!(rows.len(), 1);
    assert_eq!(found.columns.len(), 2);
}

#[test]
fn senseless_options_are_refused_at_their_place() {
    let bytes = offer();
    let refused = |options: ImportOptions, kind| match understand(&book(&bytes), kind, &options, |_| None) {
        Err(LayoutError::Option(pointer, _)) => pointer,
        other => panic!("{other:?}"),
    };
    let mapping = |pairs: &[(F, &str)]| ImportOptions {
        mapping: Some(pairs.iter().map(|(field, letter)| (*field, (*letter).to_owned())).collect()),
        ..ImportOptions::default()
    };
    assert_eq!(refused(mapping(&[(F::Title, "1")]), ImportKind::Projects), "/options/mapping/title");
    assert_eq!(
        refused(mapping(&[(F::Title, "B"), (F::Tutor, "B")]), ImportKind::Projects),
        "/options/mapping/title"
    );
    assert_eq!(refused(mapping(&[(F::Title, "B")]), ImportKind::Degrees), "/options/mapping/title");
    let rows = |header, first, last| ImportOptions {
        header_row: header,
        first_row: first,
        last_row: last,
        ..ImportOptions::default()
    };
    assert_eq!(refused(rows(Some(4), Some(3), None), ImportKind::Projects), "/options/first_row");
    assert_eq!(refused(rows(None, Some(9), Some(8)), ImportKind::Projects), "/options/last_row");
}

#[test]
fn a_remembered_mapping_is_used_for_the_same_header_only() {
    let bytes = offer();
    let first = understood(&bytes, ImportKind::Projects, &ImportOptions::default());
    let again = understand(&book(&bytes), ImportKind::Projects, &ImportOptions::default(), |hash| {
        (Some(hash) == first.header_hash.as_deref()).then(|| [(F::Title, "G".to_owned())].into())
    });
    assert!(again.is_ok_and(|found| found.layout.remembered && found.layout.missing == [F::Tutor]));
    let other = understood(b"codigo;nombre\nX;Y", ImportKind::Departments, &ImportOptions::default());
    assert_ne!(other.header_hash, first.header_hash);
}

#[test]
fn without_a_header_everything_is_missing() {
    let found = understood(b"1;2\n3;4", ImportKind::Degrees, &ImportOptions::default());
    assert_eq!(found.layout.header_row, None);
    assert_eq!(found.layout.missing, ImportKind::Degrees.required_fields());
    assert_eq!(data_rows(&book(b"1;2\n3;4").sheet, &found).map(|rows| rows.len()), Ok(0));
}

proptest! {
    #[test]
    fn any_table_is_understood_or_refused(
        text in "([a-zñ;\" ]{0,20}\n){1,12}",
        header in proptest::option::of(0_u32..20),
        first in proptest::option::of(0_u32..20),
        last in proptest::option::of(0_u32..20),
        kind in 0_usize..6,
    ) {
        if let Ok(book) = sheets::read(text.as_bytes(), None) {
            let options = ImportOptions { header_row: header, first_row: first, last_row: last, ..ImportOptions::default() };
            if let Ok(found) = understand(&book, ImportKind::ALL[kind], &options, |_| None) {
                let rows = data_rows(&book.sheet, &found);
                prop_assert!(rows.is_ok_and(|rows| rows.iter().all(|row| row.number >= found.layout.first_row && row.number <= found.layout.last_row)));
            }
        }
    }

    #[test]
    fn columns_may_come_in_any_order(order in Just(vec!["codigo", "nombre", "area"]).prop_shuffle()) {
        let text = format!("{}\n{}\n", order.join(";"), order.join(";").to_uppercase());
        let found = understood(text.as_bytes(), ImportKind::Departments, &ImportOptions::default());
        prop_assert_eq!(found.layout.header_row, Some(1));
        for (field, name) in [(F::Code, "codigo"), (F::Name, "nombre"), (F::Area, "area")] {
            prop_assert_eq!(found.columns.get(&field).map(|at| order[usize::from(*at)]), Some(name));
        }
    }
}
