//! Choices and records from a spreadsheet.

use crate::errors::FieldCode;
use crate::users::PersonRef;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most rows of a file.
pub const MAX_APPLICATION_ROWS: usize = 10_000;

stored_enum! {
    /// What to do with a file.
    ApplicationFileMode {
        /// Say what would happen.
        Preview = "preview",
        /// Take every row, or nothing if one of them is wrong.
        All = "all",
        /// Take the rows that are right.
        Valid = "valid",
    }
}

stored_enum! {
    /// What becomes of a row.
    ApplicationRowOutcome {
        /// A new application.
        Create = "create",
        /// Another list of wishes, or another record.
        Update = "update",
        /// It is there already.
        Unchanged = "unchanged",
        /// It is wrong; nothing becomes of it.
        Error = "error",
    }
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationCellError {
    /// Letter of its column.
    pub column: String,
    /// What is wrong.
    pub code: FieldCode,
    /// In a sentence, in English.
    pub message: String,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationFileRow {
    /// Its number in the sheet.
    pub row: u32,
    /// What becomes of it.
    pub outcome: ApplicationRowOutcome,
    /// Whose it is, if they are known.
    pub student: Option<PersonRef>,
    /// How many projects it asks for.
    pub wishes: usize,
    /// What is wrong with it.
    pub errors: Vec<ApplicationCellError>,
}

/// Which column was taken for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationFileColumn {
    /// Its letter.
    pub letter: String,
    /// Its header.
    pub header: String,
    /// `email`, `dni`, `record`, `team` or `choice_1` …; null: it is not read.
    pub field: Option<String>,
}

/// What becomes of a file, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationFile {
    /// Whether it was written.
    pub committed: bool,
    /// Number of the row with the headers.
    pub header_row: u32,
    /// What the columns were taken for.
    pub columns: Vec<ApplicationFileColumn>,
    /// Applications to be made.
    pub create: usize,
    /// Rows that change something.
    pub update: usize,
    /// Rows that change nothing.
    pub unchanged: usize,
    /// Rows that are wrong.
    pub error: usize,
    /// Every row, by its number.
    pub rows: Vec<ApplicationFileRow>,
}
