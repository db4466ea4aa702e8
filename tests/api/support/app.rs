//! A server of one's own for each test.

use super::actors::Client;
use super::database::TestDatabase;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg::app::AppState;
use gestfg::clock::Clock;
use gestfg::config::Config;
use gestfg_types::ids::UserId;
use std::net::TcpListener;
use uuid::Uuid;

/// The moment tests happen at, unless they say otherwise: a Monday in the
/// academic year 2026/27.
pub fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().expect("a moment")
}

/// A running server over a fresh database.
pub struct TestApp {
    pub address: String,
    pub state: AppState,
    _server: Server,
    pub database: TestDatabase,
}

impl TestApp {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// With some variables set differently.
    pub fn start_with(variables: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create();
        let mail_dir = std::env::temp_dir().join(format!("gestfg-mail-{}", Uuid::new_v4()));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let config = Config::from_lookup(|name| {
            let set = variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            set.or_else(|| match name {
                "DATABASE_URL" => Some(database.url.clone()),
                "DATABASE_POOL_SIZE" => Some("8".to_owned()),
                "JWT_SECRET" => Some("a secret that is only used in tests".to_owned()),
                "PUBLIC_URL" => Some(address.clone()),
                "MAIL_DIR" => Some(mail_dir.to_string_lossy().into_owned()),
                "ASSETS_DIR" => Some("/nonexistent".to_owned()),
                _ => None,
            })
        })
        .expect("a configuration");
        let state = AppState::new(config, Clock::fixed(now()));
        let server = Server::start(listener, state.clone());
        Self { address, state, _server: server, database }
    }

    /// A second server over the same database, by the same clock.
    pub fn neighbour(&self) -> Neighbour {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let state = AppState::new((*self.state.config).clone(), self.state.clock.clone());
        Neighbour { address, _server: Server::start(listener, state) }
    }

    /// A connection behind the server's back.
    pub fn conn(&self) -> PgConnection {
        self.database.connect()
    }

    /// Someone who has not logged in.
    pub fn visitor(&self) -> Client {
        Client::new(self.address.clone(), None)
    }

    /// This person, logged in without the cost of a password.
    pub fn as_user(&self, user: UserId) -> Client {
        use gestfg::schema::sessions;
        let id = Uuid::new_v4();
        let now = self.state.clock.now();
        diesel::insert_into(sessions::table)
            .values((
                sessions::id.eq(id),
                sessions::user_id.eq(user.0),
                sessions::address.eq("192.0.2.1"),
                sessions::user_agent.eq("test"),
                sessions::created_at.eq(now),
                sessions::last_used_at.eq(now),
                sessions::expires_at.eq(now + Duration::days(30)),
            ))
            .execute(&mut self.conn())
            .expect("a log-in");
        let (token, _) = self.state.keys.issue(user, id, now).expect("a token");
        Client::new(self.address.clone(), Some(token))
    }
}

/// Another server beside the first.
pub struct Neighbour {
    pub address: String,
    _server: Server,
}

/// A server on a thread of its own, until it is dropped.
struct Server {
    handle: actix_web::dev::ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    fn start(listener: TcpListener, state: AppState) -> Self {
        let (sender, receiver) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = gestfg::server::start(listener, state, Some(1)).expect("a server");
                sender.send(server.handle()).expect("the test waits");
                let _ = server.await;
            });
        });
        let handle = receiver.recv().expect("the server started");
        Self { handle, thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Not graceful: whatever the test waited for has been answered.
        let stopping = self.handle.stop(false);
        let _ = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(stopping);
        })
        .join();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
