//! The follower: a streaming copy of the database that visitors read from.
//!
//! Only visitors do. Whoever is signed in reads what they have just written, and is told by the
//! stream of updates what others have: both must find it, and a copy may be some moments behind.
//! A visitor's question goes to the primary when the copy is away, too far behind or refuses it:
//! what it has not heard of yet the primary knows.

use crate::app::AppState;
use crate::auth::Viewer;
use crate::config::Config;
use crate::db::Db;
use crate::error::AppResult;
use diesel::sql_types::{BigInt, Nullable};
use diesel::{PgConnection, QueryResult, QueryableByName, RunQueryDsl};
use gestfg_types::errors::ErrorCode;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// How long a follower may take to find a connection before the primary is asked.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long it may take to answer.
const ANSWER: Duration = Duration::from_secs(4);
/// How long between two looks at how far behind it is.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// The door for what everybody may read.
#[derive(Clone)]
pub struct PublicReads {
    primary: Db,
    follower: Option<Follower>,
}

#[derive(Clone)]
struct Follower {
    db: Db,
    is_close: Arc<AtomicBool>,
    limit: Duration,
}

impl PublicReads {
    /// Over the primary, and the follower if the configuration names one. It is not used before
    /// [`keep_measuring`] has seen how far behind it is.
    #[must_use]
    pub fn new(primary: Db, config: &Config) -> Self {
        let follower = config.follower_url.as_ref().map(|url| Follower {
            db: Db::with_patience(url.reveal(), config.pool_size, PATIENCE),
            is_close: Arc::new(AtomicBool::new(false)),
            limit: config.follower_lag,
        });
        Self { primary, follower }
    }

    /// The door for this viewer.
    #[must_use]
    pub fn of(&self, viewer: &Viewer) -> Door<'_> {
        let follower = self.follower.as_ref().filter(|follower| viewer.0.is_none() && follower.is_close());
        Door { primary: &self.primary, follower }
    }
}

/// Where one viewer reads.
pub struct Door<'a> {
    primary: &'a Db,
    follower: Option<&'a Follower>,
}

impl Door<'_> {
    /// Run a question that writes nothing; perhaps twice, at the follower and at the primary.
    ///
    /// # Errors
    /// Those of the primary.
    pub async fn run<T, F>(&self, question: F) -> AppResult<T>
    where
        F: Fn(&mut PgConnection) -> AppResult<T> + Send + Sync + 'static,
        T: Send + 'static,
    {
        let Some(follower) = self.follower else { return self.primary.run(question).await };
        let question = Arc::new(question);
        let again = question.clone();
        match timeout(ANSWER, follower.db.run(move |conn| question(conn))).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) if error.code() == ErrorCode::Unavailable => follower.set_aside("it is away"),
            Ok(Err(_)) => {}
            Err(_) => follower.set_aside("it does not answer"),
        }
        self.primary.run(move |conn| again(conn)).await
    }
}

impl Follower {
    fn is_close(&self) -> bool {
        self.is_close.load(Ordering::Relaxed)
    }

    fn set_aside(&self, why: &str) {
        if self.is_close.swap(false, Ordering::Relaxed) {
            tracing::warn!(why, "visitors read from the primary");
        }
    }

    fn use_again(&self) {
        if !self.is_close.swap(true, Ordering::Relaxed) {
            tracing::info!("visitors read from the follower");
        }
    }
}

/// Look again and again how far the follower is behind, as long as the server lives.
///
/// The primary is asked where its log ends; how far behind the follower is, is the age of the
/// oldest of these places it has not come to. While the primary is away there are no new ones,
/// and visitors can go on reading.
pub fn keep_measuring(state: &AppState) {
    let reads = state.public_reads.clone();
    let Some(follower) = reads.follower else { return };
    let primary = reads.primary;
    actix_web::rt::spawn(async move {
        let mut looks = tokio::time::interval(BETWEEN_LOOKS);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut ahead = VecDeque::new();
        loop {
            looks.tick().await;
            let asked = Instant::now();
            if let Ok(Ok(place)) = timeout(ANSWER, primary.run(|conn| Ok(end_of_log(conn)?))).await {
                ahead.push_back((asked, place));
            }
            match timeout(ANSWER, follower.db.run(|conn| Ok(replayed(conn)?))).await {
                Ok(Ok(Some(place))) => {
                    while ahead.front().is_some_and(|(_, wanted)| *wanted <= place) {
                        ahead.pop_front();
                    }
                    let behind = ahead.front().map_or(Duration::ZERO, |(asked, _)| asked.elapsed());
                    if behind <= follower.limit {
                        follower.use_again();
                    } else {
                        follower.set_aside("it is too far behind");
                    }
                }
                Ok(Ok(None)) => follower.set_aside("it follows nobody"),
                Ok(Err(_)) | Err(_) => follower.set_aside("it is away"),
            }
            // A follower that is away for a week leaves no week of places: the oldest says enough.
            ahead.truncate(600);
        }
    });
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = Nullable<BigInt>)]
    place: Option<i64>,
}

fn end_of_log(conn: &mut PgConnection) -> QueryResult<i64> {
    let query = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint AS place";
    Ok(diesel::sql_query(query).get_result::<Place>(conn)?.place.unwrap_or_default())
}

/// Up to where it has what the primary wrote; nothing when it is no copy (any more).
fn replayed(conn: &mut PgConnection) -> QueryResult<Option<i64>> {
    let query =
        "SELECT CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0')::bigint END AS place";
    Ok(diesel::sql_query(query).get_result::<Place>(conn)?.place)
}
