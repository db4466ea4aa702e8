//! Everything in one file, and back: `gestfg backup` and `gestfg restore`.
//!
//! A backup is a ZIP archive that needs no tool of ours to be looked into:
//! `tables/NAME.jsonl` has a line for each row, an array of its values as
//! PostgreSQL writes them; `documents/ID` are the bytes of a document, wherever
//! they were kept; `manifest.json`, written last, says what there must be. All
//! rows are of one moment. Nothing in it asks for rights that a hosted database
//! does not give: no `pg_dump`, no superuser.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod archive;
mod restore;
mod schema;
mod tables;
mod take;

pub use restore::{Restored, Restoring, restore};
pub use take::{Taken, Taking, take};

/// What this program writes, and the only one it reads.
const FORMAT: u32 = 1;
/// Where the archive says what is in it.
const MANIFEST: &str = "manifest.json";
/// The bytes of documents that are in the database go with the documents.
const PIECES: &str = "document_pieces";

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The moment everything is of, by the database's clock.
    pub taken_at: String,
    /// Migrations that had been applied, in order.
    pub migrations: Vec<String>,
    /// Every table, by name.
    pub tables: Vec<TableContent>,
    /// What each sequence gives next.
    pub sequences: Vec<Sequence>,
    /// Every document whose bytes are in it.
    pub documents: Vec<DocumentContent>,
    /// Documents whose bytes were left where they are, in the bucket.
    pub left_in_bucket: u64,
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableContent {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the values; not those the database works out.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of its lines, in hexadecimal.
    pub sha256: String,
}

/// A sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// Its name.
    pub name: String,
    /// What it gives next.
    pub next: i64,
}

/// The bytes of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentContent {
    /// Which.
    pub id: Uuid,
    /// Whether they were in the bucket, not in the database.
    pub is_in_bucket: bool,
    /// How many they are.
    pub size: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// How many rows of all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// How many bytes of all documents.
    #[must_use]
    pub fn document_bytes(&self) -> u64 {
        self.documents.iter().map(|document| document.size).sum()
    }
}

fn rows_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

fn bytes_of(document: Uuid) -> String {
    format!("documents/{document}")
}
