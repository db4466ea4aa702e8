//! A document on its way in.

use super::Storage;
use super::bucket::{PART, Writing};
use crate::clock::Clock;
use crate::error::{AppError, AppResult};
use crate::models::document_content::{self, PIECE};
use gestfg_types::documents::DocumentStore;
use gestfg_types::errors::ErrorCode;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How often an upload says that it lives, while bytes come too slowly to fill a piece.
const BETWEEN_SIGNS: Duration = Duration::from_secs(20);

/// Bytes that come in, stored piece by piece. Dropped before it is kept, it
/// clears away what it stored.
pub struct Incoming {
    storage: Storage,
    clock: Clock,
    id: Uuid,
    hasher: Sha256,
    size: u64,
    /// Less than a piece, or a part of the bucket's.
    buffer: Vec<u8>,
    pieces: i32,
    writing: Option<Writing>,
    last_sign: Instant,
    is_kept: bool,
}

/// What came, all of it.
#[derive(Debug, Clone, Copy)]
pub struct Whole {
    /// Where it is.
    pub id: Uuid,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of them.
    pub sha256: [u8; 32],
}

impl Incoming {
    /// Make room for bytes that are about to come.
    ///
    /// # Errors
    /// `unavailable` when the database or the bucket cannot be reached.
    pub async fn begin(storage: &Storage, clock: &Clock) -> AppResult<Self> {
        let (id, store, now) = (Uuid::now_v7(), storage.store(), clock.now());
        storage.db.run(move |conn| Ok(document_content::begin(conn, id, store, now)?)).await?;
        let mut incoming = Self {
            storage: storage.clone(),
            clock: clock.clone(),
            id,
            hasher: Sha256::new(),
            size: 0,
            buffer: Vec::new(),
            pieces: 0,
            writing: None,
            last_sign: Instant::now(),
            is_kept: false,
        };
        if store == DocumentStore::Bucket {
            let writing = storage.bucket()?.begin(id).await.map_err(AppError::storage_away)?;
            let name = writing.name().map(str::to_owned);
            incoming.writing = Some(writing);
            incoming.give_sign(name).await?;
        }
        Ok(incoming)
    }

    /// Take the next bytes.
    ///
    /// # Errors
    /// `unavailable` when they cannot be stored.
    pub async fn take(&mut self, mut bytes: &[u8]) -> AppResult<()> {
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        let full = if self.writing.is_some() { PART } else { PIECE };
        while !bytes.is_empty() {
            if self.buffer.capacity() == 0 {
                self.buffer.reserve_exact(full);
            }
            let (now, rest) = bytes.split_at(bytes.len().min(full - self.buffer.len()));
            self.buffer.extend_from_slice(now);
            bytes = rest;
            if self.buffer.len() == full {
                self.store_buffer().await?;
            }
        }
        if self.last_sign.elapsed() > BETWEEN_SIGNS {
            self.give_sign(None).await?;
        }
        Ok(())
    }

    /// How many have come.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Store what is left. What came is whole, but not kept yet.
    ///
    /// # Errors
    /// `unavailable` when it cannot be stored.
    pub async fn finish(&mut self) -> AppResult<Whole> {
        if !self.buffer.is_empty() {
            self.store_buffer().await?;
        }
        if let Some(writing) = self.writing.take() {
            let bucket = self.storage.bucket()?;
            bucket.complete(writing).await.map_err(AppError::storage_away)?;
            // Whoever has the answer of the bucket has the object; ask all the same.
            let stored = bucket.size(self.id).await.map_err(AppError::storage_away)?;
            if stored != Some(self.size) {
                return Err(AppError::storage_away(anyhow::anyhow!(
                    "the bucket has {stored:?} of {} bytes of {}",
                    self.size,
                    self.id
                )));
            }
        }
        Ok(Whole { id: self.id, size: self.size, sha256: self.hasher.clone().finalize().into() })
    }

    /// It was kept: nothing is cleared away any more.
    pub fn kept(mut self) {
        self.is_kept = true;
    }

    async fn store_buffer(&mut self) -> AppResult<()> {
        let bytes = std::mem::take(&mut self.buffer);
        self.last_sign = Instant::now();
        if let Some(writing) = &mut self.writing {
            let bucket = self.storage.bucket()?;
            bucket.add(writing, bytes).await.map_err(AppError::storage_away)?;
            return self.give_sign(None).await;
        }
        let (id, position, now) = (self.id, self.pieces, self.clock.now());
        self.pieces += 1;
        let adding = self
            .storage
            .db
            .write(move |conn| Ok(document_content::add_piece(conn, id, position, &bytes, now)?));
        still_waited_for(adding.await?)
    }

    async fn give_sign(&mut self, name: Option<String>) -> AppResult<()> {
        self.last_sign = Instant::now();
        let (id, now) = (self.id, self.clock.now());
        let noting = self
            .storage
            .db
            .run(move |conn| Ok(document_content::note_arrival(conn, id, name.as_deref(), now)?));
        still_waited_for(noting.await?)
    }
}

fn still_waited_for(is_waited_for: bool) -> AppResult<()> {
    if is_waited_for {
        return Ok(());
    }
    Err(AppError::refuse(ErrorCode::MalformedRequest, "The upload was silent for too long. Send it again."))
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        let (storage, id) = (self.storage.clone(), self.id);
        actix_web::rt::spawn(async move {
            if let Err(error) = storage.discard(id).await {
                tracing::warn!(%error, %id, "an upload is cleared away later");
            }
        });
    }
}
