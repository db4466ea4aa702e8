//! Forms with a file, taken piece by piece and never beyond the limit.

use crate::error::{AppError, AppResult};
use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use futures_util::StreamExt;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::imports::MAX_FILE_BYTES;
use std::collections::HashMap;

/// Bytes a text part may have.
const TEXT_LIMIT: usize = 64 * 1024;
/// Bytes read and thrown away after a refusal, so that a browser which is
/// still sending gets to see it.
const DRAINED: usize = 64 * 1024 * 1024;

/// A form that was taken whole.
#[derive(Debug, Default)]
pub(super) struct Form {
    file: Option<(String, Vec<u8>)>,
    texts: HashMap<String, String>,
}

impl Form {
    /// The text of a part, if it was sent.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// The file with its name.
    pub(super) fn take_file(&mut self) -> AppResult<(String, Vec<u8>)> {
        self.file.take().ok_or_else(|| required("file"))
    }
}

/// The refusal of a form without a part it needs.
pub(super) fn required(name: &str) -> AppError {
    let sentence = format!("The part `{name}` is required.");
    AppError::invalid_field(format!("/{name}"), FieldCode::Required, sentence)
}

/// Reads a form with a part `file` and these texts.
pub(super) async fn read(request: &HttpRequest, mut form: Multipart, texts: &[&str]) -> AppResult<Form> {
    let media_type =
        request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(AppError::refuse(
            ErrorCode::UnsupportedMediaType,
            "Send the file as multipart/form-data.",
        ));
    }
    let mut read = Form::default();
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
            Some("file") => read.file = Some((file_name(&field), body)),
            Some(name) if texts.contains(&name) => {
                read.texts.insert(name.to_owned(), String::from_utf8_lossy(&body).into_owned());
            }
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
    Ok(read)
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
