//! The texts of what was handed in, and those that resemble one of them.

use crate::schema::{deposit_bands as b, deposit_texts as t};
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Binary, Integer};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use gestfg_types::ids::DocumentId;
use std::io::{Read, Write};

/// Earlier deposits that are compared word by word: those that share the most
/// bands.
const COMPARED: i32 = 50;

/// A text as it is kept: small.
#[derive(Debug, Clone, QueryableByName)]
pub struct Packed {
    /// Of which document.
    #[diesel(sql_type = BigInt)]
    pub document_id: i64,
    #[diesel(sql_type = Binary)]
    text: Vec<u8>,
}

impl Packed {
    /// The text itself.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn unpack(&self) -> QueryResult<String> {
        let mut text = String::new();
        let read = ZlibDecoder::new(self.text.as_slice()).read_to_string(&mut text);
        read.map(|_| text).map_err(|error| Error::DeserializationError(error.into()))
    }
}

fn pack(text: &str) -> std::io::Result<Vec<u8>> {
    let mut packing = ZlibEncoder::new(Vec::new(), Compression::default());
    packing.write_all(text.as_bytes())?;
    packing.finish()
}

/// Keep the text of a document, and the bands of its signature.
///
/// # Errors
/// When the database cannot take it.
pub fn create(conn: &mut PgConnection, document: DocumentId, text: &str, bands: &[i64]) -> QueryResult<()> {
    let packed = pack(text).map_err(|error| Error::SerializationError(error.into()))?;
    diesel::insert_into(t::table)
        .values((t::document_id.eq(document.0), t::text.eq(packed)))
        .execute(conn)?;
    let rows: Vec<_> = bands.iter().map(|band| (b::value.eq(band), b::document_id.eq(document.0))).collect();
    diesel::insert_into(b::table).values(rows).on_conflict_do_nothing().execute(conn).map(drop)
}

/// The text of a document.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, document: DocumentId) -> QueryResult<Packed> {
    let text = t::table.find(document.0).select(t::text).first(conn)?;
    Ok(Packed { document_id: document.0, text })
}

/// Earlier deposits of other assignments that share bands with a document,
/// those that share the most first. Of several versions of one the most alike.
///
/// # Errors
/// When the database cannot answer.
pub fn candidates(conn: &mut PgConnection, document: DocumentId) -> QueryResult<Vec<Packed>> {
    diesel::sql_query(
        "WITH alike AS MATERIALIZED (
             SELECT b.document_id, count(*) AS shared FROM deposit_bands o JOIN deposit_bands b ON b.value = o.value
             WHERE o.document_id = $1 AND b.document_id < $1 GROUP BY b.document_id),
         best AS MATERIALIZED (
             SELECT v.document_id, v.shared FROM (
                 SELECT DISTINCT ON (r.assignment_id, d.kind, d.student_id) a.document_id, a.shared
                 FROM alike a JOIN documents d ON d.id = a.document_id
                 JOIN evaluation_requests r ON r.id = d.evaluation_request_id
                 WHERE r.assignment_id <> (
                     SELECT o.assignment_id FROM documents e JOIN evaluation_requests o ON o.id = e.evaluation_request_id
                     WHERE e.id = $1)
                 ORDER BY r.assignment_id, d.kind, d.student_id, a.shared DESC, a.document_id DESC) v
             ORDER BY v.shared DESC, v.document_id LIMIT $2)
         SELECT t.document_id, t.text FROM best JOIN deposit_texts t ON t.document_id = best.document_id
         ORDER BY best.shared DESC, t.document_id",
    )
    .bind::<BigInt, _>(document.0)
    .bind::<Integer, _>(COMPARED)
    .load(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        let text = "El ñandú «corre»\n".repeat(500);
        let packed = Packed { document_id: 1, text: pack(&text).unwrap() };
        assert!(packed.text.len() < text.len() / 10);
        assert_eq!(packed.unpack().unwrap(), text);
    }
}
