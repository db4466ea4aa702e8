//! Files as the office sends them.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};

/// Cells of a row: column letter and text.
pub type Cells<'a> = &'a [(&'a str, &'a str)];

fn column(letter: &str) -> u16 {
    gestfg::sheets::column_index(letter).expect("a column letter")
}

/// An XLSX file, filled by hand.
pub fn workbook(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet()).expect("a sheet");
    workbook.save_to_buffer().expect("a file")
}

/// A merged note in A1, the header in row 4, data from row 5 (row by row, blank
/// ones included), a formula in column A that goes on below the data.
fn noted(headers: &[&str], rows: &[Cells<'_>]) -> Vec<u8> {
    workbook(|sheet| {
        let note = "Oferta de TFG. Rellene una fila por proyecto. El tutor es obligatorio.";
        sheet.merge_range(0, 0, 0, 8, note, &Format::new().set_text_wrap())?;
        for (at, header) in (0..).zip(headers) {
            sheet.write_string(3, at, *header)?;
        }
        for row in 4..u32::try_from(rows.len()).expect("few rows") + 24 {
            let number = (row - 3).to_string();
            sheet.write_formula(row, 0, Formula::new("=ROW()-4").set_result(number))?;
        }
        for (row, cells) in (4..).zip(rows) {
            for (letter, text) in *cells {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column(letter), number)?,
                    Err(_) => sheet.write_string(row, column(letter), *text)?,
                };
            }
        }
        Ok(())
    })
}

/// An offer of projects, columns B to I as everybody knows them.
pub fn offer(rows: &[Cells<'_>]) -> Vec<u8> {
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
        "TITULACIÓN",
    ];
    noted(&headers, rows)
}

/// Projects with their students: G, I and K are students, H, J and L their names.
pub fn assigned(rows: &[Cells<'_>]) -> Vec<u8> {
    let headers = [
        "NUM.",
        "TUTOR",
        "COTUTOR",
        "TIPO",
        "TÍTULO",
        "Nº ALUMNOS",
        "ALUMNO 1",
        "NOMBRE ALUMNO 1",
        "ALUMNO 2",
        "NOMBRE ALUMNO 2",
        "ALUMNO 3",
        "NOMBRE ALUMNO 3",
        "DESCRIPCIÓN",
        "CONOC. PREV.",
        "HARDW./SOFTW.",
        "TITULACIÓN",
    ];
    noted(&headers, rows)
}

/// The same text as Windows programs of Spain save it.
pub fn windows(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

/// With the mark some programs put before UTF-8.
pub fn marked(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").into_bytes()
}
