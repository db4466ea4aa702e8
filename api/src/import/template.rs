//! Empty sheets to fill in, in the layouts people know, and a sheet given
//! back with what is wrong with it.

use super::layout::columns_of;
use crate::models::import_row::StoredRow;
use crate::sheets::Sheet;
use crate::sheets::write::{self, AddedColumn, Template};
use gestfg_types::imports::{CellProblem, ImportKind, ImportLayout, Severity};
use gestfg_types::session::Language;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;

const OFFER_NOTE: &str = "Oferta de proyectos. Rellene una fila por proyecto desde la fila 5. TUTOR y COTUTOR: correo \
    institucional o nombre completo. Nº ALUMNOS: de 1 a 3. La columna NUM. se calcula sola. TITULACIÓN puede quedar en \
    blanco si todo el fichero es de la misma y se elige al importar.";
const ASSIGNED_NOTE: &str = "Proyectos con alumnos ya asignados. Rellene una fila por proyecto desde la fila 5. TUTOR y \
    COTUTOR: correo institucional o nombre completo. ALUMNO 1 a 3: correo institucional o DNI/NIE de cada alumno, no \
    cuántos son; el nombre es opcional. La columna NUM. se calcula sola.";

/// The template of a kind.
///
/// # Errors
/// When the writer refuses.
pub fn template(kind: ImportKind) -> Result<Vec<u8>, XlsxError> {
    let offer = |headers, note| Template {
        sheet: "Proyectos",
        note: Some(note),
        header_row: 4,
        headers,
        numbered_rows: 100,
    };
    let list = |sheet, headers| Template { sheet, note: None, header_row: 1, headers, numbered_rows: 0 };
    write::template(&match kind {
        ImportKind::Projects => offer(
            &[
                ("NUM.", 7.0),
                ("TUTOR", 30.0),
                ("COTUTOR", 30.0),
                ("TIPO", 10.0),
                ("TÍTULO", 50.0),
                ("Nº ALUMNOS", 10.0),
                ("DESCRIPCIÓN", 60.0),
                ("CONOC. PREV.", 30.0),
                ("HARDW./SOFTW.", 30.0),
                ("TITULACIÓN", 14.0),
            ],
            OFFER_NOTE,
        ),
        ImportKind::PreassignedProjects => offer(
            &[
                ("NUM.", 7.0),
                ("TUTOR", 30.0),
                ("COTUTOR", 30.0),
                ("TIPO", 10.0),
                ("TÍTULO", 50.0),
                ("Nº ALUMNOS", 10.0),
                ("ALUMNO 1", 30.0),
                ("NOMBRE ALUMNO 1", 30.0),
                ("ALUMNO 2", 30.0),
                ("NOMBRE ALUMNO 2", 30.0),
                ("ALUMNO 3", 30.0),
                ("NOMBRE ALUMNO 3", 30.0),
                ("DESCRIPCIÓN", 60.0),
                ("CONOC. PREV.", 30.0),
                ("HARDW./SOFTW.", 30.0),
                ("TITULACIÓN", 14.0),
            ],
            ASSIGNED_NOTE,
        ),
        ImportKind::Departments => {
            list("Departamentos", &[("codigo", 12.0), ("nombre", 50.0), ("area", 40.0)])
        }
        ImportKind::Degrees => list("Titulaciones", &[("codigo", 12.0), ("nombre", 60.0), ("nivel", 12.0)]),
        ImportKind::Professors => list(
            "Profesores",
            &[("email", 34.0), ("dni", 14.0), ("nombre", 24.0), ("apellidos", 34.0), ("departamento", 16.0)],
        ),
        ImportKind::Students => list(
            "Alumnos",
            &[("email", 34.0), ("dni", 14.0), ("nombre", 24.0), ("apellidos", 34.0), ("titulacion", 16.0)],
        ),
    })
}

/// The sheet of an import with what there is to say beside each row.
///
/// # Errors
/// When the writer refuses.
pub fn report(
    sheet: &Sheet,
    layout: &ImportLayout,
    rows: &[StoredRow],
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let columns = columns_of(layout);
    let mut texts = BTreeMap::new();
    let mut marked = Vec::new();
    for row in rows {
        let number = u32::try_from(row.row_number).unwrap_or(1).max(1);
        let problems: Vec<CellProblem> = serde_json::from_value(row.problems.clone()).unwrap_or_default();
        if problems.is_empty() {
            continue;
        }
        let lines: Vec<String> = problems.iter().map(|problem| sentence(problem, language)).collect();
        texts.insert(number, lines.join("\n"));
        let wrong = problems.iter().filter(|problem| problem.severity == Severity::Error);
        marked.extend(wrong.filter_map(|problem| Some((number, *columns.get(&problem.field?)?))));
    }
    let added = AddedColumn { header: "Errores", header_row: layout.header_row, texts, marked };
    write::with_column(sheet, &added)
}

fn sentence(problem: &CellProblem, language: Language) -> String {
    let (message, aside) = match language {
        Language::Es => (&problem.message_es, "aviso"),
        Language::En => (&problem.message_en, "warning"),
    };
    let cell = problem.cell.as_ref().map(|cell| format!("{cell}: ")).unwrap_or_default();
    match problem.severity {
        Severity::Error => format!("{cell}{message}"),
        Severity::Warning => format!("{cell}{message} ({aside})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::layout::{data_rows, understand};
    use crate::sheets;
    use gestfg_types::imports::ImportOptions;

    #[test]
    fn every_template_is_understood_whole_and_has_no_rows_yet() {
        for kind in ImportKind::ALL {
            let book = sheets::read(&template(kind).unwrap(), None).unwrap();
            let found = understand(&book, kind, &ImportOptions::default(), |_| None).unwrap();
            let fields: Vec<_> = found.columns.keys().copied().collect();
            let mut expected = kind.fields().to_vec();
            expected.sort_unstable();
            assert_eq!(fields, expected, "{kind:?}");
            assert!(found.layout.missing.is_empty());
            assert!(data_rows(&book.sheet, &found).unwrap().is_empty());
        }
    }
}
