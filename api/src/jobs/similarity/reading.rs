//! Reading what was handed in.

use crate::app::AppState;
use crate::deposit_text::{DepositText, Reader};
use crate::domain::similarity::{LEAST_WORDS, MOST_WORDS};
use crate::error::{AppError, AppResult};
use crate::models::similarity_check::{self, Extent, ToRead};
use crate::models::{deposit_text, document};
use crate::similarity_news::announce;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use futures_util::StreamExt;
use gestfg_similarity::signature::Signature;
use gestfg_similarity::words::Words;
use gestfg_types::documents::DocumentStore;
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::SimilarityState;
use std::io::{Seek, Write};
use uuid::Uuid;

/// Read the oldest document that waits. Says whether there was one.
///
/// # Errors
/// When the database or the bucket cannot be reached; the document waits on.
pub async fn read_next(state: &AppState, reader: &Reader) -> AppResult<bool> {
    let (me, now) = (Uuid::new_v4(), state.clock.now());
    let Some(row) = state.db.write(move |conn| Ok(similarity_check::claim(conn, me, now)?)).await? else {
        return Ok(false);
    };
    let id = DocumentId(row.document_id);
    let read = if row.is_hopeless() { Ok(None) } else { text_of(state, reader, &row).await };
    match read {
        Ok(text) => {
            let now = state.clock.now();
            state.db.write(move |conn| keep(conn, id, me, text.as_ref(), now)).await?;
            Ok(true)
        }
        Err(error) => {
            state.db.write(move |conn| Ok(similarity_check::give_back(conn, id, me)?)).await?;
            Err(error)
        }
    }
}

async fn text_of(state: &AppState, reader: &Reader, row: &ToRead) -> AppResult<Option<DepositText>> {
    let size = u64::try_from(row.size).map_err(AppError::internal)?;
    let is_in_bucket = row.store == DocumentStore::Bucket.as_str();
    // It has no name: it is gone with whoever has it open, however they end.
    let mut file = tempfile::tempfile().map_err(AppError::internal)?;
    let mut bytes = state.storage.read(row.content_id, is_in_bucket, 0..size).await?;
    while let Some(piece) = bytes.next().await {
        file.write_all(&piece?).map_err(AppError::internal)?;
    }
    file.rewind().map_err(AppError::internal)?;
    reader.read(file).await.map_err(AppError::internal)
}

fn keep(
    conn: &mut PgConnection,
    id: DocumentId,
    me: Uuid,
    text: Option<&DepositText>,
    now: DateTime<Utc>,
) -> AppResult<()> {
    let words = text.map(|text| Words::of(&text.text, MOST_WORDS + 1));
    let count = words.as_ref().map_or(0, Words::len);
    let state = match text {
        None => SimilarityState::Unreadable,
        Some(_) if count < LEAST_WORDS => SimilarityState::WithoutText,
        Some(_) => SimilarityState::Read,
    };
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let extent = text.map(|text| Extent {
        pages: number(text.pages),
        pages_read: number(text.pages_read),
        words: number(count.min(MOST_WORDS)),
        is_whole: text.is_whole && count <= MOST_WORDS,
    });
    if !similarity_check::set_read(conn, id, me, (state, extent), now)? {
        // Somebody else has it: whatever was read here is not wanted.
        return Ok(());
    }
    if let (SimilarityState::Read, Some(text), Some(words)) = (state, text, &words) {
        let signature = Signature::of(&words.shingles()).map(|signature| signature.bands());
        deposit_text::create(conn, id, &text.text, &signature.unwrap_or_default())?;
        return Ok(());
    }
    let found = document::find(conn, id)?;
    announce(conn, &found)
}
