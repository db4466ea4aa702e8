//! Where the bytes of documents are: in the database in pieces, or one object
//! each in a bucket. Never whole in memory, whatever their size.
//!
//! An upload first makes a row that says it is on its way (`receiving`); only
//! the transaction that hands the document in turns it into `kept`. Whatever
//! ends an upload before that, a server that was killed included, leaves a row
//! by which everything it stored is found and cleared away.

use crate::app::AppState;
use crate::db::Db;
use crate::error::{AppError, AppResult};
use crate::models::document_content::{self, Given, PIECE};
use actix_web::web::Bytes;
use chrono::{DateTime, Duration, Utc};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use gestfg_types::documents::DocumentStore;
use std::ops::Range;
use std::sync::Arc;
use uuid::Uuid;

mod bucket;
mod check;
mod copying;
mod folder;
mod incoming;

pub use bucket::Bucket;
pub use check::{Findings, check_documents};
pub use incoming::{Incoming, Whole};

/// An upload of which nothing came for so long is over.
const SILENCE: Duration = Duration::minutes(3);

/// The stores there are.
#[derive(Clone)]
pub struct Storage {
    db: Db,
    bucket: Option<Arc<Bucket>>,
}

impl Storage {
    /// The database, and the bucket if there is one.
    #[must_use]
    pub fn new(db: Db, bucket: Option<Arc<Bucket>>) -> Self {
        Self { db, bucket }
    }

    /// Where new documents go.
    #[must_use]
    pub fn store(&self) -> DocumentStore {
        if self.bucket.is_some() { DocumentStore::Bucket } else { DocumentStore::Database }
    }

    fn bucket(&self) -> AppResult<&Bucket> {
        self.bucket.as_deref().ok_or_else(|| {
            AppError::storage_away(anyhow::anyhow!("a document is in a bucket, and STORAGE_URL is not set"))
        })
    }

    /// The bytes of what is kept, in a range, as they are read.
    ///
    /// # Errors
    /// `unavailable` when the bucket cannot be reached or has lost it.
    pub async fn read(
        &self,
        id: Uuid,
        is_in_bucket: bool,
        range: Range<u64>,
    ) -> AppResult<BoxStream<'static, AppResult<Bytes>>> {
        if is_in_bucket {
            let read = self.bucket()?.read(id, range).await.map_err(AppError::storage_away)?;
            return Ok(read.map(|bytes| bytes.map_err(AppError::storage_away)).boxed());
        }
        let piece = PIECE as u64;
        let positions = (range.start / piece)..range.end.div_ceil(piece);
        let db = self.db.clone();
        let read = stream::iter(positions).then(move |position| {
            let (db, range) = (db.clone(), range.clone());
            async move {
                let number = i32::try_from(position).map_err(AppError::internal)?;
                let bytes = db.run(move |conn| Ok(document_content::piece(conn, id, number)?)).await?;
                let within = |at: u64| {
                    usize::try_from(at.saturating_sub(position * piece)).unwrap_or(PIECE).min(bytes.len())
                };
                let (from, to) = (within(range.start), within(range.end));
                Ok(Bytes::from(bytes).slice(from..to))
            }
        });
        Ok(read.boxed())
    }

    /// Clear away what an upload left, unless it is kept.
    ///
    /// # Errors
    /// When the database or the bucket cannot be reached; it is tried again later.
    pub async fn discard(&self, id: Uuid) -> AppResult<()> {
        let given = self.db.run(move |conn| Ok(document_content::give_up(conn, id)?)).await?;
        match given {
            Some(given) => self.clear(given).await,
            None => Ok(()),
        }
    }

    /// Clear away every upload that has fallen silent; says how many.
    ///
    /// # Errors
    /// When the database or the bucket cannot be reached.
    pub async fn discard_silent(&self, now: DateTime<Utc>) -> AppResult<usize> {
        let given =
            self.db.run(move |conn| Ok(document_content::give_up_silent(conn, now - SILENCE)?)).await?;
        let count = given.len();
        for given in given {
            self.clear(given).await?;
        }
        Ok(count)
    }

    /// Clear away the bytes of documents whose time is over; says how many.
    ///
    /// # Errors
    /// When the database or the bucket cannot be reached; it is tried again later.
    pub async fn clear_expiring(&self) -> AppResult<usize> {
        let expiring = self.db.run(|conn| Ok(document_content::list_expiring(conn)?)).await?;
        let count = expiring.len();
        for (id, is_in_bucket) in expiring {
            if is_in_bucket {
                self.bucket()?.remove(id, None).await.map_err(AppError::storage_away)?;
            }
            self.db.write(move |conn| Ok(document_content::expire(conn, id)?)).await?;
        }
        Ok(count)
    }

    async fn clear(&self, given: Given) -> AppResult<()> {
        if given.is_in_bucket {
            let removed = self.bucket()?.remove(given.id, given.multipart.as_deref()).await;
            removed.map_err(AppError::storage_away)?;
        }
        self.db.write(move |conn| Ok(document_content::forget(conn, given.id)?)).await
    }
}

/// Clear away silent uploads from time to time, as long as the server lives.
pub fn keep_clean(state: &AppState) {
    let (storage, clock) = (state.storage.clone(), state.clock.clone());
    actix_web::rt::spawn(async move {
        let mut rounds = tokio::time::interval(std::time::Duration::from_secs(60));
        loop {
            rounds.tick().await;
            match storage.discard_silent(clock.now()).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "uploads that fell silent were cleared away"),
                Err(error) => tracing::warn!(%error, "silent uploads cannot be cleared away"),
            }
            match storage.clear_expiring().await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "documents whose time is over were cleared away"),
                Err(error) => tracing::warn!(%error, "documents whose time is over cannot be cleared away"),
            }
        }
    });
}
