//! The parts of an uploaded file.

use crate::error::{AppError, AppResult};
use crate::routes::forms;
use actix_multipart::Multipart;
use actix_web::HttpRequest;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::imports::{ImportKind, ImportOptions};
use utoipa::ToSchema;

/// The parts of `multipart/form-data`.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes the form; the parts are read one by one")]
pub(super) struct ImportUpload {
    /// The spreadsheet: XLSX, XLS, ODS or CSV, 20 MB at most.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// What it holds.
    kind: ImportKind,
    /// How to read it, as JSON; whatever is absent is found out.
    options: Option<ImportOptions>,
}

/// A form that was taken whole.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) file_name: String,
    pub(super) file: Vec<u8>,
    pub(super) kind: ImportKind,
    pub(super) options: ImportOptions,
}

/// Reads the form.
pub(super) async fn read(request: &HttpRequest, form: Multipart) -> AppResult<Upload> {
    let mut form = forms::read(request, form, &["kind", "options"]).await?;
    let options = form.text("options").map(parse_options).transpose()?;
    let kind = form.text("kind").map(parse_kind).transpose()?;
    let (file_name, file) = form.take_file()?;
    Ok(Upload {
        file_name,
        file,
        kind: kind.ok_or_else(|| forms::required("kind"))?,
        options: options.unwrap_or_default(),
    })
}

fn parse_kind(text: &str) -> AppResult<ImportKind> {
    ImportKind::ALL.into_iter().find(|kind| kind.as_str() == text.trim()).ok_or_else(|| {
        AppError::invalid_field(
            "/kind",
            FieldCode::UnknownValue,
            format!("There is no kind of import `{}`.", text.trim()),
        )
    })
}

fn parse_options(body: &str) -> AppResult<ImportOptions> {
    let options: Option<ImportOptions> = serde_json::from_str(body).map_err(|error| {
        AppError::refuse(ErrorCode::MalformedRequest, format!("The options do not fit: {error}."))
    })?;
    let options = options.unwrap_or_default();
    check_options(&options)?;
    Ok(options)
}

/// What no file could make sense of.
pub(super) fn check_options(options: &ImportOptions) -> AppResult<()> {
    for (pointer, row) in [
        ("/options/header_row", options.header_row),
        ("/options/first_row", options.first_row),
        ("/options/last_row", options.last_row),
    ] {
        if row.is_some_and(|row| !(1..=1_048_576).contains(&row)) {
            return Err(AppError::invalid_field(
                pointer,
                FieldCode::OutOfRange,
                "Rows go from 1 to 1,048,576.",
            ));
        }
    }
    Ok(())
}
