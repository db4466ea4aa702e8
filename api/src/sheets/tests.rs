use super::write::{AddedColumn, neutral, neutral_in_csv, plain};
use super::*;
use proptest::prelude::*;
use rust_xlsxwriter::{Format as CellFormat, Formula, Workbook};
use std::io::Write as _;

fn xlsx(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap_or_default()
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, body) in parts {
        assert!(zip.start_file(*name, zip::write::SimpleFileOptions::default()).is_ok());
        assert!(zip.write_all(body).is_ok());
    }
    zip.finish().map(std::io::Cursor::into_inner).unwrap_or_default()
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet><table:table table:name=\"Hoja1\">{table}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}

fn cells(bytes: &[u8]) -> Vec<(u32, Vec<(u16, String)>)> {
    match read(bytes, None) {
        Ok(book) => book.sheet.rows.into_iter().map(|row| (row.number, row.cells)).collect(),
        Err(error) => panic!("{error}"),
    }
}

fn row(number: u32, texts: &[(u16, &str)]) -> (u32, Vec<(u16, String)>) {
    (number, texts.iter().map(|(at, text)| (*at, (*text).to_owned())).collect())
}

#[test]
fn csv_is_read_under_every_separator_and_encoding() {
    let expected = vec![
        row(1, &[(0, "codigo"), (1, "nombre")]),
        row(3, &[(0, "LSI"), (1, "Informática; y, más\nlíneas")]),
    ];
    for (separator, text) in [(';', "codigo;nombre"), (',', "codigo,nombre"), ('\t', "codigo\tnombre")] {
        let text = format!("{text}\r\n\r\nLSI{separator}\"Informática; y, más\r\nlíneas\"\r\n");
        assert_eq!(cells(text.as_bytes()), expected, "{separator:?} UTF-8");
        assert_eq!(cells(format!("\u{feff}{text}").as_bytes()), expected, "{separator:?} BOM");
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        assert_eq!(cells(&latin), expected, "{separator:?} Windows-1252");
        let wide: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells(&wide), expected, "{separator:?} UTF-16");
    }
}

#[test]
fn csv_says_where_a_quote_stays_open() {
    assert_eq!(read(b"a;b\nc;\"d\n", None), Err(SheetError::OpenQuote(2)));
}

#[test]
fn csv_obeys_the_separator_line_and_counts_it() {
    assert_eq!(cells(b"sep=|\na|b\n"), vec![row(2, &[(0, "a"), (1, "b")])]);
}

#[test]
fn xlsx_shows_what_a_person_sees() {
    let bytes = xlsx(|sheet| {
        let date = CellFormat::new().set_num_format("dd/mm/yyyy");
        let note = CellFormat::new();
        assert!(sheet.merge_range(0, 0, 0, 8, "A note over everything", &note).is_ok());
        assert!(sheet.write_number(3, 0, 3.0).is_ok());
        assert!(sheet.write_number(3, 1, 0.1 + 0.2).is_ok());
        assert!(sheet.write_number_with_format(3, 2, 46000.0, &date).is_ok());
        assert!(sheet.write_formula(3, 3, Formula::new("=ROW()-3").set_result("1")).is_ok());
        assert!(sheet.write_boolean(3, 4, true).is_ok());
        assert!(sheet.write_string(3, 5, "  con espacios\r\n ").is_ok());
        assert!(sheet.write_string(3, 6, "   ").is_ok());
    });
    assert_eq!(
        cells(&bytes),
        vec![
            row(1, &[(0, "A note over everything")]),
            row(
                4,
                &[(0, "3"), (1, "0.3"), (2, "09/12/2025"), (3, "1"), (4, "VERDADERO"), (5, "con espacios")]
            ),
        ]
    );
    assert_eq!(
        read(&bytes, None).map(|book| book.sheet.merges),
        Ok(vec![Area { top: 1, left: 0, bottom: 1, right: 8 }])
    );
}

