//! The running server.

use crate::app::{self, AppState};
use crate::clock::Clock;
use crate::config::Config;
use actix_web::HttpServer;
use actix_web::dev::Server;
use anyhow::Context;
use std::net::TcpListener;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use tokio::signal::unix::{SignalKind, signal};

/// How long requests in flight have to finish once the server is told to stop.
const FOR_REQUESTS: Duration = Duration::from_secs(20);
/// How long the background workers have after that: Heroku kills after 30 s.
const FOR_WORKERS: Duration = Duration::from_secs(4);

/// Serve until told to stop (SIGTERM, SIGINT), then let requests in flight
/// finish.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let address = format!("{}:{}", config.bind, config.port);
    let listener = TcpListener::bind(&address).with_context(|| format!("cannot listen on {address}"))?;
    let state = AppState::new(config, Clock::system());
    tracing::info!(%address, url = state.config.public_url, "serving");
    crate::auth::password::warm_up();
    end_streams_at_stop(&state)?;
    let jobs = crate::jobs::start(state.config.clone(), state.clock.clone(), state.metrics.clone())?;
    let planner = crate::jobs::start_planner(state.config.clone(), state.clock.clone())?;
    crate::storage::keep_clean(&state);
    crate::jobs::similarity::keep_comparing(&state)?;
    crate::follower::keep_measuring(&state);
    let server = start(listener, state, None)?;
    let ended = server.await;
    // After the last request: what it queued may still be sent by the next server.
    leave(vec![Box::new(jobs), Box::new(planner)]);
    ended.context("the server stopped")
}

/// Let the workers finish what they have in hand, if it is soon. The connection of one that is
/// left ends with the process, and what it held is free for the next server.
fn leave(workers: Vec<Box<dyn Send>>) {
    let (done, ended) = channel();
    for worker in workers {
        let done = done.clone();
        std::thread::spawn(move || {
            drop(worker);
            // Nobody may be waiting any more.
            let _ = done.send(());
        });
    }
    drop(done);
    let until = Instant::now() + FOR_WORKERS;
    loop {
        match ended.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(()) => {}
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                tracing::warn!("work in hand is left to the next server");
                return;
            }
        }
    }
}

/// Streams never finish by themselves; without this the server would wait for
/// them until it is killed.
fn end_streams_at_stop(state: &AppState) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let live = state.live.clone();
    actix_web::rt::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        live.close();
    });
    Ok(())
}

/// Serve on an open socket, with so many workers (default: one a core).
///
/// # Errors
/// When the socket cannot be used.
pub fn start(listener: TcpListener, state: AppState, workers: Option<usize>) -> anyhow::Result<Server> {
    let mut server = HttpServer::new(move || app::build(state.clone()))
        .client_request_timeout(Duration::from_secs(10))
        .keep_alive(Duration::from_secs(75))
        // Without it the tail of an answer waits up to 40 ms for an acknowledgement.
        .tcp_nodelay(true)
        // A browser that has gone reads no stream any more.
        .h1_allow_half_closed(false)
        .shutdown_timeout(FOR_REQUESTS.as_secs());
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
}
