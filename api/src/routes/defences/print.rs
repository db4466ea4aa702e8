//! The timetable on paper: a table for each day.

use crate::domain::dates::long_day;
use crate::pdf::Document;
use crate::routes::download::page_of;
use chrono::NaiveDate;
use gestfg_types::session::Language;

/// The columns of the spreadsheet.
pub(in crate::routes) const fn headers(language: Language) -> &'static [&'static str] {
    match language {
        Language::Es => &[
            "Día",
            "Hora",
            "Hasta",
            "Aula",
            "Comisión",
            "Estudiante",
            "Título",
            "Tutor",
            "Cotutor",
            "Tribunal",
            "Observaciones",
        ],
        Language::En => &[
            "Day",
            "From",
            "To",
            "Room",
            "Committee",
            "Student",
            "Title",
            "Tutor",
            "Co-tutor",
            "Members",
            "Remarks",
        ],
    }
}

/// A document of defences that come in order of time, those without one last; each with the cells
/// of the spreadsheet.
pub(in crate::routes) fn timetable(
    name: &str,
    language: Language,
    lines: &[(Option<NaiveDate>, Vec<String>)],
) -> Document {
    let is_spanish = language == Language::Es;
    let title = if is_spanish { format!("Defensas: {name}") } else { format!("Defences: {name}") };
    let (tag, page_of) = page_of(language);
    let mut document = Document::new(&title, tag, page_of).wide();
    if lines.is_empty() {
        document.paragraph(if is_spanish {
            "No hay defensas publicadas."
        } else {
            "No defences are published."
        });
    }
    let mut left = lines;
    while let Some((day, _)) = left.first() {
        let many = left.iter().take_while(|(other, _)| other == day).count();
        let (of_day, rest) = left.split_at(many);
        left = rest;
        let without = if is_spanish { "Sin fecha" } else { "Without a time" };
        document.heading(&day.map_or_else(|| without.to_owned(), |day| long_day(language, day)));
        let columns: &[(&str, f32)] = if is_spanish {
            &[
                ("Hora", 1.5),
                ("Aula", 2.2),
                ("Com.", 0.8),
                ("Estudiante", 3.0),
                ("Título", 5.4),
                ("Tutor", 2.8),
                ("Comisión", 5.0),
            ]
        } else {
            &[
                ("Time", 1.5),
                ("Room", 2.2),
                ("No.", 0.8),
                ("Student", 3.0),
                ("Title", 5.4),
                ("Tutor", 2.8),
                ("Committee", 5.0),
            ]
        };
        document.table(columns, of_day.iter().map(|(_, cells)| row(cells)).collect());
    }
    document
}

/// The cells of a row on paper: times together, tutors together, remarks below the title.
fn row(cells: &[String]) -> Vec<String> {
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    let both = |one: &str, other: &str, between: &str| match (one, other) {
        (one, "") => one.to_owned(),
        ("", other) => other.to_owned(),
        (one, other) => format!("{one}{between}{other}"),
    };
    vec![
        both(cell(1), cell(2), "–"),
        cell(3).to_owned(),
        cell(4).to_owned(),
        cell(5).to_owned(),
        both(cell(6), cell(10), "\n"),
        both(cell(7), cell(8), ", "),
        cell(9).replace("; ", "\n"),
    ]
}
