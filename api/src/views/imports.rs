//! Imports as they travel.

use crate::error::AppError;
use crate::error::AppResult;
use crate::import::batch::{kind_of, layout_of, options_of};
use crate::models::import::{ImportRecord, ImportWithAuthor};
use crate::models::import_row::StoredRow;
use gestfg_types::ids::{ImportId, UserId};
use gestfg_types::imports::{CommitMode, Import, ImportAction, ImportRow, ImportState, RowOutcome};
use gestfg_types::users::PersonRef;

/// An import, for somebody who may see it: whoever may see it may act on it.
///
/// # Errors
/// When what was stored cannot be understood.
pub fn import(row: ImportWithAuthor) -> AppResult<Import> {
    let ImportWithAuthor { record, first_name, last_name } = row;
    let state = match record.state.as_str() {
        "committed" => ImportState::Committed,
        "undone" => ImportState::Undone,
        _ => ImportState::Previewed,
    };
    let allowed_actions = match state {
        ImportState::Previewed => vec![ImportAction::Preview, ImportAction::Commit, ImportAction::Delete],
        ImportState::Committed => vec![ImportAction::Undo],
        ImportState::Undone => Vec::new(),
    };
    let (kind, options, layout) = (kind_of(&record), options_of(&record)?, layout_of(&record)?);
    let ImportRecord {
        id,
        kind: _,
        state: _,
        created_by,
        file_name,
        options: _,
        layout: _,
        summary,
        mode,
        created_at,
        committed_at,
        undone_at,
    } = record;
    Ok(Import {
        id: ImportId(id),
        kind,
        state,
        file_name,
        options,
        layout,
        summary: serde_json::from_value(summary).map_err(AppError::internal)?,
        mode: mode.map(|mode| if mode == "all" { CommitMode::All } else { CommitMode::Valid }),
        created_by: PersonRef {
            id: UserId(created_by),
            name: format!("{first_name} {last_name}").trim().to_owned(),
        },
        created_at,
        committed_at,
        undone_at,
        allowed_actions,
    })
}

/// A row of the preview.
///
/// # Errors
/// When what was stored cannot be understood.
pub fn import_row(row: StoredRow) -> AppResult<ImportRow> {
    let StoredRow { row_number, outcome, cells, problems } = row;
    Ok(ImportRow {
        row: u32::try_from(row_number).unwrap_or_default(),
        outcome: match outcome.as_str() {
            "create" => RowOutcome::Create,
            "update" => RowOutcome::Update,
            "unchanged" => RowOutcome::Unchanged,
            _ => RowOutcome::Error,
        },
        values: serde_json::from_value(cells).map_err(AppError::internal)?,
        problems: serde_json::from_value(problems).map_err(AppError::internal)?,
    })
}
