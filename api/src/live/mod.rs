//! Streams of server-sent events: everybody who is watching is told what
//! changed, whichever server it changed on.
//!
//! One thread of each process listens to the database, reads what is new once
//! and hands it to the streams it concerns. A stream can be cut at any moment:
//! its client resumes from the last place it saw, by any server.

mod feed;
mod frames;
mod hub;
mod listener;

pub use feed::Feed;

use crate::auth::CurrentUser;
use crate::clock::Clock;
use crate::config::Secret;
use crate::db::Db;
use crate::error::{AppError, AppResult};
use crate::models::update;
use anyhow::Context;
use chrono::{DateTime, Utc};
use hub::{Hub, Place};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long the first stream waits for the database to be listened to.
const PATIENCE: Duration = Duration::from_secs(4);
/// More hints than this to catch up with are told as one: read everything again.
const BACKLOG: i64 = 2000;

/// The streams of this process.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    hub: Arc<Hub>,
    database_url: Secret,
    clock: Clock,
    /// Dropping it ends the listening thread.
    listening: Mutex<Option<Sender<()>>>,
}

impl Live {
    /// No streams yet, and nobody listening.
    #[must_use]
    pub fn new(database_url: Secret, clock: Clock) -> Self {
        Self(Arc::new(Inner { hub: Arc::new(Hub::new()), database_url, clock, listening: Mutex::new(None) }))
    }

    /// A stream for this person that ends at `until` at the latest, going on
    /// from `after` or from now.
    ///
    /// # Errors
    /// `unavailable` while the database cannot be listened to, or when the
    /// server is stopping.
    pub async fn open(
        &self,
        db: &Db,
        person: &CurrentUser,
        until: Option<DateTime<Utc>>,
        after: Option<i64>,
    ) -> AppResult<Feed> {
        self.listen()?;
        let mut ready = self.0.hub.ready();
        let listened = tokio::time::timeout(PATIENCE, ready.wait_for(|ready| *ready)).await;
        listened.context("the database is not listened to yet").map_err(AppError::unavailable)?.ok();
        let (mut feed, place) = Hub::join(&self.0.hub, person, until, after)
            .ok_or_else(|| AppError::unavailable(anyhow::anyhow!("the server is stopping")))?;
        let Some(after) = after else {
            feed.begin(frames::hello(place.position));
            return Ok(feed);
        };
        // What comes from now on waits in the feed meanwhile.
        let actor = person.actor.clone();
        let Place { position, .. } = place;
        let missed = db
            .run(move |conn| {
                let mut missed = update::list_after(conn, after, BACKLOG + 1)?;
                let is_known = i64::try_from(missed.len()).is_ok_and(|count| count <= BACKLOG)
                    && update::is_complete_after(conn, after)?;
                missed.retain(|one| one.seq <= position && one.concern.includes(&actor));
                Ok(is_known.then_some(missed))
            })
            .await?;
        match missed {
            Some(missed) => feed.begin(frames::resumed(after, position, &missed)),
            None => {
                feed.rewind(position);
                feed.begin(frames::reset(position));
            }
        }
        Ok(feed)
    }

    /// End every stream and take no more: the server is stopping, and clients
    /// go on with the next.
    pub fn close(&self) {
        self.0.hub.close();
        self.0.listening.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// How many streams are open.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.hub.count()
    }

    /// Start to listen, with the first stream: a process without streams needs
    /// no connection for them.
    fn listen(&self) -> AppResult<()> {
        let mut listening = self.0.listening.lock().unwrap_or_else(PoisonError::into_inner);
        if listening.is_some() || self.0.hub.is_closed() {
            return Ok(());
        }
        let (sender, stopped) = channel();
        let (hub, url, clock) = (self.0.hub.clone(), self.0.database_url.clone(), self.0.clock.clone());
        std::thread::Builder::new()
            .name("live".to_owned())
            .spawn(move || listener::listen(&hub, url.reveal(), &clock, &stopped))
            .context("no thread to listen to the database")?;
        *listening = Some(sender);
        Ok(())
    }
}
