//! The texts of what was handed in, and those that resemble one of them.

use crate::schema::deposit_texts as t;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{Array, BigInt, Binary, Integer};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use gestfg_types::ids::DocumentId;
use std::io::{Read, Write};

/// Earlier deposits that are compared word by word: those that have the most in
/// common by their signatures.
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

/// Keep the text of a document with its signature.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    document: DocumentId,
    text: &str,
    signature: &[i64],
) -> QueryResult<()> {
    let packed = pack(text).map_err(|error| Error::SerializationError(error.into()))?;
    diesel::insert_into(t::table)
        .values((t::document_id.eq(document.0), t::text.eq(packed), t::signature.eq(signature)))
        .execute(conn)
        .map(drop)
}

/// The text of a document, and its signature.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, document: DocumentId) -> QueryResult<(Packed, Vec<i64>)> {
    let (text, signature) = t::table.find(document.0).select((t::text, t::signature)).first(conn)?;
    Ok((Packed { document_id: document.0, text }, signature))
}

/// Earlier deposits of other assignments that share numbers of this signature,
/// those that share the most first. Of several versions of one the most alike.
///
/// # Errors
/// When the database cannot answer.
pub fn candidates(
    conn: &mut PgConnection,
    document: DocumentId,
    signature: &[i64],
) -> QueryResult<Vec<Packed>> {
    diesel::sql_query(
        "SELECT v.document_id, x.text FROM (
             SELECT DISTINCT ON (r.assignment_id, d.kind, d.student_id) t.document_id, s.shared
             FROM deposit_texts t JOIN documents d ON d.id = t.document_id
             JOIN evaluation_requests r ON r.id = d.evaluation_request_id
             CROSS JOIN LATERAL (
                 SELECT count(*) AS shared FROM unnest(t.signature, $2) p (theirs, ours) WHERE theirs = ours) s
             WHERE t.signature && $2 AND t.document_id < $1 AND r.assignment_id NOT IN (
                 SELECT o.assignment_id FROM documents e JOIN evaluation_requests o ON o.id = e.evaluation_request_id WHERE e.id = $1)
             ORDER BY r.assignment_id, d.kind, d.student_id, s.shared DESC, t.document_id DESC) v
         JOIN deposit_texts x ON x.document_id = v.document_id
         ORDER BY v.shared DESC, v.document_id LIMIT $3",
    )
    .bind::<BigInt, _>(document.0)
    .bind::<Array<BigInt>, _>(signature)
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