#[test]
fn the_first_sheet_with_something_is_read_and_a_named_one_when_asked() {
    let mut workbook = Workbook::new();
    assert!(workbook.add_worksheet().set_name("Vacía").is_ok());
    for name in ["Oferta", "Otra"] {
        let sheet = workbook.add_worksheet();
        assert!(sheet.set_name(name).is_ok() && sheet.write_string(0, 0, name).is_ok());
    }
    let bytes = workbook.save_to_buffer().unwrap_or_default();
    let name = |sheet| read(&bytes, sheet).map(|book| book.sheet.name);
    assert_eq!(name(None), Ok("Oferta".to_owned()));
    assert_eq!(name(Some("Otra")), Ok("Otra".to_owned()));
    assert_eq!(name(Some("Ninguna")), Err(SheetError::NoSuchSheet("Ninguna".to_owned())));
}

#[test]
fn ods_is_read_with_its_repetitions() {
    let bytes = ods(
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><office:annotation><text:p>nota</text:p></office:annotation><text:p>Uno &amp; <text:span>dos</text:span></text:p><text:p>tres</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"2\"><text:p>2,00</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2026-05-01\"><text:p>1 mayo</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell/></table:table-row>",
    );
    assert_eq!(cells(&bytes), vec![row(4, &[(2, "Uno & dos\ntres"), (3, "2"), (4, "01/05/2026")])]);
    assert_eq!(
        read(&bytes, None).map(|book| book.sheet.merges),
        Ok(vec![Area { top: 4, left: 2, bottom: 5, right: 2 }])
    );
}

#[test]
fn repetitions_and_shared_texts_cannot_fill_the_memory() {
    let cell = "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
    let rows =
        ods(&format!("<table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row>"));
    assert_eq!(read(&rows, None).map(|_| ()), Err(SheetError::TooManyRows));
    let wide = cell.replace("table-cell office", "table-cell table:number-columns-repeated=\"16000\" office");
    assert_eq!(
        read(&ods(&format!("<table:table-row>{wide}</table:table-row>")), None).map(|_| ()),
        Err(SheetError::TooManyColumns)
    );
    let long = "x".repeat(30_000);
    let shared = xlsx(|sheet| {
        for row in 0..3_000 {
            assert!(sheet.write_string(row, 0, &long).is_ok());
        }
    });
    assert!(shared.len() < 200_000);
    assert_eq!(read(&shared, None).map(|_| ()), Err(SheetError::TooMuchText));
}

#[test]
fn a_zip_bomb_is_refused_by_its_directory_and_by_counting() {
    let zeros = vec![b' '; 80 * 1024 * 1024];
    let bomb = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 200_000);
    assert_eq!(read(&bomb, None), Err(SheetError::Inflates));
    // The same, with a directory that says each part is tiny.
    let size = (zeros.len() as u32).to_le_bytes();
    let mut liar = bomb;
    while let Some(at) = liar.windows(4).position(|window| window == size) {
        liar[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert!(matches!(read(&liar, None), Err(SheetError::Inflates | SheetError::Damaged(_))));
}

#[test]
fn what_is_no_spreadsheet_is_refused_with_a_sentence() {
    let doctype = b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
    for (bytes, error) in [
        (b"".to_vec(), SheetError::Empty),
        (b" \r\n".to_vec(), SheetError::Empty),
        (b"%PDF-1.7 ...".to_vec(), SheetError::NotASpreadsheet),
        (vec![0x89, b'P', b'N', b'G', 0, 1, 2], SheetError::NotASpreadsheet),
        (b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), SheetError::WebPage),
        (zipped(&[("word/document.xml", b"<x/>")]), SheetError::NotASpreadsheet),
        (zipped(&[("xl/workbook.bin", b"x")]), SheetError::BinaryWorkbook),
        (zipped(&[("[Content_Types].xml", doctype)]), SheetError::Entities),
    ] {
        assert_eq!(read(&bytes, None), Err(error.clone()));
        assert!(error.to_string().ends_with('.'));
    }
    let whole = xlsx(|sheet| assert!(sheet.write_string(0, 0, "x").is_ok()));
    assert!(matches!(read(&whole[..whole.len() / 2], None), Err(SheetError::Damaged(_))));
}

#[test]
fn letters_and_indexes_agree() {
    for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (255, "IV")] {
        assert_eq!(column_letter(index), letters);
        assert_eq!(column_index(letters), Some(index));
    }
    for bad in ["", "IW", "A1", "ÁA", "AAAA"] {
        assert_eq!(column_index(bad), None, "{bad}");
    }
}

