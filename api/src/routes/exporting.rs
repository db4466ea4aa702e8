//! Lists as files: what the list shows under the same filters, from the first
//! row to the last, as it was at one moment.
//!
//! The rows are read page by page and written to a file without a name, so that
//! a list of fifty thousand takes no more memory than one of fifty, and
//! whatever goes wrong goes wrong before the answer begins.

use crate::db::Db;
use crate::error::{AppError, AppResult};
use crate::pagination::{Cursor, PageParams, Window};
use crate::routes::download::{TableFormat, XLSX, attachment};
use crate::sheets::list::{Cell, ListFile};
use actix_web::body::SizedStream;
use actix_web::dev::Payload;
use actix_web::http::header::{CACHE_CONTROL, ContentEncoding};
use actix_web::web::{self, Bytes};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use diesel::PgConnection;
use futures_util::stream;
use gestfg_types::errors::ErrorCode;
use gestfg_types::master::Level;
use gestfg_types::session::Language;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as ValueError, StrDeserializer};
use std::fs::File;
use std::future::{Ready, ready};
use std::io::Read;
use url::form_urlencoded;
use utoipa::openapi::path::Parameter;
use utoipa::{IntoParams, PartialSchema};

/// Rows that are in memory at once.
const PAGE: u32 = 500;
/// Bytes that are in memory at once when the file is sent.
const CHUNK: usize = 64 * 1024;

/// The query of an export: the filters `P` of its list, and the form wanted.
/// A page makes no sense here, so `limit` and `cursor` are refused.
#[derive(Debug)]
pub(crate) struct Exporting<P> {
    /// As what.
    pub(crate) format: TableFormat,
    /// The filters of the list.
    pub(crate) params: P,
}

impl<P: DeserializeOwned> FromRequest for Exporting<P> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_query(request.query_string()))
    }
}

fn read_query<P: DeserializeOwned>(query: &str) -> AppResult<Exporting<P>> {
    let wrong = |what: &str| {
        AppError::refuse(ErrorCode::MalformedRequest, format!("The query string is not valid: {what}"))
    };
    let (mut format, mut rest) = (None, form_urlencoded::Serializer::new(String::new()));
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "format" if format.is_none() => {
                let value = StrDeserializer::<ValueError>::new(&value);
                format = Some(TableFormat::deserialize(value).map_err(|error| wrong(&error.to_string()))?);
            }
            "format" => return Err(wrong("duplicate field `format`")),
            "limit" | "cursor" => return Err(wrong("an export has no pages")),
            _ => {
                rest.append_pair(&name, &value);
            }
        }
    }
    let format = format.ok_or_else(|| wrong("missing field `format`"))?;
    let params = web::Query::<P>::from_query(&rest.finish()).map_err(|error| wrong(&error.to_string()))?;
    Ok(Exporting { format, params: params.into_inner() })
}

/// The filters of a list and the form, as the description of the API has them.
impl<P: IntoParams> IntoParams for Exporting<P> {
    fn into_params(parameter_in: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>) -> Vec<Parameter> {
        let mut params = P::into_params(parameter_in);
        params.retain(|param| param.name != "limit" && param.name != "cursor");
        params.push(
            utoipa::openapi::path::ParameterBuilder::new()
                .name("format")
                .parameter_in(utoipa::openapi::path::ParameterIn::Query)
                .description(Some("As what."))
                .required(utoipa::openapi::Required::True)
                .schema(Some(TableFormat::schema()))
                .build(),
        );
        params
    }
}

/// What the file and its columns are called.
pub(crate) struct Titles {
    /// Name of the sheet and, in small letters, of the file.
    pub(crate) name: &'static str,
    /// The headers.
    pub(crate) headers: &'static [&'static str],
}

impl Titles {
    /// In the caller's language.
    pub(crate) const fn of(language: Language, es: Self, en: Self) -> Self {
        match language {
            Language::Es => es,
            Language::En => en,
        }
    }
}

/// A yes or a no, in words.
pub(crate) fn yes_or_no(language: Language, is_so: bool) -> Cell {
    let word = match (language, is_so) {
        (Language::Es, true) => "sí",
        (Language::En, true) => "yes",
        (_, false) => "no",
    };
    word.into()
}

