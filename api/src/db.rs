//! The pool, and the only door to blocking code.

use crate::error::AppError;
use crate::trouble::Trouble;
use actix_web::web;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection};
use diesel::{Connection, PgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// The migrations, part of the binary.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations");

/// The number under which concurrent releases queue for migrating.
const MIGRATION_LOCK: i64 = 0x6765_7374_6667;

/// A connection of the pool.
pub type Connected = PooledConnection<ConnectionManager<PgConnection>>;

/// The database, as handlers see it.
#[derive(Clone)]
pub struct Db {
    pool: Pool<ConnectionManager<PgConnection>>,
    /// One per connection. Whoever waits for one waits here, which costs
    /// nothing: a thread that waited would keep its stack and its heap.
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    size: usize,
    patience: Duration,
}

/// How busy a pool is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoolLoad {
    /// Connections there may be.
    pub size: usize,
    /// Connections there are.
    pub open: usize,
    /// Connections at work, or about to be.
    pub used: usize,
    /// Requests that wait for one.
    pub waiting: usize,
}

/// Somebody waits for a connection, until this is dropped.
struct InLine(Arc<AtomicUsize>);

impl InLine {
    fn stand(waiting: &Arc<AtomicUsize>) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(waiting))
    }
}

impl Drop for InLine {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What libpq is told besides: a network that swallows everything must not keep
/// anybody waiting for the quarter of an hour that TCP takes to notice.
const LINE: [(&str, &str); 5] = [
    ("connect_timeout", "5"),
    ("tcp_user_timeout", "15000"),
    ("keepalives_idle", "15"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
];

/// The URL with limits for a line that is dead, but for those it sets itself.
#[must_use]
pub fn with_limits(url: &str) -> String {
    let Ok(mut parsed) = url::Url::parse(url) else { return url.to_owned() };
    let named: Vec<String> = parsed.query_pairs().map(|(name, _)| name.into_owned()).collect();
    for (name, value) in LINE {
        if !named.iter().any(|one| one == name) {
            parsed.query_pairs_mut().append_pair(name, value);
        }
    }
    parsed.into()
}

/// How long a request waits for a connection before it is told to come again.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long it waits for the work itself: Heroku's router gives up after 30 s.
const LIMIT: Duration = Duration::from_secs(25);

#[derive(Debug)]
struct SetTimeouts;

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for SetTimeouts {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        // The router gives up after 30 s; a statement must have failed before.
        // Words count as similar with one wrong letter in ten, or two in fifteen.
        diesel::connection::SimpleConnection::batch_execute(
            conn,
            "SET statement_timeout = '20s'; SET lock_timeout = '8s'; SET idle_in_transaction_session_timeout = '30s'; SET TIME ZONE 'UTC'; \
             SET pg_trgm.word_similarity_threshold = 0.45",
        )
        .map_err(diesel::r2d2::Error::QueryError)
    }
}

impl Db {
    /// A pool that connects when first used, so that a server starts (and
    /// answers 503) while its database is away.
    #[must_use]
    pub fn new(url: &str, size: u32) -> Self {
        Self::with_patience(url, size, PATIENCE)
    }

    /// As [`Db::new`], with another idea of how long to wait for a connection.
    #[must_use]
    pub fn with_patience(url: &str, size: u32, patience: Duration) -> Self {
        let size = size.max(1);
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .test_on_check_out(true)
            .connection_timeout(patience)
            .connection_customizer(Box::new(SetTimeouts))
            .build_unchecked(ConnectionManager::new(url));
        let size = size as usize;
        Self { pool, turns: Arc::new(Semaphore::new(size)), waiting: Arc::default(), size, patience }
    }

    /// How busy the pool is.
    #[must_use]
    pub fn load(&self) -> PoolLoad {
        PoolLoad {
            size: self.size,
            open: self.pool.state().connections as usize,
            used: self.size.saturating_sub(self.turns.available_permits()),
            waiting: self.waiting.load(Ordering::Relaxed),
        }
    }

