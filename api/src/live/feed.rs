//! One stream, as the body of an answer.

use super::frames;
use super::hub::Hub;
use actix_web::web::Bytes;
use futures_util::Stream;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

/// Routers close what is silent for 55 s.
const BETWEEN_BEATS: Duration = Duration::from_secs(20);

/// What one client is told; leaves the hub when dropped.
pub struct Feed {
    hub: Arc<Hub>,
    id: u64,
    beginning: Option<Bytes>,
    changes: Receiver<Bytes>,
    beats: Interval,
}

impl Feed {
    pub(super) fn new(hub: Arc<Hub>, id: u64, changes: Receiver<Bytes>) -> Self {
        let mut beats = interval_at(Instant::now() + BETWEEN_BEATS, BETWEEN_BEATS);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { hub, id, beginning: None, changes, beats }
    }

    /// Say this first.
    pub(super) fn begin(&mut self, beginning: Bytes) {
        self.beginning = Some(beginning);
    }

    /// Tell everything behind this place, though the client named a later one.
    pub(super) fn rewind(&self, position: i64) {
        self.hub.rewind(self.id, position);
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.hub.leave(self.id);
    }
}

impl Stream for Feed {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let feed = self.get_mut();
        if let Some(beginning) = feed.beginning.take() {
            return Poll::Ready(Some(Ok(beginning)));
        }
        match feed.changes.poll_recv(cx) {
            Poll::Ready(change) => Poll::Ready(change.map(Ok)),
            Poll::Pending => feed.beats.poll_tick(cx).map(|_| Some(Ok(frames::BEAT))),
        }
    }
}
