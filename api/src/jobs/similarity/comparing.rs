//! Comparing what was read with earlier deposits.

use crate::app::AppState;
use crate::domain::similarity::compare;
use crate::error::AppResult;
use crate::models::similarity_check::{self, ToCompare};
use crate::models::{deposit_text, document, similarity_match};
use crate::similarity_news::{announce, tell_if_flagged};
use diesel::PgConnection;
use gestfg_types::ids::DocumentId;

/// Compare the oldest document that was read and has nothing before it that was
/// not. Says whether there was one.
///
/// # Errors
/// When the database cannot be reached; the document waits on.
pub async fn compare_next(state: &AppState) -> AppResult<bool> {
    let (config, now) = (state.config.clone(), state.clock.now());
    state
        .db
        .write(move |conn| {
            let Some(row) = similarity_check::lock_next_read(conn)? else { return Ok(false) };
            let id = DocumentId(row.document_id);
            let (share, count) = hold_against_earlier(conn, &row)?;
            similarity_check::set_compared(conn, id, share, count, now)?;
            let found = document::find(conn, id)?;
            tell_if_flagged(conn, &config, &found, now)?;
            announce(conn, &found)?;
            Ok(true)
        })
        .await
}

/// Keep the passages in common; returns the share and how many were compared.
fn hold_against_earlier(conn: &mut PgConnection, row: &ToCompare) -> AppResult<(i16, usize)> {
    let id = DocumentId(row.document_id);
    let (own, signature) = deposit_text::find(conn, id)?;
    let packed = deposit_text::candidates(conn, id, &signature)?;
    let earlier = packed.iter().map(deposit_text::Packed::unpack).collect::<Result<Vec<_>, _>>()?;
    let found = compare(&own.unpack()?, &earlier, row.common_limit);
    for (other, common) in packed.iter().zip(&found.common) {
        if common.words > 0 {
            let earlier = DocumentId(other.document_id);
            similarity_match::create(conn, id, earlier, common.words, &common.passages)?;
        }
    }
    Ok((found.share_permille, packed.len()))
}
