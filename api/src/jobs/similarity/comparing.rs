//! Comparing what was read with earlier deposits.

use crate::app::AppState;
use crate::domain::similarity::{Comparison, compare};
use crate::error::AppResult;
use crate::models::deposit_text::Packed;
use crate::models::similarity_check::{self, ToCompare};
use crate::models::{deposit_text, document, similarity_match};
use crate::similarity_news::{announce, tell_if_flagged};
use actix_web::web;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::ids::DocumentId;

/// Compare the oldest document that was read and has nothing before it that was
/// not. Says whether there was one.
///
/// No transaction is open while texts are compared. Two servers may work out the
/// same; one of them writes it down.
///
/// # Errors
/// When the database cannot be reached; the document waits on.
pub async fn compare_next(state: &AppState) -> AppResult<bool> {
    let Some((row, own, earlier)) = state.db.run(|conn| Ok(load_next(conn)?)).await? else {
        return Ok(false);
    };
    let ids: Vec<_> = earlier.iter().map(|packed| DocumentId(packed.document_id)).collect();
    let compared = web::block(move || {
        let earlier = earlier.iter().map(Packed::unpack).collect::<QueryResult<Vec<_>>>()?;
        QueryResult::Ok(compare(&own.unpack()?, &earlier, row.common_limit))
    })
    .await;
    let compared = match compared {
        Ok(compared) => compared.inspect_err(|error| tracing::error!(%error, "a text is damaged")).ok(),
        Err(error) => {
            tracing::error!(%error, document = row.document_id, "texts cannot be compared");
            None
        }
    };
    let (config, now, id) = (state.config.clone(), state.clock.now(), DocumentId(row.document_id));
    state
        .db
        .write(move |conn| {
            if !similarity_check::lock_read(conn, id)? {
                return Ok(true);
            }
            match compared {
                Some(found) => keep(conn, id, &ids, &found, now)?,
                // Later ones would wait for it for ever.
                None => similarity_check::set_unreadable(conn, id, now)?,
            }
            let found = document::find(conn, id)?;
            tell_if_flagged(conn, &config, &found, now)?;
            announce(conn, &found)?;
            Ok(true)
        })
        .await
}

fn load_next(conn: &mut PgConnection) -> QueryResult<Option<(ToCompare, Packed, Vec<Packed>)>> {
    let Some(row) = similarity_check::next_read(conn)? else { return Ok(None) };
    let id = DocumentId(row.document_id);
    Ok(Some((row, deposit_text::find(conn, id)?, deposit_text::candidates(conn, id)?)))
}

fn keep(
    conn: &mut PgConnection,
    id: DocumentId,
    earlier: &[DocumentId],
    found: &Comparison,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    for (other, common) in earlier.iter().zip(&found.common) {
        if common.words > 0 {
            similarity_match::create(conn, id, *other, common.words, &common.passages)?;
        }
    }
    similarity_check::set_compared(conn, id, found.share_permille, earlier.len(), now)
}
