//! Reading a backup.

use super::tables::Counted;
use super::{FORMAT, MANIFEST, Manifest, bytes_of, rows_of};
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use uuid::Uuid;
use zip::ZipArchive;

/// A backup that can be read.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    pub(super) manifest: Manifest,
}

impl Archive {
    /// Open it and read what it says of itself.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut zip = ZipArchive::new(BufReader::new(file)).context("the file is no backup, or not whole")?;
        let manifest = zip.by_name(MANIFEST).context("the file is no backup, or not whole")?;
        let manifest: Manifest =
            serde_json::from_reader(manifest).context("the file's manifest cannot be understood")?;
        ensure!(
            manifest.format == FORMAT,
            "the backup has format {}; this program reads {FORMAT}",
            manifest.format
        );
        Ok(Self { zip, manifest })
    }

    /// Read every byte, and hold it against the manifest.
    pub(super) fn verify(&mut self) -> Result<()> {
        let tables = self.manifest.tables.clone();
        for table in &tables {
            let (_, sha256) = self.read_through(&rows_of(&table.name))?;
            ensure!(sha256 == table.sha256, "the file is damaged: rows of {} are others", table.name);
        }
        let documents = self.manifest.documents.clone();
        for document in &documents {
            let found = self.read_through(&bytes_of(document.id))?;
            ensure!(
                found == (document.size, document.sha256.clone()),
                "the file is damaged: the document {} is another",
                document.id
            );
        }
        Ok(())
    }

    pub(super) fn rows(&mut self, table: &str) -> Result<impl Read> {
        Ok(self.zip.by_name(&rows_of(table))?)
    }

    pub(super) fn bytes(&mut self, document: Uuid) -> Result<impl Read> {
        Ok(self.zip.by_name(&bytes_of(document))?)
    }

    fn read_through(&mut self, name: &str) -> Result<(u64, String)> {
        let entry = self.zip.by_name(name).with_context(|| format!("the file is damaged: no {name}"))?;
        let mut entry = Counted::new(entry);
        std::io::copy(&mut entry, &mut std::io::sink())
            .with_context(|| format!("the file is damaged in {name}"))?;
        Ok(entry.finish())
    }
}
