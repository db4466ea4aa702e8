//! The thread that listens to the database.

use super::hub::{Hub, LiveKeys};
use crate::clock::Clock;
use crate::models::{api_token, current_user, session, update};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long between two looks at what the database has sent.
const PAUSE: Duration = Duration::from_millis(100);
/// The same while it cannot be reached.
const PAUSE_AWAY: Duration = Duration::from_secs(1);
/// How long until everything is looked at without having been told to: roles
/// that changed, and a connection that died without a word.
const BETWEEN_LOOKS: Duration = Duration::from_secs(10);
/// Hints read at once.
const BATCH: i64 = 1000;

/// Listen until told to stop.
pub(super) fn listen(hub: &Hub, url: &str, clock: &Clock, stopped: &Receiver<()>) {
    let mut connection = None;
    let mut looked = None;
    let mut is_away = false;
    loop {
        hub.end_expired(clock.now());
        let pause = match round(hub, url, clock, &mut connection, &mut looked) {
            Ok(()) => {
                is_away = false;
                PAUSE
            }
            Err(error) => {
                connection = None;
                // Once per outage: the server says the rest.
                if !is_away {
                    tracing::warn!(cause = format!("{error:#}"), "streams wait for the database");
                }
                is_away = true;
                PAUSE_AWAY
            }
        };
        if !matches!(stopped.recv_timeout(pause), Err(RecvTimeoutError::Timeout)) {
            return;
        }
    }
}

fn round(
    hub: &Hub,
    url: &str,
    clock: &Clock,
    connection: &mut Option<PgConnection>,
    looked: &mut Option<Instant>,
) -> anyhow::Result<()> {
    let conn = match connection {
        Some(conn) => conn,
        None => {
            *looked = None;
            connection.insert(connect(url)?)
        }
    };
    let is_due = looked.is_none_or(|at| at.elapsed() > BETWEEN_LOOKS);
    let (mut has_changes, mut has_ended) = (is_due, is_due);
    for notification in conn.notifications_iter() {
        match notification?.channel.as_str() {
            "gestfg_updates" => has_changes = true,
            _ => has_ended = true,
        }
    }
    if has_ended {
        end_dead(hub, clock, conn)?;
    }
    if has_changes {
        catch_up(hub, conn, is_due)?;
    }
    if is_due {
        *looked = Some(Instant::now());
    }
    Ok(())
}

fn connect(url: &str) -> anyhow::Result<PgConnection> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute("SET statement_timeout = '20s'; LISTEN gestfg_updates; LISTEN gestfg_access")?;
    Ok(conn)
}

/// Tell what is new.
fn catch_up(hub: &Hub, conn: &mut PgConnection, is_thorough: bool) -> anyhow::Result<()> {
    let Some(mut position) = hub.position() else {
        hub.begin_at(update::newest(conn)?);
        return Ok(());
    };
    loop {
        let changes = update::list_after(conn, position, BATCH)?;
        // Away so long that what was missed has been cleared away?
        if is_thorough && !update::is_complete_after(conn, position)? {
            hub.cut_all(update::newest(conn)?);
            return Ok(());
        }
        hub.tell(&changes);
        match changes.last() {
            Some(last) if changes.len() as i64 == BATCH => position = last.seq,
            _ => return Ok(()),
        }
    }
}

/// End the streams of those who are logged out, deactivated or revoked.
fn end_dead(hub: &Hub, clock: &Clock, conn: &mut PgConnection) -> anyhow::Result<()> {
    let keys = hub.keys();
    if keys.people.is_empty() {
        return Ok(());
    }
    let now = clock.now();
    let people = current_user::load_actors(conn, &keys.people)?;
    let live = LiveKeys {
        sessions: session::live_among(conn, &keys.sessions, now)?.into_iter().collect(),
        tokens: api_token::live_among(conn, &keys.tokens, now)?.into_iter().collect(),
        people: people.into_iter().map(|actor| (actor.id, actor)).collect(),
    };
    hub.keep(&keys, &live);
    Ok(())
}
