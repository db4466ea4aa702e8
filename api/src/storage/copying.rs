//! Whole documents out of a bucket and back into it, for backups.

use super::Bucket;
use super::bucket::PART;
use crate::models::document::hexadecimal;
use anyhow::{Result, ensure};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use uuid::Uuid;

impl Bucket {
    /// Write an object's bytes as they come.
    ///
    /// # Errors
    /// When the bucket has lost it or cannot be reached, or they cannot be written.
    pub async fn copy_out(&self, id: Uuid, size: u64, out: &mut impl Write) -> Result<()> {
        if size > 0 {
            let mut read = self.read(id, 0..size).await?;
            while let Some(bytes) = read.try_next().await? {
                out.write_all(&bytes)?;
            }
        }
        Ok(())
    }

    /// Make an object of these bytes, unless the bucket has the same.
    ///
    /// # Errors
    /// When the bucket cannot be reached, or they cannot be read.
    pub async fn put_back(&self, id: Uuid, sha256: &str, size: u64, mut bytes: impl Read) -> Result<()> {
        if self.has(id, sha256, size).await? {
            return Ok(());
        }
        self.remove(id, None).await?;
        let mut writing = self.begin(id).await?;
        loop {
            let mut part = Vec::with_capacity(PART);
            bytes.by_ref().take(PART as u64).read_to_end(&mut part)?;
            if part.is_empty() {
                break;
            }
            self.add(&mut writing, part).await?;
        }
        self.complete(writing).await?;
        let stored = self.size(id).await?;
        ensure!(stored == Some(size), "the bucket has {stored:?} of {size} bytes of {id}");
        Ok(())
    }

    async fn has(&self, id: Uuid, sha256: &str, size: u64) -> Result<bool> {
        if self.size(id).await? != Some(size) {
            return Ok(false);
        }
        let mut hasher = Hashing(Sha256::new());
        self.copy_out(id, size, &mut hasher).await?;
        Ok(hexadecimal(&hasher.0.finalize()) == sha256)
    }
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
