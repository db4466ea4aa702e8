//! Spreadsheets of the secretary's office: preview, commit, undo.

use crate::errors::FieldCode;
use crate::ids::{DegreeId, ImportId};
pub use crate::import_fields::ImportField;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The largest file taken, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;
/// The most data rows taken.
pub const MAX_ROWS: usize = 50_000;

/// What a spreadsheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// An offer of projects.
    Projects,
    /// Projects that already have their students.
    PreassignedProjects,
    /// Departments with their area.
    Departments,
    /// Degrees.
    Degrees,
    /// Professors.
    Professors,
    /// Students.
    Students,
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Projects,
        Self::PreassignedProjects,
        Self::Departments,
        Self::Degrees,
        Self::Professors,
        Self::Students,
    ];

    /// As it travels and is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::PreassignedProjects => "preassigned_projects",
            Self::Departments => "departments",
            Self::Degrees => "degrees",
            Self::Professors => "professors",
            Self::Students => "students",
        }
    }
}

/// How to read the file; whatever is absent is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportOptions {
    /// Name of the sheet; the first one that holds something when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Sheet row of the header, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub header_row: Option<u32>,
    /// First sheet row with data.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub first_row: Option<u32>,
    /// Last sheet row with data.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub last_row: Option<u32>,
    /// Field to column letter, e.g. `{"title": "E"}`; replaces what headers say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<std::collections::HashMap<String, String>>)]
    pub mapping: Option<BTreeMap<ImportField, String>>,
    /// Degree of projects and students whose row names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree_id: Option<DegreeId>,
}

/// A column as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportColumn {
    /// Its letter.
    pub letter: String,
    /// Its header as written.
    pub header: String,
    /// The field taken from it; null: not used.
    pub field: Option<ImportField>,
    /// The first few values.
    pub samples: Vec<String>,
    /// Why it has no effect, when that needs saying.
    pub warning: Option<FieldCode>,
}

/// How the file was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportLayout {
    /// Every sheet of the file.
    pub sheets: Vec<String>,
    /// The sheet read.
    pub sheet: String,
    /// Sheet row of the header, from 1; null: none.
    pub header_row: Option<u32>,
    /// First sheet row with data.
    pub first_row: u32,
    /// Last sheet row with data.
    pub last_row: u32,
    /// Every column that holds anything.
    pub columns: Vec<ImportColumn>,
    /// Needed fields no column was found for.
    pub missing: Vec<ImportField>,
    /// Whether the mapping came from an earlier import with the same header.
    pub remembered: bool,
}

/// What would happen to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// A new thing.
    Create,
    /// A change of an existing one.
    Update,
    /// Exactly what is already there.
    Unchanged,
    /// Cannot be taken.
    Error,
}

/// Whether a problem keeps its row out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row cannot be taken.
    Error,
    /// The row can be taken; look at this.
    Warning,
}

/// Something to say about one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CellProblem {
    /// The field, when it is about one.
    pub field: Option<ImportField>,
    /// The cell, e.g. `E17`, when it is about one.
    pub cell: Option<String>,
    /// Whether it keeps the row out.
    pub severity: Severity,
    /// What is wrong.
    pub code: FieldCode,
    /// A sentence in Spanish, the language of the office.
    pub message_es: String,
    /// The same in English.
    pub message_en: String,
    /// What may have been meant, closest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

/// One row of the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportRow {
    /// Its number in the sheet.
    pub row: u32,
    /// What would happen, or happened.
    pub outcome: RowOutcome,
    /// What was read, by field.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub values: BTreeMap<ImportField, String>,
    /// What there is to say about it.
    pub problems: Vec<CellProblem>,
}

/// How many rows of each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportSummary {
    /// Rows with anything in them.
    pub rows: u32,
    /// New things.
    pub create: u32,
    /// Changes.
    pub update: u32,
    /// Already there.
    pub unchanged: u32,
    /// Rows that cannot be taken.
    pub error: u32,
    /// Rows with at least one warning.
    pub warning: u32,
}

/// Where an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Read and checked; nothing changed.
    Previewed,
    /// Its rows are in.
    Committed,
    /// Its rows are out again.
    Undone,
}

/// Take everything or nothing, or only the rows without errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommitMode {
    /// Nothing unless every row is valid.
    All,
    /// Skip rows with errors.
    Valid,
}

/// What the caller may do with an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportAction {
    /// Read again with other options.
    Preview,
    /// Commit.
    Commit,
    /// Undo the commit.
    Undo,
    /// Throw the preview away.
    Delete,
}

/// A spreadsheet given to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// What it holds.
    pub kind: ImportKind,
    /// Where it is.
    pub state: ImportState,
    /// The file's name.
    pub file_name: String,
    /// How it was to be read.
    pub options: ImportOptions,
    /// How it was understood.
    pub layout: ImportLayout,
    /// Rows by outcome.
    pub summary: ImportSummary,
    /// How it was committed.
    pub mode: Option<CommitMode>,
    /// Who gave it.
    pub created_by: PersonRef,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When its rows went in.
    pub committed_at: Option<DateTime<Utc>>,
    /// When its rows went out again.
    pub undone_at: Option<DateTime<Utc>>,
    /// What the caller may do with it.
    pub allowed_actions: Vec<ImportAction>,
}

/// Commit a preview.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitImport {
    /// Everything or nothing, or only valid rows.
    pub mode: CommitMode,
    /// Why projects are given to students outside the assignment phase; admins and coordinators only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportCommitted {
    /// The import as it stands now.
    pub import: Import,
    /// True when it had been committed before: nothing was done this time.
    pub already_committed: bool,
    /// Sheet rows whose outcome is no longer what the preview said, because
    /// the world changed in between.
    pub changed_rows: Vec<u32>,
}
