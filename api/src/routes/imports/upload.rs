//! The parts of an uploaded file, taken piece by piece and never beyond the limit.

use crate::error::{AppError, AppResult};
use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use futures_util::StreamExt;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::imports::{ImportKind, ImportOptions, MAX_FILE_BYTES};
use utoipa::ToSchema;

/// Bytes a text part may have.
const TEXT_LIMIT: usize = 64 * 1024;
/// Bytes read and thrown away after a refusal, so that a browser which is
/// still sending gets to see it.
const DRAINED: usize = 64 * 1024 * 1024;

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
pub(super) async fn read(request: &HttpRequest, mut form: Multipart) -> AppResult<Upload> {
    let media_type =
        request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(AppError::refuse(
            ErrorCode::UnsupportedMediaType,
            "Send the file as multipart/form-data.",
        ));
    }
    let (mut file, mut kind, mut options) = (None, None, None);
    while let Some(field) = form.next().await {
        let mut field = field.map_err(broken)?;
        let limit = if field.name() == Some("file") { MAX_FILE_BYTES } else { TEXT_LIMIT };
        let body = match take(&mut field, limit).await? {
            Some(body) => body,
            None => {
                drop(field);
                drain(&mut form).await;
                return Err(AppError::refuse(ErrorCode::TooLarge, "The file is larger than 20 MB."));
            }
        };
        match field.name() {
            Some("file") => file = Some((file_name(&field), body)),
            Some("kind") => kind = Some(parse_kind(&body)?),
            Some("options") => options = Some(parse_options(&body)?),
            other => {
                let pointer = format!("/{}", other.unwrap_or_default());
                return Err(AppError::invalid_field(
                    pointer,
                    FieldCode::Unknown,
                    "The form has no such part.",
                ));
            }
        }
    }
    let due = |name: &str| {
        AppError::invalid_field(
            format!("/{name}"),
            FieldCode::Required,
            format!("The part `{name}` is required."),
        )
    };
    let (file_name, file) = file.ok_or_else(|| due("file"))?;
    Ok(Upload {
        file_name,
        file,
        kind: kind.ok_or_else(|| due("kind"))?,
        options: options.unwrap_or_default(),
    })
}

/// The part's bytes; nothing when there are more than the limit.
async fn take(field: &mut Field, limit: usize) -> AppResult<Option<Vec<u8>>> {
    let mut body = Vec::new();
    let mut seen = 0_usize;
    while let Some(piece) = field.next().await {
        let piece = piece.map_err(broken)?;
        seen += piece.len();
        if seen <= limit {
            body.extend_from_slice(&piece);
        } else if seen > limit + DRAINED {
            break;
        } else {
            body = Vec::new();
        }
    }
    Ok((seen <= limit).then_some(body))
}

async fn drain(form: &mut Multipart) {
    let mut seen = 0_usize;
    while let Some(Ok(mut field)) = form.next().await {
        while let Some(Ok(piece)) = field.next().await {
            seen += piece.len();
            if seen > DRAINED {
                return;
            }
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "goes into map_err")]
fn broken(error: MultipartError) -> AppError {
    AppError::refuse(ErrorCode::MalformedRequest, format!("The form cannot be read: {error}."))
}

/// The last part of the path, as some browsers send the whole of it.
fn file_name(field: &Field) -> String {
    let given =
        field.content_disposition().and_then(|disposition| disposition.get_filename()).unwrap_or_default();
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if clean.trim().is_empty() { "file".to_owned() } else { clean }
}

fn parse_kind(body: &[u8]) -> AppResult<ImportKind> {
    let text = String::from_utf8_lossy(body);
    ImportKind::ALL.into_iter().find(|kind| kind.as_str() == text.trim()).ok_or_else(|| {
        AppError::invalid_field(
            "/kind",
            FieldCode::UnknownValue,
            format!("There is no kind of import `{}`.", text.trim()),
        )
    })
}

fn parse_options(body: &[u8]) -> AppResult<ImportOptions> {
    let options: Option<ImportOptions> = serde_json::from_slice(body).map_err(|error| {
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
