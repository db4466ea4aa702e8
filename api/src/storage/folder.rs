//! A folder that stands in for a bucket, on a disk that stays.

use actix_web::web::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use std::io::{ErrorKind, Result, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use uuid::Uuid;

/// Bytes read at once.
const READ: u64 = 256 * 1024;

/// One file for each document; one that is being written ends in `.part`.
#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Part {
    file: File,
    id: Uuid,
}

impl Folder {
    pub(super) fn open(root: &Path) -> Result<Self> {
        let folder = root.join("documents");
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    fn whole(&self, id: Uuid) -> PathBuf {
        self.0.join(id.to_string())
    }

    fn part(&self, id: Uuid) -> PathBuf {
        self.0.join(format!("{id}.part"))
    }

    pub(super) async fn begin(&self, id: Uuid) -> Result<Part> {
        let file = File::create_new(self.part(id)).await?;
        Ok(Part { file, id })
    }

    /// It is there under its name when every byte is on the disk, and not before.
    pub(super) async fn complete(&self, part: Part) -> Result<()> {
        part.file.sync_all().await?;
        fs::rename(self.part(part.id), self.whole(part.id)).await?;
        File::open(&self.0).await?.sync_all().await
    }

    pub(super) async fn remove(&self, id: Uuid) -> Result<()> {
        for path in [self.part(id), self.whole(id)] {
            match fs::remove_file(path).await {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) async fn read(
        &self,
        id: Uuid,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes>>> {
        let mut file = File::open(self.whole(id)).await?;
        file.seek(SeekFrom::Start(range.start)).await?;
        let read = stream::try_unfold((file, range.end - range.start), |(mut file, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let mut bytes = vec![0; usize::try_from(left.min(READ)).unwrap_or_default()];
            file.read_exact(&mut bytes).await?;
            let left = left - bytes.len() as u64;
            Ok(Some((Bytes::from(bytes), (file, left))))
        });
        Ok(read.boxed())
    }

    pub(super) async fn size(&self, id: Uuid) -> Result<Option<u64>> {
        match fs::metadata(self.whole(id)).await {
            Ok(found) => Ok(Some(found.len())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The names of all files, those that are being written too.
    pub(super) fn names(&self) -> Result<Vec<String>> {
        std::fs::read_dir(&self.0)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect()
    }
}

impl Part {
    pub(super) async fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).await?;
        self.file.flush().await
    }
}