    /// Run blocking code with a connection, off the async threads.
    ///
    /// # Errors
    /// `unavailable` when no connection is to be had or the database falls silent; else those of
    /// `work`.
    pub async fn run<T, F>(&self, work: F) -> Result<T, AppError>
    where
        F: FnOnce(&mut PgConnection) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        let in_line = InLine::stand(&self.waiting);
        let turn = timeout(self.patience, Arc::clone(&self.turns).acquire_owned())
            .await
            .map_err(AppError::unavailable)?
            .map_err(AppError::unavailable)?;
        drop(in_line);
        let pool = self.pool.clone();
        let working = web::block(move || {
            let mut conn = pool.get()?;
            let done = work(&mut conn);
            // In this order: whose turn it is next finds the connection free.
            drop(conn);
            drop(turn);
            done
        });
        // A server that stands still says nothing, not even that a statement took too long. The
        // work keeps its turn, however it ends.
        timeout(LIMIT, working)
            .await
            .map_err(|silence| AppError::troubled(Trouble::CutOff, silence.into()))??
    }

    /// As [`Db::run`], in one transaction that is rolled back on any error.
    ///
    /// # Errors
    /// `unavailable` when no connection is to be had; else those of `work`.
    pub async fn write<T, F>(&self, work: F) -> Result<T, AppError>
    where
        F: FnOnce(&mut PgConnection) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        self.run(move |conn| conn.transaction(work)).await
    }

    /// A connection for code that is on a blocking thread already.
    ///
    /// # Errors
    /// `unavailable` when none is to be had.
    pub fn connect(&self) -> Result<Connected, AppError> {
        Ok(self.pool.get()?)
    }
}

/// Bring the schema up to date. Concurrent callers wait for each other.
///
/// # Errors
/// When the database cannot be reached or a migration fails; the failed
/// migration is rolled back.
pub fn migrate(url: &str) -> anyhow::Result<Vec<String>> {
    let mut conn = PgConnection::establish(url)?;
    lock_migrations(&mut conn)?;
    let applied = conn
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| anyhow::anyhow!("a migration failed: {error}"))?
        .iter()
        .map(ToString::to_string)
        .collect();
    Ok(applied)
}

/// Wait until nobody else changes the schema, and keep others waiting as long
/// as the connection lives.
///
/// # Errors
/// When the database cannot answer.
pub fn lock_migrations(conn: &mut PgConnection) -> diesel::QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_lock($1)")
        .bind::<diesel::sql_types::BigInt, _>(MIGRATION_LOCK)
        .execute(conn)
        .map(drop)
}

/// Migrations of this binary that have not been applied, in order.
///
/// # Errors
/// `unavailable` when the database cannot be asked.
pub fn list_pending(conn: &mut PgConnection) -> Result<Vec<String>, AppError> {
    conn.pending_migrations(MIGRATIONS)
        .map(|pending| pending.iter().map(|migration| migration.name().to_string()).collect())
        .map_err(|error| AppError::unavailable(anyhow::anyhow!("migrations cannot be read: {error}")))
}

/// Whether every migration of this binary has been applied.
///
/// # Errors
/// `unavailable` when the database cannot be asked.
pub fn is_migrated(conn: &mut PgConnection) -> Result<bool, AppError> {
    conn.has_pending_migration(MIGRATIONS)
        .map(|pending| !pending)
        .map_err(|error| AppError::unavailable(anyhow::anyhow!("migrations cannot be read: {error}")))
}

#[cfg(test)]
mod tests {
    use super::with_limits;

    #[test]
    fn limits_are_added_where_none_are_set() {
        let with = with_limits("postgres://u@h:5432/d?sslmode=require&connect_timeout=9");
        assert_eq!(
            with,
            "postgres://u@h:5432/d?sslmode=require&connect_timeout=9&tcp_user_timeout=15000\
             &keepalives_idle=15&keepalives_interval=5&keepalives_count=3"
        );
        assert_eq!(with_limits("host=h dbname=d"), "host=h dbname=d");
    }
}
