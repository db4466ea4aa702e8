//! Choices and records as they stand in a spreadsheet.

use crate::import::fold::header_words;
use crate::sheets::write::plain;
use crate::sheets::{Row, Sheet, column_letter};
use gestfg_types::application_files::ApplicationFileColumn;
use std::collections::BTreeMap;

/// Rows looked through for the headers.
const HEADER_SEARCH: usize = 60;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The student, by address.
    Email,
    /// The student, by DNI/NIE.
    Dni,
    /// The academic record.
    Record,
    /// What those of one team have in common.
    Team,
    /// The project of this rank, or several that are equally welcome, with `|` between them.
    Choice(i16),
}

impl Field {
    fn name(self) -> String {
        match self {
            Self::Email => "email".to_owned(),
            Self::Dni => "dni".to_owned(),
            Self::Record => "record".to_owned(),
            Self::Team => "team".to_owned(),
            Self::Choice(rank) => format!("choice_{rank}"),
        }
    }
}

/// A sheet understood.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The row of the headers.
    pub header_row: u32,
    /// Which column holds what.
    pub columns: BTreeMap<Field, u16>,
    /// As it is told.
    pub shown: Vec<ApplicationFileColumn>,
}

impl Layout {
    /// The letter of the column of a field; that of the first one where there is none.
    #[must_use]
    pub fn letter(&self, field: Field) -> String {
        column_letter(self.columns.get(&field).copied().unwrap_or_default())
    }
}

/// One row of data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the sheet.
    pub number: u32,
    /// What stands in the column of each field; nothing is left out.
    pub cells: BTreeMap<Field, String>,
}

/// What a header says its column holds.
fn recognise(header: &str) -> Option<Field> {
    let words = header_words(header);
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let numbers: Vec<i16> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let says_choice =
        any(&["opcion", "preferencia", "eleccion", "prioridad", "choice", "preference", "option"]);
    match numbers[..] {
        [rank @ 1..=20] if says_choice || words.len() == 1 => Some(Field::Choice(rank)),
        _ if any(&["email", "mail", "correo"]) => Some(Field::Email),
        _ if any(&["dni", "nie"]) => Some(Field::Dni),
        _ if any(&["expediente", "nota", "media", "record", "average"]) => Some(Field::Record),
        _ if any(&["equipo", "grupo", "team"]) => Some(Field::Team),
        _ if any(&["alumno", "alumna", "estudiante", "student"]) => Some(Field::Email),
        _ => None,
    }
}

fn columns(row: &Row) -> BTreeMap<Field, u16> {
    let mut found = BTreeMap::new();
    for (column, text) in &row.cells {
        if let Some(field) = recognise(text) {
            found.entry(field).or_insert(*column);
        }
    }
    found
}

/// Where the data are; none without a row that names students and something about them.
#[must_use]
pub fn understand(sheet: &Sheet) -> Option<Layout> {
    let fits = |columns: &BTreeMap<Field, u16>| {
        let names = columns.contains_key(&Field::Email) || columns.contains_key(&Field::Dni);
        names && columns.keys().any(|field| matches!(field, Field::Choice(_) | Field::Record))
    };
    let row = sheet.rows.iter().take(HEADER_SEARCH).find(|row| fits(&columns(row)))?;
    let columns = columns(row);
    let shown = row.cells.iter().map(|(column, header)| ApplicationFileColumn {
        letter: column_letter(*column),
        header: header.chars().take(200).collect(),
        field: columns.iter().find(|(_, at)| *at == column).map(|(field, _)| field.name()),
    });
    Some(Layout { header_row: row.number, shown: shown.collect(), columns })
}

/// The rows of data, but for those that name nobody and ask for nothing.
#[must_use]
pub fn lines(sheet: &Sheet, layout: &Layout) -> Vec<Line> {
    let below = sheet.rows.iter().filter(|row| row.number > layout.header_row);
    below
        .map(|row| Line {
            number: row.number,
            cells: layout
                .columns
                .iter()
                .map(|(field, column)| (*field, plain(row.cell(*column)).trim().to_owned()))
                .filter(|(_, text)| !text.is_empty())
                .collect(),
        })
        .filter(|line| !line.cells.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_columns_hold() {
        for (header, field) in [
            ("Correo electrónico", Some(Field::Email)),
            ("E-mail", Some(Field::Email)),
            ("Alumno", Some(Field::Email)),
            ("DNI/NIE", Some(Field::Dni)),
            ("Nota media", Some(Field::Record)),
            ("EXPEDIENTE", Some(Field::Record)),
            ("Equipo", Some(Field::Team)),
            ("Opción 1", Some(Field::Choice(1))),
            ("Proyecto 3", Some(Field::Choice(3))),
            ("2", Some(Field::Choice(2))),
            ("Choice 20", Some(Field::Choice(20))),
            ("Opción 21", None),
            ("Teléfono", None),
        ] {
            assert_eq!(recognise(header), field, "{header}");
        }
    }

    #[test]
    fn data_begin_below_the_headers() {
        let book = crate::sheets::read(
            "Elecciones del curso\nCorreo;Nota;1;2\neva@x.es;8,5;Un título;Otro\n;;;\n".as_bytes(),
            None,
        )
        .unwrap();
        let layout = understand(&book.sheet).unwrap();
        assert_eq!((layout.header_row, layout.letter(Field::Choice(2))), (2, "D".to_owned()));
        let lines = lines(&book.sheet, &layout);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].cells[&Field::Choice(1)], "Un título");
    }
}
