//! Answers that must not tell by their time what was found.

use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Longer than registration and recovery take on a busy database.
const AT_LEAST: Duration = Duration::from_millis(250);

/// Do the work, and answer no earlier than a fixed time after the question.
pub async fn even_time<T>(work: impl Future<Output = T>) -> T {
    let answer_at = Instant::now() + AT_LEAST;
    let answer = work.await;
    sleep_until(answer_at).await;
    answer
}
