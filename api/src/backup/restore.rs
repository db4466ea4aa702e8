//! Putting a backup back.

use super::archive::Archive;
use super::schema::{self, Guards};
use super::tables::{self, Table};
use super::{DocumentContent, Manifest, PIECES};
use crate::db;
use crate::models::document_content::PIECE;
use crate::schema::document_pieces;
use crate::storage::Bucket;
use anyhow::{Context, Result, bail, ensure};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::io::{BufReader, Read};
use std::path::Path;

/// What migrations fill by themselves: a database with no more is empty.
const FILLED_BY_MIGRATIONS: &[&str] =
    &["retention_settings", "statistics_refreshes", "statistics_seeds", "storage_watch"];

/// Where to put it back, and how.
#[derive(Debug, Clone, Copy)]
pub struct Restoring<'a> {
    /// Where the database is.
    pub database_url: &'a str,
    /// Where documents outside the database go; without it they go into it.
    pub bucket: Option<&'a Bucket>,
    /// Remove first what the database has.
    pub replace: bool,
    /// Send no mail that waited: it may have been sent since, or this is a rehearsal.
    pub hold_mails: bool,
}

/// What was put back.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What the backup said.
    pub manifest: Manifest,
    /// Migrations that came after it.
    pub migrated: usize,
    /// Mails that wait to be sent by the next server.
    pub waiting_mails: i64,
    /// Documents of a bucket that are in the database now.
    pub moved_documents: usize,
}

/// Put everything back, or change nothing.
///
/// # Errors
/// When the file is damaged or of a later release, the database has data and
/// they are not to be replaced, or anything else goes wrong on the way.
pub fn restore(restoring: Restoring<'_>, path: &Path) -> Result<Restored> {
    let mut archive = Archive::open(path)?;
    archive.verify()?;
    let mut conn = tables::connect(restoring.database_url)?;
    db::lock_migrations(&mut conn)?;
    let restored = conn.transaction(|conn| put_back(conn, restoring, &mut archive))?;
    conn.batch_execute("ANALYZE")?;
    Ok(restored)
}

fn put_back(conn: &mut PgConnection, restoring: Restoring<'_>, archive: &mut Archive) -> Result<Restored> {
    let manifest = archive.manifest.clone();
    schema::ensure_known(conn, &manifest)?;
    make_room(conn, restoring.replace)?;
    schema::move_to(conn, &manifest)?;
    let tables = tables::list(conn)?;
    ensure!(
        tables.len() == manifest.tables.len()
            && tables.iter().zip(&manifest.tables).all(|(table, content)| table.fits(content)),
        "the schema of the database is another than its migrations make"
    );
    let guards = schema::lower_guards(conn, &tables)?;
    let moved_documents = fill(conn, restoring, archive, &tables)?;
    raise(conn, guards, &manifest)?;
    let migrated = schema::move_on(conn)?;
    schema::refresh_views(conn)?;
    let waiting_mails = mails(conn, restoring.hold_mails)?;
    Ok(Restored { manifest, migrated, waiting_mails, moved_documents })
}

/// A database without data, or an end of it.
fn make_room(conn: &mut PgConnection, replace: bool) -> Result<()> {
    let found = tables::list(conn)?;
    if !schema::is_ours(conn)? {
        ensure!(found.is_empty(), "the database has tables that are not GesTFG's");
        return Ok(());
    }
    if !replace {
        for table in &found {
            if !FILLED_BY_MIGRATIONS.contains(&table.name.as_str()) && table.is_filled(conn)? {
                bail!("the database is not empty (there are {}); --replace removes what it has", table.name);
            }
        }
    }
    empty(conn, &found)
}

fn empty(conn: &mut PgConnection, found: &[Table]) -> Result<()> {
    let mut names: Vec<_> = found.iter().map(|table| tables::quoted(&table.name)).collect();
    if names.is_empty() {
        return Ok(());
    }
    let has_pieces: bool = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&format!(
        "to_regclass('public.{PIECES}') IS NOT NULL"
    )))
    .get_result(conn)?;
    if has_pieces {
        names.push(tables::quoted(PIECES));
    }
    conn.batch_execute(&format!("TRUNCATE {}", names.join(", ")))
        .context("the database is in use: stop the servers first")
}

fn fill(
    conn: &mut PgConnection,
    restoring: Restoring<'_>,
    archive: &mut Archive,
    tables: &[Table],
) -> Result<usize> {
    // Migrations may have filled some on the way.
    empty(conn, tables)?;
    let contents = archive.manifest.tables.clone();
    for (table, content) in tables.iter().zip(&contents) {
        table.read_rows(conn, BufReader::new(archive.rows(&table.name)?))?;
        let there = table.write_rows(conn, std::io::sink())?;
        ensure!(there == *content, "the rows of {} came back as others", table.name);
    }
    let runtime = actix_web::rt::Runtime::new()?;
    let documents = archive.manifest.documents.clone();
    let mut moved = 0;
    for document in &documents {
        let bytes = archive.bytes(document.id)?;
        match restoring.bucket.filter(|_| document.is_in_bucket) {
            Some(bucket) => {
                let putting = bucket.put_back(document.id, &document.sha256, document.size, bytes);
                runtime
                    .block_on(putting)
                    .with_context(|| format!("the bucket does not take the document {}", document.id))?;
            }
            None => {
                put_pieces(conn, document, bytes)?;
                moved += usize::from(document.is_in_bucket);
            }
        }
    }
    // Without a bucket nothing is, or is to be removed, there.
    if restoring.bucket.is_none() && archive.manifest.left_in_bucket == 0 {
        conn.batch_execute("UPDATE document_contents SET store = 'database' WHERE store = 'bucket'")?;
    }
    Ok(moved)
}

fn put_pieces(conn: &mut PgConnection, document: &DocumentContent, mut bytes: impl Read) -> Result<()> {
    use document_pieces as p;
    for position in 0.. {
        let mut piece = Vec::with_capacity(PIECE);
        bytes.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        if piece.is_empty() {
            break;
        }
        diesel::insert_into(p::table)
            .values((p::content_id.eq(document.id), p::position.eq(position), p::bytes.eq(piece)))
            .execute(conn)?;
    }
    Ok(())
}

fn raise(conn: &mut PgConnection, guards: Guards, manifest: &Manifest) -> Result<()> {
    guards.raise(conn)?;
    for sequence in &manifest.sequences {
        schema::set_sequence(conn, sequence)?;
    }
    Ok(())
}

/// How many mails wait, after those that must not go were held back.
fn mails(conn: &mut PgConnection, hold: bool) -> QueryResult<i64> {
    use crate::schema::outgoing_mails as m;
    let waiting = m::table.filter(m::sent_at.is_null()).filter(m::next_attempt_at.is_not_null());
    if hold {
        diesel::update(waiting)
            .set((
                m::next_attempt_at.eq(None::<chrono::DateTime<chrono::Utc>>),
                m::last_error.eq("held back when a backup was restored"),
            ))
            .execute(conn)?;
        return Ok(0);
    }
    waiting.count().get_result(conn)
}
