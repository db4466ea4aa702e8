//! Who is watching, and what they have been told.

use super::feed::Feed;
use super::frames;
use crate::auth::CurrentUser;
use crate::auth::current_user::Key;
use crate::domain::actor::Actor;
use crate::models::update::Published;
use actix_web::web::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use gestfg_types::ids::{ApiTokenId, UserId};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

/// Messages that may wait for a slow reader; then its stream is cut, and it
/// resumes. A message holds all that came at once.
const WAITING: usize = 32;
/// Streams one person may have: some tabs on some devices. One more cuts the
/// oldest, which may well be of a device that was closed without a word.
const PER_PERSON: usize = 10;

/// The streams, and the place they have all been told up to.
pub(super) struct Hub {
    state: Mutex<State>,
    ready: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    position: i64,
    is_closed: bool,
    last_id: u64,
    watchers: HashMap<u64, Watcher>,
}

struct Watcher {
    actor: Actor,
    key: Key,
    until: Option<DateTime<Utc>>,
    after: i64,
    changes: mpsc::Sender<Bytes>,
}

/// Where a stream begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Everything up to here has been told to those who were there.
    pub(super) position: i64,
}

/// The keys by which people are watching.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) sessions: Vec<Uuid>,
    pub(super) tokens: Vec<ApiTokenId>,
    pub(super) people: Vec<UserId>,
}

/// Those among them that still open the door.
#[derive(Debug, Default)]
pub(super) struct LiveKeys {
    pub(super) sessions: HashSet<Uuid>,
    pub(super) tokens: HashSet<ApiTokenId>,
    pub(super) people: HashMap<UserId, Actor>,
}

impl Hub {
    pub(super) fn new() -> Self {
        Self { state: Mutex::default(), ready: watch::Sender::new(false) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Becomes true once the database is listened to.
    pub(super) fn ready(&self) -> watch::Receiver<bool> {
        self.ready.subscribe()
    }

    /// The place told up to, once there is one.
    pub(super) fn position(&self) -> Option<i64> {
        self.ready.borrow().then(|| self.state().position)
    }

    /// Begin here: nothing up to it is of interest to anybody.
    pub(super) fn begin_at(&self, position: i64) {
        self.state().position = position;
        self.ready.send_replace(true);
    }

    /// A stream of its own for somebody; none when the server is stopping.
    pub(super) fn join(
        hub: &Arc<Self>,
        person: &CurrentUser,
        until: Option<DateTime<Utc>>,
        after: Option<i64>,
    ) -> Option<(Feed, Place)> {
        let mut state = hub.state();
        if state.is_closed {
            return None;
        }
        let of_person = |watcher: &Watcher| watcher.actor.id == person.id;
        if state.watchers.values().filter(|watcher| of_person(watcher)).count() >= PER_PERSON {
            let oldest =
                state.watchers.iter().filter(|(_, watcher)| of_person(watcher)).map(|(id, _)| *id).min();
            oldest.map(|id| state.watchers.remove(&id));
        }
        let position = state.position;
        let (sender, changes) = mpsc::channel(WAITING);
        state.last_id += 1;
        let id = state.last_id;
        let watcher = Watcher {
            actor: person.actor.clone(),
            key: person.key.clone(),
            until,
            // The server it was on before may have been ahead of this one.
            after: position.max(after.unwrap_or_default()),
            changes: sender,
        };
        state.watchers.insert(id, watcher);
        drop(state);
        Some((Feed::new(hub.clone(), id, changes), Place { position }))
    }

    pub(super) fn rewind(&self, id: u64, position: i64) {
        if let Some(watcher) = self.state().watchers.get_mut(&id) {
            watcher.after = position;
        }
    }

    pub(super) fn leave(&self, id: u64) {
        // Dropped after the lock is let go: it wakes whoever waits for it.
        let _left = self.state().watchers.remove(&id);
    }

    pub(super) fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        state.watchers.clear();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state().is_closed
    }

    pub(super) fn count(&self) -> usize {
        self.state().watchers.len()
    }

    /// Cut every stream; clients resume, and are told what that is worth now.
    pub(super) fn cut_all(&self, position: i64) {
        let mut state = self.state();
        state.watchers.clear();
        state.position = position;
    }

    /// Tell everybody what concerns them of these, the next in order.
    pub(super) fn tell(&self, changes: &[Published]) {
        let Some(last) = changes.last() else { return };
        let frames: Vec<_> = changes.iter().map(|one| (one, frames::change(one))).collect();
        let mut state = self.state();
        state.position = last.seq;
        state.watchers.retain(|_, watcher| match watcher.pick(&frames) {
            Some(message) => watcher.changes.try_send(message).is_ok(),
            None => true,
        });
    }

    /// End the streams of those whose access tokens have run out.
    pub(super) fn end_expired(&self, now: DateTime<Utc>) {
        self.state().watchers.retain(|_, watcher| watcher.until.is_none_or(|until| now < until));
    }

    /// By which keys people are watching.
    pub(super) fn keys(&self) -> Keys {
        let mut keys = Keys::default();
        for watcher in self.state().watchers.values() {
            keys.people.push(watcher.actor.id);
            match &watcher.key {
                Key::Session(id) => keys.sessions.push(*id),
                Key::ApiToken(id, _) => keys.tokens.push(*id),
            }
        }
        keys
    }

    /// End the streams of `asked` keys that are dead, and note the present
    /// duties of everybody else.
    pub(super) fn keep(&self, asked: &Keys, live: &LiveKeys) {
        let sessions: HashSet<_> = asked.sessions.iter().collect();
        let tokens: HashSet<_> = asked.tokens.iter().collect();
        let people: HashSet<_> = asked.people.iter().collect();
        self.state().watchers.retain(|_, watcher| {
            let opens = match &watcher.key {
                // Who joined after the question was put is none of the answer's business.
                Key::Session(id) => live.sessions.contains(id) || !sessions.contains(id),
                Key::ApiToken(id, _) => live.tokens.contains(id) || !tokens.contains(id),
            };
            if let Some(actor) = live.people.get(&watcher.actor.id) {
                watcher.actor.clone_from(actor);
            }
            opens && (live.people.contains_key(&watcher.actor.id) || !people.contains(&watcher.actor.id))
        });
    }
}

impl Watcher {
    /// What of this concerns them, as one message.
    fn pick(&self, frames: &[(&Published, Bytes)]) -> Option<Bytes> {
        let mut own = frames
            .iter()
            .filter(|(one, frame)| {
                !frame.is_empty() && one.seq > self.after && one.concern.includes(&self.actor)
            })
            .map(|(_, frame)| frame);
        let first = own.next()?;
        let Some(second) = own.next() else { return Some(first.clone()) };
        let mut message = BytesMut::from(&first[..]);
        message.extend_from_slice(second);
        own.for_each(|frame| message.extend_from_slice(frame));
        Some(message.freeze())
    }
}
