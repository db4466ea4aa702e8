//! A person's own copy of what is kept about them: a ZIP file with `datos.json`
//! and the documents that are theirs.
//!
//! It is written to a file without a name, row by row and piece by piece, so
//! that it takes little memory however much there is, and whatever goes wrong
//! goes wrong before the answer begins.

use crate::app::AppState;
use crate::error::{AppError, AppResult};
use crate::models::personal_data::{self, OwnDocument};
use actix_web::web;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use futures_util::TryStreamExt;
use gestfg_types::ids::UserId;
use gestfg_types::personal::{PERSONAL_DATA_FORMAT, PERSONAL_DATA_VERSION, PersonalSection};
use gestfg_types::session::Language;
use std::fs::File;
use std::io::{Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The file, to be read from its beginning.
///
/// # Errors
/// `unavailable` when the database or the bucket cannot be reached; `internal` when the disk refuses.
pub async fn write(
    state: &AppState,
    person: UserId,
    language: Language,
    now: DateTime<Utc>,
) -> AppResult<File> {
    let (mut zip, documents) = state
        .db
        .run(move |conn| {
            // One moment for every part.
            conn.build_transaction().read_only().repeatable_read().run(|conn| {
                let file = tempfile::tempfile().map_err(AppError::internal)?;
                let zip = write_data(conn, ZipWriter::new(file), person, language, now)?;
                Ok::<_, AppError>((zip, personal_data::documents(conn, person)?))
            })
        })
        .await?;
    for document in documents {
        zip = add_document(state, zip, document).await?;
    }
    web::block(move || {
        let mut file = zip.finish().map_err(AppError::internal)?;
        file.rewind().map_err(AppError::internal)?;
        Ok::<_, AppError>(file)
    })
    .await?
}

fn write_data(
    conn: &mut PgConnection,
    mut zip: ZipWriter<File>,
    person: UserId,
    language: Language,
    now: DateTime<Utc>,
) -> AppResult<ZipWriter<File>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file(read_me_name(language), options).map_err(AppError::internal)?;
    zip.write_all(read_me(language).as_bytes()).map_err(AppError::internal)?;
    zip.start_file("datos.json", options).map_err(AppError::internal)?;
    let made_at = serde_json::to_string(&now).map_err(AppError::internal)?;
    write!(
        zip,
        "{{\"format\":\"{PERSONAL_DATA_FORMAT}\",\"version\":{PERSONAL_DATA_VERSION},\"made_at\":{made_at},\"sections\":{{"
    )
    .map_err(AppError::internal)?;
    for (n, section) in PersonalSection::ALL.iter().enumerate() {
        write!(zip, "{}\n\"{}\":[", if n > 0 { "," } else { "" }, section.as_str())
            .map_err(AppError::internal)?;
        let mut is_first = true;
        personal_data::each(conn, person, *section, |row| {
            write!(zip, "{}\n{row}", if is_first { "" } else { "," }).map_err(AppError::internal)?;
            is_first = false;
            Ok::<_, AppError>(())
        })?;
        write!(zip, "]").map_err(AppError::internal)?;
    }
    writeln!(zip, "}}}}").map_err(AppError::internal)?;
    Ok(zip)
}

async fn add_document(
    state: &AppState,
    mut zip: ZipWriter<File>,
    document: OwnDocument,
) -> AppResult<ZipWriter<File>> {
    let OwnDocument { path, content_id, is_in_bucket, size } = document;
    let size = u64::try_from(size).map_err(AppError::internal)?;
    // Compressed by nature.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file(path, options).map_err(AppError::internal)?;
    let bytes = state.storage.read(content_id, is_in_bucket, 0..size).await?;
    bytes
        .try_fold(zip, |mut zip, bytes| async move {
            web::block(move || zip.write_all(&bytes).map(|()| zip)).await?.map_err(AppError::internal)
        })
        .await
}

const fn read_me_name(language: Language) -> &'static str {
    match language {
        Language::Es => "LEEME.txt",
        Language::En => "README.txt",
    }
}

fn read_me(language: Language) -> &'static str {
    match language {
        Language::Es => {
            "Todo lo que GesTFG guarda sobre ti.\n\n\
             datos.json   tus datos, apartado por apartado (formato gestfg-personal-data, versión 1; la\n\
             \x20            documentación de la API explica cada apartado)\n\
             documentos/  lo que has entregado, versión por versión\n\n\
             No incluye contraseñas ni claves, ni las notas que aún no se te han publicado, ni lo que\n\
             otras personas han escrito sobre terceros.\n"
        }
        Language::En => {
            "Everything GesTFG keeps about you.\n\n\
             datos.json   your data, part by part (format gestfg-personal-data, version 1; the API's\n\
             \x20            documentation explains each part)\n\
             documentos/  what you handed in, version by version\n\n\
             It holds no passwords or keys, no marks that are not published to you yet, and nothing\n\
             that others wrote about third persons.\n"
        }
    }
}
