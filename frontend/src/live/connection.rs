//! The stream of updates: opened, read, and opened again when it ends.
//!
//! It is read through `fetch`, as the browser's own `EventSource` cannot send
//! the access token.

use super::hub::Hub;
use super::stream::{StreamEvent, StreamParser};
use crate::api::{ApiError, Client};
use gestfg_types::updates::Update;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader};

/// The server says something at least every 25 s: after so many milliseconds
/// of silence the line is dead, whatever the browser thinks.
const SILENCE: u32 = 60_000;
/// Open anew, with another token, so many seconds before the present one ends.
/// It must be less than the margin within which tokens are renewed.
const BEFORE_END: i64 = 15;
/// A stream that ends sooner than this, in milliseconds, counts as a failure.
const SHORT: f64 = 5_000.0;
/// What was read so many milliseconds before the first `hello` may be old.
const LATE: f64 = 1_500.0;
/// The longest pause between two tries, in milliseconds.
const LONGEST_PAUSE: f64 = 60_000.0;

/// A try to listen that can be called off.
pub(super) struct Connection {
    hub: Rc<Hub>,
    client: Client,
    ended: Cell<bool>,
    controller: RefCell<Option<AbortController>>,
    begun_at: f64,
}

impl Connection {
    pub(super) fn new(hub: Rc<Hub>, client: Client) -> Self {
        Self {
            hub,
            client,
            ended: Cell::new(false),
            controller: RefCell::default(),
            begun_at: js_sys::Date::now(),
        }
    }

    /// Ends it for good.
    pub(super) fn end(&self) {
        self.ended.set(true);
        self.abort();
    }

    fn abort(&self) {
        if let Some(controller) = self.controller.borrow_mut().take() {
            controller.abort();
        }
    }

    /// Listens until [`Self::end`], or until the session is lost.
    pub(super) async fn keep_listening(self: Rc<Self>) {
        let mut failures = 0;
        while !self.ended.get() {
            let begun = js_sys::Date::now();
            match self.listen().await {
                Ok(()) if js_sys::Date::now() - begun >= SHORT => failures = 0,
                Err(ApiError::SessionLost) => return,
                Ok(()) | Err(_) => failures += 1,
            }
            if !self.ended.get() {
                TimeoutFuture::new(pause(failures, js_sys::Math::random())).await;
            }
        }
    }

    /// Listens once, to the end of the stream.
    async fn listen(self: &Rc<Self>) -> Result<(), ApiError> {
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map(AbortController::signal);
        *self.controller.borrow_mut() = controller;
        let place = self.hub.place();
        let call = self.client.with_signal(signal).list("/updates", &[("last_event_id", place.as_str())]);
        let patience = self.abort_in(SILENCE);
        let stream = call.stream().await?;
        drop(patience);
        let left = self.client.token_seconds_left().unwrap_or(BEFORE_END);
        let renewal = self.abort_in(u32::try_from((left - BEFORE_END).max(1) * 1_000).unwrap_or(SILENCE));
        let outcome = self.read(stream.get_reader().unchecked_into()).await;
        drop(renewal);
        outcome
    }

    async fn read(self: &Rc<Self>, reader: ReadableStreamDefaultReader) -> Result<(), ApiError> {
        let mut parser = StreamParser::new();
        loop {
            let patience = self.abort_in(SILENCE);
            // Aborted or broken: what came so far has been dealt with.
            let Ok(piece) = JsFuture::from(reader.read()).await else { return Ok(()) };
            drop(patience);
            let done = Reflect::get(&piece, &"done".into()).is_ok_and(|done| done.is_truthy());
            let bytes = Reflect::get(&piece, &"value".into()).ok().and_then(|value| value.dyn_into().ok());
            let bytes: Option<Uint8Array> = bytes.filter(|_| !done);
            let Some(bytes) = bytes else { return Ok(()) };
            for event in parser.feed(&bytes.to_vec()) {
                if self.ended.get() {
                    return Ok(());
                }
                self.take(&event);
            }
        }
    }

    fn take(&self, event: &StreamEvent) {
        match event.name.as_str() {
            "hello" => {
                let first = self.hub.place().is_empty();
                if first && js_sys::Date::now() - self.begun_at > LATE {
                    self.hub.announce_all();
                }
            }
            "reset" => self.hub.announce_all(),
            // A topic this program does not know yet is for newer ones.
            "change" => {
                if let Ok(update) = serde_json::from_str::<Update>(&event.data) {
                    self.hub.announce(&update);
                }
            }
            _ => {}
        }
        if !event.id.is_empty() {
            self.hub.move_to(&event.id);
        }
    }

    fn abort_in(self: &Rc<Self>, milliseconds: u32) -> Timeout {
        let this = Rc::downgrade(self);
        Timeout::new(milliseconds, move || {
            if let Some(connection) = this.upgrade() {
                connection.abort();
            }
        })
    }
}

/// How long to wait after so many failures, in milliseconds; `chance` is
/// between 0 and 1, so that browsers cut off together do not return together.
fn pause(failures: i32, chance: f64) -> u32 {
    let longest = (500.0 * 2_f64.powi(failures)).min(LONGEST_PAUSE);
    (longest * 0.5_f64.mul_add(chance, 0.5)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_spread() {
        assert_eq!((pause(0, 0.0), pause(0, 1.0)), (250, 500));
        assert_eq!((pause(3, 0.0), pause(3, 1.0)), (2_000, 4_000));
        assert_eq!((pause(40, 0.0), pause(40, 1.0)), (30_000, 60_000));
    }
}
