//! Taking a commit back, as a whole, while nothing has been built on its rows.
//!
//! Each row kept what it made or replaced and the version that left behind: a
//! higher version, or anything that refers to what was made, stands against
//! the undo and is told row by row.

mod restore;
mod uses;

use super::write::{Trace, Writing};
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::bulk::{self, AuditLine};
use crate::models::{import, import_row};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use gestfg_types::errors::{ErrorCode, Usage};
use gestfg_types::imports::ImportKind;
use serde_json::json;

/// A row that was written.
struct Row {
    number: i32,
    target: i64,
    trace: Trace,
}

/// Takes back every row of a committed import, in the caller's transaction.
///
/// # Errors
/// `import_already_decided` unless it is committed, `import_built_upon` with
/// what stands against it.
pub fn undo(conn: &mut PgConnection, writing: &Writing) -> AppResult<()> {
    let id = writing.import;
    let record = import::lock(conn, id)?;
    if record.state != "committed" {
        return Err(AppError::refuse(
            ErrorCode::ImportAlreadyDecided,
            "Only a committed import can be undone.",
        ));
    }
    let kind = super::batch::kind_of(&record);
    let mut rows = Vec::new();
    for (number, target, trace) in import_row::done_rows(conn, id)? {
        rows.push(Row { number, target, trace: serde_json::from_value(trace).map_err(AppError::internal)? });
    }
    let used_by = uses::find(conn, kind, &rows)?;
    if !used_by.is_empty() {
        return Err(built_upon(used_by));
    }
    restore::tell_cancelled(conn, writing, &rows)?;
    restore::take_back(conn, kind, &rows).map_err(|error| match error {
        DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => built_upon(Vec::new()),
        other => other.into(),
    })?;
    bulk::audit(conn, &writing.author, &audit_lines(kind, &rows, writing))?;
    import::mark_undone(conn, id, writing.now)?;
    Entry::new("import.undo", id.0)
        .before(&json!({ "kind": kind.as_str(), "file_name": record.file_name, "rows": rows.len() }))
        .record(conn, &writing.author)?;
    Ok(())
}

fn built_upon(used_by: Vec<Usage>) -> AppError {
    AppError::used(
        ErrorCode::ImportBuiltUpon,
        "Something was built on the imported rows since, so they stay. Nothing was undone.",
        used_by,
    )
}

fn audit_lines(kind: ImportKind, rows: &[Row], writing: &Writing) -> Vec<AuditLine> {
    let (made, changed) = match kind {
        ImportKind::Departments => ("department.delete", "department.update"),
        ImportKind::Degrees => ("degree.delete", "degree.update"),
        ImportKind::Professors | ImportKind::Students => ("user.delete", "user.update"),
        ImportKind::Projects | ImportKind::PreassignedProjects => ("project.delete", "project.update"),
    };
    let note = || Some(json!({ "undone_import_id": writing.import }));
    let line = |action, id, after| AuditLine { action, id, degree: None, before: note(), after };
    let mut lines = Vec::new();
    for row in rows {
        let action = if row.trace.created { made } else { changed };
        lines.push(line(action, row.target, row.trace.before.clone()));
        lines.extend(row.trace.assignment.map(|id| line("assignment.delete", id, None)));
        lines.extend(row.trace.accounts.iter().map(|id| line("user.delete", *id, None)));
        lines.extend(row.trace.area.map(|id| line("area.delete", id, None)));
    }
    lines
}
