//! Committees as a table and on paper.

use crate::pdf::Document;
use crate::routes::download::page_of;
use gestfg_types::session::Language;

/// Names of columns, with their shares of the width.
type Columns = &'static [(&'static str, f32)];

/// A committee, its cells written out.
pub(in crate::routes) struct Sheet {
    /// Its number.
    pub(in crate::routes) number: i16,
    /// For each seat: its name, who has it, their department, for whom they act.
    pub(in crate::routes) seats: Vec<[String; 4]>,
    /// For each defence: date and time, room, student, title, tutors.
    pub(in crate::routes) judged: Vec<Vec<String>>,
}

/// The columns of the table.
pub(in crate::routes) const fn headers(language: Language) -> &'static [&'static str] {
    match language {
        Language::Es => &["Comisión", "Puesto", "Profesor/a", "Departamento", "Suple a", "Defensas"],
        Language::En => &["Committee", "Seat", "Professor", "Department", "Acting for", "Defences"],
    }
}

/// A row for each seat.
pub(in crate::routes) fn rows(sheets: &[Sheet]) -> Vec<Vec<String>> {
    let of = |sheet: &Sheet| {
        let row = |seat: &[String; 4]| {
            let mut row = vec![sheet.number.to_string()];
            row.extend(seat.iter().cloned());
            row.push(sheet.judged.len().to_string());
            row
        };
        sheet.seats.iter().map(row).collect::<Vec<_>>()
    };
    sheets.iter().flat_map(of).collect()
}

/// A document with the seats of each committee and what it judges.
pub(in crate::routes) fn document(name: &str, language: Language, sheets: Vec<Sheet>) -> Document {
    let is_spanish = language == Language::Es;
    let title = if is_spanish { format!("Comisiones: {name}") } else { format!("Committees: {name}") };
    let (tag, page_of) = page_of(language);
    let mut document = Document::new(&title, tag, page_of);
    if sheets.is_empty() {
        document.paragraph(if is_spanish {
            "No hay comisiones publicadas."
        } else {
            "No committees are published."
        });
    }
    let (people, judged): (Columns, Columns) = if is_spanish {
        (
            &[("Puesto", 2.0), ("Profesor/a", 5.0), ("Departamento", 3.0), ("Suple a", 2.0)],
            &[("Fecha y hora", 2.4), ("Aula", 2.0), ("Estudiante", 3.0), ("Título", 5.0), ("Tutor", 3.0)],
        )
    } else {
        (
            &[("Seat", 2.0), ("Professor", 5.0), ("Department", 3.0), ("Acting for", 2.0)],
            &[("Date and time", 2.4), ("Room", 2.0), ("Student", 3.0), ("Title", 5.0), ("Tutor", 3.0)],
        )
    };
    for sheet in sheets {
        let number = sheet.number;
        document.heading(&if is_spanish {
            format!("Comisión {number}")
        } else {
            format!("Committee {number}")
        });
        document.table(people, sheet.seats.into_iter().map(Vec::from).collect());
        if !sheet.judged.is_empty() {
            document.table(judged, sheet.judged);
        }
    }
    document
}
