//! Spreadsheets of the secretary's office.

use super::upload::Progress;
use super::{ApiError, Client};
use gestfg_types::ids::{DegreeId, ImportId};
use gestfg_types::imports::{
    CommitImport, CommitMode, Import, ImportCommitted, ImportKind, ImportOptions, ImportRow,
};
use gestfg_types::pagination::Page;
use serde::Serialize;
use yew::Callback;

/// One's imports, the newest first.
pub async fn list_imports(client: &Client, filters: &impl Serialize) -> Result<Page<Import>, ApiError> {
    client.list("/imports", filters).fetch().await
}

/// One import.
pub async fn find_import(client: &Client, id: ImportId) -> Result<Import, ApiError> {
    client.get(&format!("/imports/{id}")).fetch().await
}

/// The rows of an import, under these filters.
pub async fn list_rows(
    client: &Client,
    id: ImportId,
    filters: &impl Serialize,
) -> Result<Page<ImportRow>, ApiError> {
    client.list(&format!("/imports/{id}/rows"), filters).fetch().await
}

/// Gives a file to the server, which reads and checks it.
///
/// # Errors
/// What the server refuses, or that it was not reached.
pub async fn upload_import(
    client: &Client,
    file: &web_sys::File,
    kind: ImportKind,
    degree_id: Option<DegreeId>,
    onprogress: Callback<Progress>,
) -> Result<Import, ApiError> {
    let form = web_sys::FormData::new().map_err(|_error| ApiError::Network)?;
    let options = ImportOptions { degree_id, ..ImportOptions::default() };
    let options = serde_json::to_string(&options).unwrap_or_default();
    let filled = form
        .append_with_str("kind", kind.as_str())
        .and_then(|()| form.append_with_str("options", &options))
        .and_then(|()| form.append_with_blob_and_filename("file", file, &file.name()));
    filled.map_err(|_error| ApiError::Network)?;
    client.upload("/imports", &form, onprogress).await
}

/// Reads the file again, otherwise.
pub async fn preview_import(
    client: &Client,
    id: ImportId,
    options: &ImportOptions,
) -> Result<Import, ApiError> {
    client.post(&format!("/imports/{id}/preview")).json(options).fetch().await
}

/// Takes the rows in.
pub async fn commit_import(
    client: &Client,
    id: ImportId,
    mode: CommitMode,
    override_reason: Option<String>,
) -> Result<ImportCommitted, ApiError> {
    client.post(&format!("/imports/{id}/commit")).json(&CommitImport { mode, override_reason }).fetch().await
}

/// Takes the rows out again.
pub async fn undo_import(client: &Client, id: ImportId) -> Result<Import, ApiError> {
    client.post(&format!("/imports/{id}/undo")).fetch().await
}

/// Throws a preview away.
pub async fn delete_import(client: &Client, id: ImportId) -> Result<(), ApiError> {
    client.delete(&format!("/imports/{id}")).done().await
}

/// The spreadsheet with what there is to say about each row.
pub async fn import_report(client: &Client, id: ImportId) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/imports/{id}/report")).download().await
}

/// An empty spreadsheet of this kind, with its headers.
pub async fn import_template(client: &Client, kind: ImportKind) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/imports/templates/{}", kind.as_str())).download().await
}
