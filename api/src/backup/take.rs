//! Writing a backup.

use super::tables::{self, Counted};
use super::{DocumentContent, FORMAT, MANIFEST, Manifest, bytes_of, rows_of, schema};
use crate::models::document::hexadecimal;
use crate::models::document_content::{self, Kept};
use crate::storage::Bucket;
use anyhow::{Context, Result, bail, ensure};
use diesel::prelude::*;
use diesel::sql_types::Text;
use gestfg_types::documents::DocumentStore;
use std::io::Write;
use uuid::Uuid;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// What to back up.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// Where the database is.
    pub database_url: &'a str,
    /// Where documents outside the database are.
    pub bucket: Option<&'a Bucket>,
    /// Leave the bucket's documents there: it keeps copies of its own.
    pub leave_bucket: bool,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What is in it.
    pub manifest: Manifest,
    /// Documents that had been lost or damaged before, and how.
    pub lost: Vec<String>,
}

/// Write everything, of one moment, as it is read.
///
/// # Errors
/// When the database or the bucket cannot be read or the file cannot be
/// written; what was written until then is no backup, and `restore` says so.
pub fn take(taking: Taking<'_>, out: impl Write) -> Result<Taken> {
    let mut conn = tables::connect(taking.database_url)?;
    let runtime = actix_web::rt::Runtime::new()?;
    conn.build_transaction().read_only().repeatable_read().run(|conn| {
        let mut writing = Writing { taking, runtime, zip: ZipWriter::new_stream(out), lost: Vec::new() };
        let manifest = writing.everything(conn)?;
        writing.zip.start_file(MANIFEST, options(CompressionMethod::Deflated))?;
        serde_json::to_writer_pretty(&mut writing.zip, &manifest)?;
        writing.zip.finish()?.into_inner().flush()?;
        Ok(Taken { manifest, lost: writing.lost })
    })
}

struct Writing<'a, W: Write> {
    taking: Taking<'a>,
    runtime: actix_web::rt::Runtime,
    zip: ZipWriter<StreamWriter<W>>,
    lost: Vec<String>,
}

impl<W: Write> Writing<'_, W> {
    fn everything(&mut self, conn: &mut PgConnection) -> Result<Manifest> {
        let taken_at = diesel::select(diesel::dsl::sql::<Text>(
            "to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
        ))
        .get_result(conn)?;
        let migrations = schema::applied(conn)?;
        ensure!(!migrations.is_empty(), "the database is not one of GesTFG's");
        let mut contents = Vec::new();
        for table in tables::list(conn)? {
            self.zip.start_file(rows_of(&table.name), options(CompressionMethod::Deflated))?;
            contents.push(table.write_rows(conn, &mut self.zip)?);
        }
        let (documents, left_in_bucket) = self.documents(conn)?;
        Ok(Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            taken_at,
            migrations,
            tables: contents,
            sequences: tables::sequences(conn)?,
            documents,
            left_in_bucket,
        })
    }

    fn documents(&mut self, conn: &mut PgConnection) -> Result<(Vec<DocumentContent>, u64)> {
        let (mut written, mut left) = (Vec::new(), 0);
        let mut after = Uuid::nil();
        loop {
            let kept = document_content::list_kept(conn, after, 500)?;
            let Some(last) = kept.last() else { return Ok((written, left)) };
            after = last.id;
            for kept in &kept {
                let is_in_bucket = kept.store == DocumentStore::Bucket.as_str();
                if is_in_bucket && self.taking.leave_bucket {
                    left += 1;
                } else {
                    written.extend(self.document(conn, kept, is_in_bucket)?);
                }
            }
        }
    }

    fn document(
        &mut self,
        conn: &mut PgConnection,
        kept: &Kept,
        is_in_bucket: bool,
    ) -> Result<Option<DocumentContent>> {
        let id = kept.id;
        if is_in_bucket {
            let Some(bucket) = self.taking.bucket else {
                bail!("documents are in a bucket: set STORAGE_URL, or leave them there with --leave-bucket");
            };
            let there = self.runtime.block_on(bucket.size(id))?;
            if there.is_none() {
                return self.miss(id);
            }
        }
        self.zip.start_file(bytes_of(id), options(CompressionMethod::Stored))?;
        let mut out = Counted::new(&mut self.zip);
        match self.taking.bucket.filter(|_| is_in_bucket) {
            Some(bucket) => {
                let size = u64::try_from(kept.size)?;
                let copying = bucket.copy_out(id, size, &mut out);
                self.runtime
                    .block_on(copying)
                    .with_context(|| format!("the document {id} cannot be read"))?;
            }
            None => {
                for position in 0..i32::try_from(kept.pieces)? {
                    match document_content::piece(conn, id, position).optional()? {
                        Some(bytes) => out.write_all(&bytes)?,
                        None => break,
                    }
                }
            }
        }
        let (size, sha256) = out.finish();
        if sha256 != hexadecimal(&kept.sha256) {
            self.lost.push(format!("{id}: its bytes are others than were handed in"));
        }
        Ok(Some(DocumentContent { id, is_in_bucket, size, sha256 }))
    }

    /// It is fine for a document to be missing that is no longer kept.
    fn miss(&mut self, id: Uuid) -> Result<Option<DocumentContent>> {
        let mut now = tables::connect(self.taking.database_url)?;
        if document_content::is_kept(&mut now, id)? {
            self.lost.push(format!("{id}: the bucket does not have it"));
        }
        Ok(None)
    }
}

/// Any entry may have more than four gigabytes.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).large_file(true).unix_permissions(0o600)
}
