//! The two steps of an import: preview (read, check, store) and commit (check
//! again under locks, write, remember). Both speak of the same rows.

use super::check::{Context, check};
use super::layout::{self, Columns, LayoutError, RowValues, columns_of};
use super::plan::{Checked, Plan};
use super::world::Access;
use super::write::{Writing, apply};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::actor::Actor;
use crate::domain::phase_gate;
use crate::domain::policy::Answer;
use crate::domain::policy::Denied;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::call;
use crate::models::import::{self, ImportRecord, Reading};
use crate::models::import_row::{self, outcome_text};
use crate::sheets::{Book, SheetError};
use diesel::prelude::*;
use diesel::sql_types::Integer;
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode, FieldError};
use gestfg_types::ids::{DegreeId, ImportId};
use gestfg_types::imports::{
    CommitMode, ImportField, ImportKind, ImportLayout, ImportOptions, ImportSummary, RowOutcome, Severity,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Under this number commits queue for each other, so that two files with the
/// same rows do not race.
const COMMIT_LOCK: i32 = 7_426_100;
/// Rows named in a refusal.
const NAMED_ROWS: usize = 20;

/// Whether somebody may import files of a kind at all; each row is asked again.
///
/// # Errors
/// The rule that stands against it.
pub fn may_import(actor: &Actor, kind: ImportKind) -> Answer {
    let keeper = actor.is_admin || !actor.coordinates.is_empty();
    let (allowed, rule) = match kind {
        ImportKind::Departments | ImportKind::Degrees | ImportKind::Professors => {
            (actor.is_admin, "Only an admin imports departments, degrees and professors.")
        }
        ImportKind::Students => (keeper, "Only an admin or a coordinator imports students."),
        ImportKind::Projects | ImportKind::PreassignedProjects => {
            (keeper || actor.is_professor(), "Only professors and those who keep projects import them.")
        }
    };
    if allowed { Ok(()) } else { Err(Denied { code: ErrorCode::Forbidden, rule }) }
}

/// What checking needs to know of a request.
#[must_use]
pub fn context(state: &AppState, user: &CurrentUser, options: &ImportOptions) -> Context {
    Context {
        actor: user.actor.clone(),
        year: state.academic_year(),
        now: state.clock.now(),
        student_domains: state.config.student_domains.clone(),
        professor_domains: state.config.professor_domains.clone(),
        degree: options.degree_id,
    }
}

/// What writing needs to know of a request.
#[must_use]
pub fn writing(
    state: &AppState,
    user: &CurrentUser,
    import: ImportId,
    override_reason: Option<String>,
) -> Writing {
    Writing {
        import,
        author: user.into(),
        now: state.clock.now(),
        year: state.academic_year(),
        config: state.config.clone(),
        override_reason,
    }
}

/// A file read and checked, to be stored.
#[derive(Debug)]
pub struct Preview {
    /// What was understood.
    pub reading: Reading,
    /// Its rows.
    pub rows: Vec<RowValues>,
    /// What would happen to each.
    pub checked: Vec<Checked>,
}

/// Checks a file that was read.
///
/// # Errors
/// `validation_failed` for options that do not fit, `too_large`, `unreadable_file`.
pub fn preview(
    conn: &mut PgConnection,
    context: &Context,
    kind: ImportKind,
    book: &Book,
    options: &ImportOptions,
) -> AppResult<Preview> {
    if let Some(degree) = options.degree_id {
        let known: i64 = crate::schema::degrees::table.find(degree.0).count().get_result(conn)?;
        if known == 0 {
            return Err(AppError::invalid_field(
                "/options/degree_id",
                FieldCode::Unknown,
                "There is no such degree.",
            ));
        }
    }
    let mut failed = None;
    let understood = layout::understand(book, kind, options, |hash| {
        import::find_mapping(conn, kind, hash).map_err(|error| failed = Some(error)).ok().flatten()
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    let understood = understood.map_err(refuse_layout)?;
    let rows = layout::data_rows(&book.sheet, &understood).map_err(refuse_sheet)?;
    let checked = check(conn, context, kind, &rows, &understood.columns, Access::Read)?;
    let mut layout = serde_json::to_value(&understood.layout).map_err(AppError::internal)?;
    if let (Some(object), Some(hash)) = (layout.as_object_mut(), &understood.header_hash) {
        object.insert("header_hash".to_owned(), json!(hash));
    }
    let reading = Reading {
        options: serde_json::to_value(options).map_err(AppError::internal)?,
        layout,
        summary: serde_json::to_value(summarise(&checked)).map_err(AppError::internal)?,
    };
    Ok(Preview { reading, rows, checked })
}

/// A sheet that cannot be taken, as a refusal.
#[must_use]
pub fn refuse_sheet(error: SheetError) -> AppError {
    match error {
        SheetError::NoSuchSheet(_) => {
            AppError::invalid_field("/options/sheet", FieldCode::Unknown, error.to_string())
        }
        other => AppError::refuse(other.code(), other.to_string()),
    }
}

fn refuse_layout(error: LayoutError) -> AppError {
    match error {
        LayoutError::Option(pointer, message) => {
            AppError::invalid_field(pointer, FieldCode::OutOfRange, message)
        }
        LayoutError::Sheet(error) => refuse_sheet(error),
    }
}

/// How a commit ended.
#[derive(Debug)]
pub enum Committed {
    /// The rows are in; these had another outcome than the preview said.
    Now(Vec<u32>),
    /// They had been in before.
    Before,
    /// Everything was asked for and rows have errors; nothing was written but
    /// the new outcomes of the preview.
    Refused(AppError),
}

/// Commits a preview, in the caller's transaction.
///
/// # Errors
/// `import_already_decided` for one that was undone; and what the database
/// says when somebody else's write came between check and commit.
pub fn commit(
    conn: &mut PgConnection,
    context: &Context,
    writing: &Writing,
    mode: CommitMode,
) -> AppResult<Committed> {
    let id = writing.import;
    let record = import::lock(conn, id)?;
    match record.state.as_str() {
        "previewed" => {}
        "committed" => return Ok(Committed::Before),
        _ => {
            return Err(AppError::refuse(
                ErrorCode::ImportAlreadyDecided,
                "The import has been undone already.",
            ));
        }
    }
    diesel::sql_query("SELECT pg_advisory_xact_lock($1, 0)").bind::<Integer, _>(COMMIT_LOCK).execute(conn)?;
    let (kind, layout) = (kind_of(&record), layout_of(&record)?);
    let (rows, before) = stored_rows(conn, id)?;
    let columns: Columns = columns_of(&layout);
    let checked = check(conn, context, kind, &rows, &columns, Access::Lock)?;
    let changed: Vec<&Checked> = checked
        .iter()
        .zip(&before)
        .filter(|(now, before)| outcome_text(now) != **before)
        .map(|(now, _)| now)
        .collect();
    let changed_rows: Vec<u32> = changed.iter().map(|row| row.number).collect();
    import_row::update_outcomes(conn, id, &changed)?;
    let summary = serde_json::to_value(summarise(&checked)).map_err(AppError::internal)?;
    if mode == CommitMode::All && checked.iter().any(|row| row.outcome == RowOutcome::Error) {
        let reading = Reading { options: record.options, layout: record.layout, summary };
        import::update_reading(conn, id, &reading)?;
        return Ok(Committed::Refused(errors_in(&checked)));
    }
    pass_gate(conn, writing, &checked)?;
    let done = apply(conn, writing, &checked)?;
    import_row::store_done(conn, id, &done)?;
    let mode_text = if mode == CommitMode::All { "all" } else { "valid" };
    import::mark_committed(conn, id, mode_text, &summary, writing.now)?;
    remember(conn, &record, kind, writing)?;
    let mut entry = Entry::new("import.commit", id.0);
    if let Some(reason) = &writing.override_reason {
        entry = entry.reason(reason);
    }
    entry
        .after(&json!({ "kind": kind.as_str(), "file_name": record.file_name, "mode": mode_text, "summary": summary }))
        .record(conn, &writing.author)?;
    Ok(Committed::Now(changed_rows))
}

/// Rows that give projects to students outside the phase for it need a
/// written reason; those of people who may not give one were errors already.
fn pass_gate(conn: &mut PgConnection, writing: &Writing, checked: &[Checked]) -> AppResult<()> {
    let late = checked.iter().find_map(|row| match &row.plan {
        Plan::Project(plan) if row.problems.iter().any(|problem| problem.code == FieldCode::PhaseNotOpen) => {
            Some(DegreeId(plan.degree))
        }
        _ => None,
    });
    let Some(degree) = late else { return Ok(()) };
    let phase = Phase::ProjectAssignment;
    let windows = call::windows(conn, degree, phase)?;
    match phase_gate::pass(phase, &windows, writing.now, true, writing.override_reason.as_deref()) {
        Ok(_) => Ok(()),
        Err(closed) => {
            let sentence = phase_gate::sentence(&closed, writing.config.time_zone);
            Err(AppError::outside(closed, sentence))
        }
    }
}

/// A mapping made by hand is kept for the next file with this header, once it
/// has proved good.
fn remember(
    conn: &mut PgConnection,
    record: &ImportRecord,
    kind: ImportKind,
    writing: &Writing,
) -> AppResult<()> {
    let options: ImportOptions =
        serde_json::from_value(record.options.clone()).map_err(AppError::internal)?;
    let hash: Option<Vec<u8>> =
        record.layout.get("header_hash").and_then(|hash| serde_json::from_value(hash.clone()).ok());
    if let (Some(mapping), Some(hash), Some(by)) = (options.mapping, hash, writing.author.id) {
        import::keep_mapping(conn, kind, &hash, &mapping, by)?;
    }
    Ok(())
}

/// The stored rows as they were read, and the outcome each had.
fn stored_rows(conn: &mut PgConnection, id: ImportId) -> AppResult<(Vec<RowValues>, Vec<String>)> {
    let mut rows = Vec::new();
    let mut outcomes = Vec::new();
    for row in import_row::all(conn, id)? {
        let values: BTreeMap<ImportField, String> =
            serde_json::from_value(row.cells).map_err(AppError::internal)?;
        rows.push(RowValues { number: u32::try_from(row.row_number).unwrap_or_default(), values });
        outcomes.push(row.outcome);
    }
    Ok((rows, outcomes))
}

fn errors_in(checked: &[Checked]) -> AppError {
    let wrong: Vec<&Checked> = checked.iter().filter(|row| row.outcome == RowOutcome::Error).collect();
    let mut refusal = AppError::refuse(
        ErrorCode::ImportHasErrors,
        format!("{} of {} rows have errors. Nothing was imported.", wrong.len(), checked.len()),
    );
    for row in wrong.iter().take(NAMED_ROWS) {
        let first = row.problems.iter().find(|problem| problem.severity == Severity::Error);
        if let Some(problem) = first {
            refusal = refusal.with(FieldError {
                pointer: format!("/rows/{}", row.number),
                code: problem.code,
                message: problem.message_en.clone(),
            });
        }
    }
    refusal
}

/// Rows by outcome.
#[must_use]
pub fn summarise(checked: &[Checked]) -> ImportSummary {
    let mut summary =
        ImportSummary { rows: u32::try_from(checked.len()).unwrap_or(u32::MAX), ..Default::default() };
    for row in checked {
        match row.outcome {
            RowOutcome::Create => summary.create += 1,
            RowOutcome::Update => summary.update += 1,
            RowOutcome::Unchanged => summary.unchanged += 1,
            RowOutcome::Error => summary.error += 1,
        }
        summary.warning +=
            u32::from(row.problems.iter().any(|problem| problem.severity == Severity::Warning));
    }
    summary
}

/// The kind of a stored import; the schema knows no others.
#[must_use]
pub fn kind_of(record: &ImportRecord) -> ImportKind {
    ImportKind::ALL.into_iter().find(|kind| kind.as_str() == record.kind).unwrap_or(ImportKind::Projects)
}

/// The layout of a stored import.
///
/// # Errors
/// When what was stored is not a layout.
pub fn layout_of(record: &ImportRecord) -> AppResult<ImportLayout> {
    let layout: Value = record.layout.clone();
    serde_json::from_value(layout).map_err(AppError::internal)
}

/// The options of a stored import.
///
/// # Errors
/// When what was stored are not options.
pub fn options_of(record: &ImportRecord) -> AppResult<ImportOptions> {
    serde_json::from_value(record.options.clone()).map_err(AppError::internal)
}
