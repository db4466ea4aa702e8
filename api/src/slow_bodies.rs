//! Bodies that never end: whoever sends one byte a minute holds a connection,
//! and what was taken so far, for as long as they like.
//!
//! The server's own timeout is for the head of a request alone. A body has a
//! while to begin with and then as long as a very slow line takes.

use actix_web::Error;
use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use futures_util::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a body may take, however small it is.
const GRACE: Duration = Duration::from_secs(20);
/// Bytes that have to come in each second after that, on average: an eighth of
/// what the slowest telephone line brought.
const LEAST_A_SECOND: u64 = 1024;

/// Has bodies that come too slowly break off.
///
/// # Errors
/// Those of the service within.
pub async fn patience(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let body = request.take_payload();
    request.set_payload(match body {
        Payload::None => Payload::None,
        body => Payload::Stream { payload: Box::pin(Hurried::new(body, GRACE, LEAST_A_SECOND)) },
    });
    next.call(request).await
}

/// A body with a moment by which more of it has to be there.
struct Hurried<S> {
    body: S,
    started: Instant,
    grace: Duration,
    least: u64,
    received: u64,
    alarm: Pin<Box<Sleep>>,
}

impl<S> Hurried<S> {
    fn new(body: S, grace: Duration, least: u64) -> Self {
        let started = Instant::now();
        Self { body, started, grace, least, received: 0, alarm: Box::pin(sleep_until(started + grace)) }
    }
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Hurried<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.alarm.as_mut().poll(context).is_ready() {
            let late = std::io::Error::new(std::io::ErrorKind::TimedOut, "the body comes too slowly");
            return Poll::Ready(Some(Err(PayloadError::Io(late))));
        }
        let next = Pin::new(&mut self.body).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &next {
            self.received += bytes.len() as u64;
            let allowed = self.grace + Duration::from_secs(self.received / self.least);
            let until = self.started + allowed;
            self.alarm.as_mut().reset(until);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt;
    use futures_util::stream;

    #[actix_web::test]
    async fn a_body_that_trickles_breaks_off_and_one_that_flows_does_not() {
        let grace = Duration::from_millis(120);
        let drop_by_drop = |pause: Duration| {
            stream::unfold(0_u64, move |count| async move {
                tokio::time::sleep(pause).await;
                Some((Ok::<_, PayloadError>(Bytes::from_static(b"x")), count + 1))
            })
        };
        // One byte of a thousand a second is none.
        let mut slow = Hurried::new(Box::pin(drop_by_drop(Duration::from_millis(10))), grace, 1000);
        let started = Instant::now();
        let mut came = 0;
        while let Some(Ok(_)) = slow.next().await {
            came += 1;
        }
        assert!(started.elapsed() >= grace && came < 100, "{came} in {:?}", started.elapsed());
        // Nothing at all.
        let mut silent = Hurried::new(stream::pending(), grace, 1000);
        assert!(matches!(silent.next().await, Some(Err(PayloadError::Io(_)))));
        // What is there at once, however much.
        let whole = stream::iter((0..1000).map(|_| Ok::<_, PayloadError>(Bytes::from_static(&[0; 1024]))));
        let taken =
            Hurried::new(whole, grace, 1000).filter(|piece| std::future::ready(piece.is_ok())).count();
        assert_eq!(taken.await, 1000);
    }
}
