//! The background worker: sends mails and clears away what has expired. Any
//! number of servers may run one; they share the work through the database.

use crate::clock::Clock;
use crate::config::Config;
use anyhow::Context;
use diesel::{Connection, PgConnection};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

mod cleaning;
mod mails;

pub use mails::Mails;

/// How long between two looks at the outbox.
const PAUSE: Duration = Duration::from_secs(2);
/// How long between two cleanings.
const BETWEEN_CLEANINGS: Duration = Duration::from_secs(60 * 60);

/// The running worker; dropping it stops it after the mail in hand.
pub struct Worker {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Start a worker on a thread and a connection of its own. A database that is
/// away is waited for.
///
/// # Errors
/// When `SMTP_URL` or `MAIL_FROM` cannot be understood or no thread is to be had.
pub fn start(config: Arc<Config>, clock: Clock) -> anyhow::Result<Worker> {
    let mails = Mails::from_config(&config)?;
    let (stop, stopped) = channel();
    let thread = std::thread::Builder::new()
        .name("jobs".to_owned())
        .spawn(move || work(&config, &clock, &mails, &stopped))
        .context("no thread for the background worker")?;
    Ok(Worker { stop: Some(stop), thread: Some(thread) })
}

fn work(config: &Config, clock: &Clock, mails: &Mails, stopped: &Receiver<()>) {
    let mut connection: Option<PgConnection> = None;
    let mut cleaned: Option<Instant> = None;
    let mut is_away = false;
    loop {
        match round(config, clock, mails, &mut connection, &mut cleaned, stopped) {
            Ok(()) => is_away = false,
            Err(error) => {
                connection = None;
                // Once per outage: the server says the rest.
                if !is_away {
                    tracing::warn!(cause = format!("{error:#}"), "the background worker waits");
                }
                is_away = true;
            }
        }
        if is_stopped(stopped, PAUSE) {
            return;
        }
    }
}

fn round(
    config: &Config,
    clock: &Clock,
    mails: &Mails,
    connection: &mut Option<PgConnection>,
    cleaned: &mut Option<Instant>,
    stopped: &Receiver<()>,
) -> anyhow::Result<()> {
    let conn = match connection {
        Some(conn) => conn,
        None => connection.insert(PgConnection::establish(config.database_url.reveal())?),
    };
    while mails.send_next(conn)? {
        if is_stopped(stopped, Duration::ZERO) {
            return Ok(());
        }
    }
    if cleaned.is_none_or(|at| at.elapsed() > BETWEEN_CLEANINGS) {
        cleaning::clean(conn, clock.now())?;
        *cleaned = Some(Instant::now());
    }
    Ok(())
}

fn is_stopped(stopped: &Receiver<()>, wait: Duration) -> bool {
    !matches!(stopped.recv_timeout(wait), Err(RecvTimeoutError::Timeout))
}
