//! Files to download: spreadsheets made of a list.

use crate::error::{AppError, AppResult};
use crate::pdf::Document;
use crate::sheets::write;
use actix_web::http::header::{
    CACHE_CONTROL, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::{HttpResponse, web};
use gestfg_types::session::Language;
use serde::Deserialize;
use utoipa::ToSchema;

/// What an XLSX file calls itself.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The bytes of an XLSX file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes an answer")]
pub(crate) struct Spreadsheet(Vec<u8>);

/// The form a table comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TableFormat {
    /// Comma-separated values in UTF-8, with the mark by which spreadsheet programs know it.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
}

/// The bytes of a PDF file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes an answer")]
pub(crate) struct Print(Vec<u8>);

/// The form a list comes in that can also be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrintFormat {
    /// Comma-separated values in UTF-8, with the mark by which spreadsheet programs know it.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
    /// An accessible PDF file (PDF/UA-1).
    Pdf,
}

impl PrintFormat {
    /// The same as a table, unless it is to be printed.
    pub(crate) const fn as_table(self) -> Option<TableFormat> {
        match self {
            Self::Csv => Some(TableFormat::Csv),
            Self::Xlsx => Some(TableFormat::Xlsx),
            Self::Pdf => None,
        }
    }
}

/// A document as a PDF file of this name.
///
/// # Errors
/// `internal` when the writer refuses.
pub(crate) async fn print(name: &str, document: Document) -> AppResult<HttpResponse> {
    let bytes = web::block(move || document.write().map_err(AppError::internal)).await??;
    Ok(file("application/pdf", format!("{}.pdf", name.replace('/', "-")), bytes))
}

/// "Page 2 of 5", as a document says it.
pub(crate) fn page_of(language: Language) -> (&'static str, fn(usize, usize) -> String) {
    match language {
        Language::Es => ("es", |page, pages| format!("Página {page} de {pages}")),
        Language::En => ("en", |page, pages| format!("Page {page} of {pages}")),
    }
}

/// A table as a file of this name. Texts that a spreadsheet program would take
/// for formulas are made harmless.
///
/// # Errors
/// `internal` when the writer refuses.
pub(crate) async fn table(
    format: TableFormat,
    name: String,
    headers: &[impl AsRef<str>],
    rows: Vec<Vec<String>>,
) -> AppResult<HttpResponse> {
    let headers: Vec<String> = headers.iter().map(|header| header.as_ref().to_owned()).collect();
    let (media_type, ending) = match format {
        TableFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        TableFormat::Xlsx => (XLSX, "xlsx"),
    };
    let file_name = format!("{}.{ending}", name.replace('/', "-"));
    let bytes = web::block(move || match format {
        TableFormat::Csv => write::csv_table(&headers, &rows).map_err(AppError::internal),
        TableFormat::Xlsx => write::table(&name, &headers, &rows).map_err(AppError::internal),
    })
    .await??;
    Ok(file(media_type, file_name, bytes))
}

/// A file that is to be kept, not shown.
pub(crate) fn file(media_type: &str, name: String, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(attachment(name))
        .body(bytes)
}

/// To be saved under its name, or shown.
pub(crate) fn disposition(is_shown: bool, name: String) -> ContentDisposition {
    let disposition = if is_shown { DispositionType::Inline } else { DispositionType::Attachment };
    ContentDisposition { disposition, ..attachment(name) }
}

/// Under its name, and for old programs under what of it is plain ASCII.
pub(crate) fn attachment(name: String) -> ContentDisposition {
    let plain = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-_. ()".contains(c) { c } else { '_' })
        .collect();
    let value = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.into_bytes(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(value)],
    }
}