/// A decimal, which this reader writes with a comma or with a point.
pub(crate) fn decimal(language: Language, number: &str) -> Cell {
    Cell::Decimal(match language {
        Language::Es => number.replace('.', ","),
        Language::En => number.to_owned(),
    })
}

/// What a level is called.
pub(crate) const fn level_name(language: Language, level: Level) -> &'static str {
    match (language, level) {
        (Language::Es, Level::Bachelor) => "Grado",
        (Language::En, Level::Bachelor) => "Bachelor",
        (Language::Es, Level::Master) => "Máster",
        (Language::En, Level::Master) => "Master",
    }
}

/// What a clock on the wall showed then.
pub(crate) fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// Write a list from its first page to its last, and answer with the file.
///
/// # Errors
/// Those of `page`; `internal` when the disk refuses.
pub(crate) async fn export<K, F>(
    db: &Db,
    format: TableFormat,
    titles: Titles,
    mut page: F,
) -> AppResult<HttpResponse>
where
    K: DeserializeOwned,
    F: FnMut(&mut PgConnection, &PageParams<K>) -> AppResult<Window<Vec<Cell>>> + Send + 'static,
{
    let Titles { name, headers } = titles;
    let file = db
        .run(move |conn| {
            // One moment for all pages: nothing is twice in the file or missing from it.
            conn.build_transaction().read_only().repeatable_read().run(|conn| {
                let mut file = match format {
                    TableFormat::Csv => ListFile::csv(headers),
                    TableFormat::Xlsx => ListFile::xlsx(name, headers),
                }
                .map_err(AppError::internal)?;
                let mut params = PageParams { after: None, limit: PAGE };
                loop {
                    let Window { rows, next_cursor, .. } = page(conn, &params)?;
                    for row in &rows {
                        file.add(row).map_err(AppError::internal)?;
                    }
                    let Some(cursor) = next_cursor else { break };
                    params.after = Some(Cursor::read(&cursor)?);
                }
                file.finish().map_err(AppError::internal)
            })
        })
        .await?;
    answer(file, format, name)
}

fn answer(file: File, format: TableFormat, name: &str) -> AppResult<HttpResponse> {
    let (media_type, ending) = match format {
        TableFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        TableFormat::Xlsx => (XLSX, "xlsx"),
    };
    send(file, media_type, format!("{}.{ending}", name.to_lowercase().replace(' ', "-")))
}

/// A file to be kept under this name, sent from where it is at, piece by piece.
///
/// # Errors
/// `internal` when the disk refuses.
pub(crate) fn send(file: File, media_type: &str, name: String) -> AppResult<HttpResponse> {
    let length = file.metadata().map_err(AppError::internal)?.len();
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(attachment(name));
    if !media_type.starts_with("text/") {
        // It is compressed by nature.
        response.insert_header(ContentEncoding::Identity);
    }
    let chunks = stream::try_unfold(file, |mut file| async move {
        let read = web::block(move || {
            let mut chunk = vec![0; CHUNK];
            let count = file.read(&mut chunk)?;
            chunk.truncate(count);
            Ok::<_, std::io::Error>((chunk, file))
        });
        let (chunk, file) = read.await.map_err(AppError::from)?.map_err(AppError::internal)?;
        Ok::<_, AppError>((!chunk.is_empty()).then(|| (Bytes::from(chunk), file)))
    });
    Ok(response.body(SizedStream::new(length, Box::pin(chunks))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Params {
        q: Option<String>,
        degree_id: Option<i64>,
    }

    #[test]
    fn the_form_is_taken_out_and_the_filters_stay_strict() {
        let read = |query: &str| read_query::<Params>(query).map(|asked| (asked.format, asked.params));
        let found = read("q=a%20b&format=xlsx&degree_id=7").unwrap();
        assert_eq!(found, (TableFormat::Xlsx, Params { q: Some("a b".to_owned()), degree_id: Some(7) }));
        for wrong in [
            "",
            "q=a",
            "format=pdf",
            "format=csv&format=csv",
            "format=csv&limit=2",
            "format=csv&x=1",
            "format=csv&degree_id=a",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
