//! The background worker: sends mails, reminds of phases, tells announcements,
//! writes the mail of the day, gathers statistics and clears away what has expired. Any number of
//! servers may run one; they share the work through the database, where each
//! piece is claimed by a row lock (`FOR UPDATE SKIP LOCKED`) or a unique row.
//!
//! Everything but a mail happens in one transaction with the note that it did:
//! exactly once. A mail is sent at least once (see [`Mails`]).
//!
//! What is due is looked for every few seconds, and at once when somebody
//! queues a mail or publishes something (`NOTIFY`).

use crate::clock::Clock;
use crate::config::Config;
use crate::metrics::Metrics;
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Timestamptz;
use diesel::{Connection, PgConnection, QueryResult, RunQueryDsl};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

mod allocation;
mod announcements;
mod availability;
mod cleaning;
mod digests;
mod mails;
mod planning;
mod reminders;
mod retention;
mod rounds;
pub mod similarity;
mod statistics;
mod storage;

pub use announcements::tell_announcements;
pub use availability::remind_of_polls;
pub use cleaning::clean;
pub use digests::write_digests;
pub use mails::Mails;
pub use planning::{Planner, run_next, start_planner};
pub use reminders::tell_reminders;
pub use retention::retain;
pub use rounds::tell_rounds;
pub use statistics::gather_statistics;
pub use storage::watch_storage;

/// How long between two looks at what is due, if nobody calls.
const PAUSE: Duration = Duration::from_secs(5);
/// How long until a call is heard.
const HEARING: Duration = Duration::from_millis(100);
/// Clocks that are further apart than this: one of the two is wrong. What is done by the clock
/// cannot be undone (mails, what is removed for good), and an hour later is early enough.
const TRUSTED: TimeDelta = TimeDelta::minutes(5);
/// How long between two cleanings.
const BETWEEN_CLEANINGS: Duration = Duration::from_secs(60 * 60);

/// A worker that hangs or whose machine is gone gives back what it holds: the
/// slowest mail is handed over in less time than these.
const SETTINGS: &str = "SET statement_timeout = '60s'; SET lock_timeout = '30s'; \
    SET idle_in_transaction_session_timeout = '120s'; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; \
    SET tcp_keepalives_count = 3; SET TIME ZONE 'UTC'; LISTEN gestfg_worker";

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
pub fn start(config: Arc<Config>, clock: Clock, metrics: Metrics) -> anyhow::Result<Worker> {
    let mails = Mails::from_config(&config)?;
    let (stop, stopped) = channel();
    let mut work = Work { config, clock, metrics, mails, stopped, cleaned: None, is_astray: false };
    let thread = std::thread::Builder::new()
        .name("jobs".to_owned())
        .spawn(move || work.go_on())
        .context("no thread for the background worker")?;
    Ok(Worker { stop: Some(stop), thread: Some(thread) })
}

struct Work {
    config: Arc<Config>,
    clock: Clock,
    metrics: Metrics,
    mails: Mails,
    stopped: Receiver<()>,
    cleaned: Option<Instant>,
    is_astray: bool,
}

impl Work {
    fn go_on(&mut self) {
        let mut connection: Option<PgConnection> = None;
        let mut is_away = false;
        loop {
            match self.round(&mut connection) {
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
            if self.rest(connection.as_mut()) {
                return;
            }
        }
    }

    /// Everything that is due.
    fn round(&mut self, connection: &mut Option<PgConnection>) -> anyhow::Result<()> {
        let conn = match connection {
            Some(conn) => conn,
            None => connection.insert(self.connect()?),
        };
        loop {
            if self.knows_the_time(conn)? {
                self.look_at_the_clock(conn);
            }
            let started = Instant::now();
            let mut is_done = false;
            // A long queue of mails holds up nothing else.
            while !is_done && started.elapsed() < PAUSE {
                is_done = !self.mails.send_next(conn)?;
                if self.is_stopped(Duration::ZERO) {
                    return Ok(());
                }
            }
            if is_done {
                break;
            }
        }
        self.metrics.note_job("mails", true, self.clock.now());
        if !self.is_astray && self.cleaned.is_none_or(|at| at.elapsed() > BETWEEN_CLEANINGS) {
            clean(conn, self.clock.now())?;
            self.metrics.note_job("cleaning", true, self.clock.now());
            self.cleaned = Some(Instant::now());
        }
        Ok(())
    }

    fn connect(&self) -> anyhow::Result<PgConnection> {
        let mut conn = PgConnection::establish(self.config.database_url.reveal())?;
        conn.batch_execute(SETTINGS)?;
        Ok(conn)
    }

    /// Whether this machine and the database agree on what time it is.
    fn knows_the_time(&mut self, conn: &mut PgConnection) -> QueryResult<bool> {
        let there: DateTime<Utc> =
            diesel::select(diesel::dsl::sql::<Timestamptz>("clock_timestamp()")).get_result(conn)?;
        let apart = (self.clock.now() - there).abs();
        let is_astray = self.clock.is_machine() && apart > TRUSTED;
        if is_astray && !self.is_astray {
            tracing::error!(
                seconds = apart.num_seconds(),
                "the clocks of server and database disagree: mails go out, nothing else is done by the clock"
            );
        }
        self.is_astray = is_astray;
        Ok(!is_astray)
    }

    /// One that fails keeps nobody else from theirs, mails least of all.
    fn look_at_the_clock(&self, conn: &mut PgConnection) {
        type Job = fn(&mut PgConnection, &Config, DateTime<Utc>) -> QueryResult<()>;
        let jobs: [(&str, Job); 8] = [
            ("reminders", tell_reminders),
            ("rounds", tell_rounds),
            ("announcements", tell_announcements),
            ("availability", remind_of_polls),
            ("digests", write_digests),
            ("retention", retain),
            ("statistics", gather_statistics),
            ("storage", watch_storage),
        ];
        for (name, job) in jobs {
            let done = job(conn, &self.config, self.clock.now());
            self.metrics.note_job(name, done.is_ok(), self.clock.now());
            if let Err(error) = done {
                tracing::warn!(job = name, %error, "a job of the background worker failed");
            }
        }
    }

    /// Until somebody calls or the pause is over. Says whether to stop.
    fn rest(&self, mut connection: Option<&mut PgConnection>) -> bool {
        let until = Instant::now() + PAUSE;
        while Instant::now() < until {
            if self.is_stopped(HEARING) {
                return true;
            }
            // A connection that broke is found out in the next round.
            if connection
                .as_mut()
                .is_some_and(|conn| conn.notifications_iter().take_while(Result::is_ok).count() > 0)
            {
                return false;
            }
        }
        false
    }

    fn is_stopped(&self, wait: Duration) -> bool {
        !matches!(self.stopped.recv_timeout(wait), Err(RecvTimeoutError::Timeout))
    }
}
