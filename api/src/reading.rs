//! Files that came from outside, read by turns.
//!
//! A spreadsheet of a few kilobytes may unfold into what its limits allow, some
//! hundred megabytes; were twenty people (or one, twenty times) to send such
//! files at once, the smallest server would not live to refuse them.

use crate::error::{AppError, AppResult};
use actix_web::web;
use tokio::sync::Semaphore;

/// How many are read at the same time.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Read a file off the threads that answer others, when it is its turn.
///
/// # Errors
/// When the blocking pool is gone.
pub async fn by_turns<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> AppResult<T> {
    let _turn = AT_ONCE.acquire().await.map_err(AppError::internal)?;
    Ok(web::block(work).await?)
}
