//! Comparing what is handed in with earlier deposits, in three steps that any
//! number of servers share: a document is **read** (claimed for some minutes, and
//! free again if the server that has it goes away), then **compared** (and what
//! came out written once, in one transaction), and where the degree wants it so a service
//! outside is **asked**.
//!
//! Documents are compared in the order they came in, each once everything before
//! it was read: of two that are alike the later one is flagged, whichever server
//! was faster.

use crate::app::AppState;
use crate::deposit_text::Reader;
use crate::error::AppResult;
use std::time::Duration;

mod asking;
mod comparing;
mod reading;

pub use asking::{Asker, ask_next};
pub use comparing::compare_next;
pub use reading::read_next;

/// How long between two looks at what waits.
const PAUSE: Duration = Duration::from_secs(3);

/// Read, compare and ask, as long as the server lives.
///
/// # Errors
/// When this program does not know where it is, or no client is to be had.
pub fn keep_comparing(state: &AppState) -> anyhow::Result<()> {
    let (state, reader) = (state.clone(), Reader::this_program()?);
    let asker = Asker::from_config(&state.config)?;
    actix_web::rt::spawn(async move {
        let mut rounds = tokio::time::interval(PAUSE);
        let mut is_away = false;
        loop {
            rounds.tick().await;
            match everything(&state, &reader, asker.as_ref()).await {
                Ok(()) => is_away = false,
                Err(error) => {
                    // Once per outage: the server says the rest.
                    if !is_away {
                        tracing::warn!(%error, "documents wait to be compared");
                    }
                    is_away = true;
                }
            }
        }
    });
    Ok(())
}

async fn everything(state: &AppState, reader: &Reader, asker: Option<&Asker>) -> AppResult<()> {
    if let Some(asker) = asker {
        while ask_next(state, asker).await? {}
    }
    while read_next(state, reader).await? || compare_next(state).await? {}
    Ok(())
}