#[test]
fn a_sheet_given_back_has_its_cells_in_place_and_no_formula() {
    let book = read(b"Nota;;\n;;\ncodigo;nombre;area\nLSI;=1+1;\n", None);
    let Ok(book) = book else { panic!("{book:?}") };
    let added = AddedColumn {
        header: "Errores",
        header_row: Some(3),
        texts: [(4, "-no".to_owned())].into(),
        marked: vec![(4, 1), (4, 2)],
    };
    let bytes = write::with_column(&book.sheet, &added).unwrap_or_default();
    assert_eq!(
        cells(&bytes),
        vec![
            row(1, &[(0, "Nota")]),
            row(3, &[(0, "codigo"), (1, "nombre"), (2, "area"), (3, "Errores")]),
            row(4, &[(0, "LSI"), (1, "'=1+1"), (3, "'-no")]),
        ]
    );
    assert_eq!(plain("'=1+1"), "=1+1");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes, None);
    }

    #[test]
    fn no_damage_makes_it_panic(at in 0_usize..100_000, byte: u8, kind in 0..3) {
        let mut bytes = match kind {
            0 => xlsx(|sheet| { let _ = sheet.write_string(2, 1, "texto"); let _ = sheet.write_number(3, 1, 4.5); }),
            1 => ods("<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>"),
            _ => include_bytes!("sample.xls").to_vec(),
        };
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(&bytes, None);
    }

    #[test]
    fn damaged_compound_files_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 504..3000)) {
        let mut file = compound::SIGNATURE.to_vec();
        file.extend(bytes);
        file[30] = 9;
        file[31] = 0;
        let _ = read(&file, None);
    }

    #[test]
    fn a_grid_survives_csv_and_xlsx(grid in proptest::collection::vec(proptest::collection::vec("[ -~áéñÑ€\n\"';,]{0,12}", 3), 1..8)) {
        let lines = grid.iter().map(|row| row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(";"));
        let mut text = "uno;dos;tres\n".to_owned();
        text.extend(lines.map(|line| line + "\n"));
        let book = xlsx(|sheet| {
            for (column, head) in ["uno", "dos", "tres"].into_iter().enumerate() { let _ = sheet.write_string(0, column as u16, head); }
            for (number, row) in grid.iter().enumerate() {
                for (column, cell) in row.iter().enumerate() { let _ = sheet.write_string(number as u32 + 1, column as u16, cell); }
            }
        });
        prop_assert_eq!(cells(text.as_bytes()), cells(&book));
    }

    #[test]
    fn neutral_texts_are_no_formulas_and_come_back(text in "[=+@\t\r'-]{0,2}[a-z0-9]{0,5}") {
        let safe = neutral(&text);
        prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
        if !text.starts_with('\'') { prop_assert_eq!(plain(&safe), text.as_str()); }
    }

    #[test]
    fn no_separator_begins_a_formula_and_texts_come_back(text in "([=+@ \";\n-]|[a-z,]){0,12}") {
        let safe = neutral_in_csv(&text);
        for cell in safe.split([';', '\n']) {
            prop_assert!(!cell.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@']), "{safe:?}");
        }
        prop_assert_eq!(plain(&safe), text.as_str());
    }
}

#[test]
fn xls_is_read() {
    let sheet = read(include_bytes!("sample.xls"), None);
    let Ok(book) = sheet else { panic!("{sheet:?}") };
    assert_eq!(book.sheets, ["Oferta", "Otra"]);
    let rows: Vec<_> = book.sheet.rows.into_iter().map(|row| (row.number, row.cells)).collect();
    assert_eq!(rows[0], row(1, &[(0, "Oferta de TFG. Rellene desde la fila 5.")]));
    assert_eq!(rows[1].0, 4);
    assert_eq!(
        rows[2],
        row(
            5,
            &[
                (0, "1"),
                (1, "ana.prueba@ugr.es"),
                (3, "T1"),
                (4, "Título con eñe y € largo"),
                (5, "2"),
                (6, "0.3"),
                (7, "09/12/2025")
            ]
        )
    );
    assert_eq!(book.sheet.merges, [Area { top: 1, left: 0, bottom: 1, right: 8 }]);
}
