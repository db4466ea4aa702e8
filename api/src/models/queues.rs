//! What waits for a worker.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

/// How much of each waits, is at work, or was given up.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Queues {
    /// Mails that are still to be sent.
    #[diesel(sql_type = BigInt)]
    pub mails_waiting: i64,
    /// Those of them that have been tried in vain.
    #[diesel(sql_type = BigInt)]
    pub mails_put_off: i64,
    /// Mails that were given up.
    #[diesel(sql_type = BigInt)]
    pub mails_failed: i64,
    /// Since when the oldest mail waits.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub mails_oldest: Option<chrono::DateTime<chrono::Utc>>,
    /// Runs of the planner that wait for a worker.
    #[diesel(sql_type = BigInt)]
    pub plans_waiting: i64,
    /// Runs of the planner that are under way.
    #[diesel(sql_type = BigInt)]
    pub plans_running: i64,
    /// Runs of the planner that failed.
    #[diesel(sql_type = BigInt)]
    pub plans_failed: i64,
    /// Documents that wait to be compared with others.
    #[diesel(sql_type = BigInt)]
    pub comparisons_waiting: i64,
    /// Documents that are being read.
    #[diesel(sql_type = BigInt)]
    pub comparisons_running: i64,
    /// Documents that could not be read.
    #[diesel(sql_type = BigInt)]
    pub comparisons_failed: i64,
}

/// Count them all.
///
/// # Errors
/// When the database cannot answer.
pub fn count(conn: &mut PgConnection) -> QueryResult<Queues> {
    diesel::sql_query(
        "SELECT m.*, p.*, s.* FROM
            (SELECT count(*) FILTER (WHERE next_attempt_at IS NOT NULL) AS mails_waiting,
                    count(*) FILTER (WHERE next_attempt_at IS NOT NULL AND attempts > 0) AS mails_put_off,
                    count(*) FILTER (WHERE next_attempt_at IS NULL) AS mails_failed,
                    min(created_at) FILTER (WHERE next_attempt_at IS NOT NULL) AS mails_oldest
             FROM outgoing_mails WHERE sent_at IS NULL) m,
            (SELECT count(*) FILTER (WHERE state = 'queued') AS plans_waiting,
                    count(*) FILTER (WHERE state = 'running') AS plans_running,
                    count(*) FILTER (WHERE state = 'failed') AS plans_failed
             FROM planning_jobs) p,
            (SELECT count(*) FILTER (WHERE state IN ('waiting', 'read')) AS comparisons_waiting,
                    count(*) FILTER (WHERE state = 'reading') AS comparisons_running,
                    count(*) FILTER (WHERE state = 'unreadable') AS comparisons_failed
             FROM similarity_checks) s",
    )
    .get_result(conn)
}

impl Queues {
    /// Queue, state and how many, for a monitor.
    #[must_use]
    pub fn lengths(&self) -> [(&'static str, &'static str, i64); 9] {
        [
            ("mails", "waiting", self.mails_waiting),
            ("mails", "put_off", self.mails_put_off),
            ("mails", "failed", self.mails_failed),
            ("plans", "waiting", self.plans_waiting),
            ("plans", "running", self.plans_running),
            ("plans", "failed", self.plans_failed),
            ("comparisons", "waiting", self.comparisons_waiting),
            ("comparisons", "running", self.comparisons_running),
            ("comparisons", "failed", self.comparisons_failed),
        ]
    }
}
