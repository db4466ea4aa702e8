//! One row while it is being checked: its values, and what there is to say.

use super::layout::{Columns, RowValues};
use crate::domain::text::one_line;
use crate::sheets::column_letter;
use gestfg_types::errors::FieldCode;
use gestfg_types::imports::{CellProblem, ImportField, Severity};

/// The most examples of what may have been meant.
const SUGGESTIONS: usize = 5;

/// A row under check.
#[derive(Debug)]
pub struct RowCheck<'a> {
    row: &'a RowValues,
    columns: &'a Columns,
    problems: Vec<CellProblem>,
}

/// A sentence in both languages of the interface.
pub type Said = (String, String);

/// Pairs a Spanish sentence with its English one.
pub fn said(es: impl Into<String>, en: impl Into<String>) -> Said {
    (es.into(), en.into())
}

impl<'a> RowCheck<'a> {
    /// Nothing said yet.
    #[must_use]
    pub const fn new(row: &'a RowValues, columns: &'a Columns) -> Self {
        Self { row, columns, problems: Vec::new() }
    }

    /// Its number in the sheet.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.row.number
    }

    /// What stands in the column of a field, if anything.
    #[must_use]
    pub fn get(&self, field: ImportField) -> Option<&'a str> {
        self.row.values.get(&field).map(String::as_str)
    }

    /// Keeps the row out.
    pub fn error(&mut self, field: ImportField, code: FieldCode, said: Said) {
        self.note(Severity::Error, field, code, said, Vec::new());
    }

    /// Keeps the row out, with what may have been meant.
    pub fn error_with(&mut self, field: ImportField, code: FieldCode, said: Said, suggestions: Vec<String>) {
        self.note(Severity::Error, field, code, said, suggestions);
    }

    /// Lets the row in, with something to look at.
    pub fn warn(&mut self, field: ImportField, code: FieldCode, said: Said) {
        self.note(Severity::Warning, field, code, said, Vec::new());
    }

    fn note(
        &mut self,
        severity: Severity,
        field: ImportField,
        code: FieldCode,
        said: Said,
        mut may: Vec<String>,
    ) {
        may.truncate(SUGGESTIONS);
        let cell =
            self.columns.get(&field).map(|column| format!("{}{}", column_letter(*column), self.row.number));
        self.problems.push(CellProblem {
            field: Some(field),
            cell,
            severity,
            code,
            message_es: said.0,
            message_en: said.1,
            suggestions: may,
        });
    }

    /// The value of a field that must be there.
    pub fn required(&mut self, field: ImportField) -> Option<&'a str> {
        let value = self.get(field);
        if value.is_none() && self.columns.contains_key(&field) {
            self.error(field, FieldCode::Required, said("Falta este dato.", "A value is due here."));
        } else if value.is_none() {
            self.error(
                field,
                FieldCode::MissingColumn,
                said("El fichero no tiene una columna para este dato.", "The file has no column for this."),
            );
        }
        value
    }

    /// A line of text within its limit.
    pub fn line(&mut self, field: ImportField, max: usize) -> Option<String> {
        let value = self.get(field).map(one_line).filter(|text| !text.is_empty())?;
        self.fits(field, &value, max).then_some(value)
    }

    /// A line of text that must be there.
    pub fn required_line(&mut self, field: ImportField, max: usize) -> Option<String> {
        self.required(field)?;
        self.line(field, max)
    }

    /// A text of several lines within its limit.
    pub fn text(&mut self, field: ImportField, max: usize) -> Option<String> {
        let value = self.get(field)?;
        self.fits(field, value, max).then(|| value.to_owned())
    }

    fn fits(&mut self, field: ImportField, value: &str, max: usize) -> bool {
        let chars = value.chars().count();
        if value.contains(['\u{fffd}', '\0']) {
            let es = "Hay un carácter que no se puede leer; vuelva a escribirlo.";
            self.error(
                field,
                FieldCode::InvalidCharacter,
                said(es, "A character here cannot be read; write it again."),
            );
            return false;
        }
        if chars > max {
            self.error(
                field,
                FieldCode::TooLong,
                said(
                    format!("Caben {max} caracteres y hay {chars}."),
                    format!("At most {max} characters fit; these are {chars}."),
                ),
            );
            return false;
        }
        true
    }

    /// Whether anything keeps the row out.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Everything said.
    #[must_use]
    pub fn into_problems(self) -> Vec<CellProblem> {
        self.problems
    }
}
