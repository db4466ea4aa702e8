//! Gathering the facts behind statistics, so that no reader waits for it.

use crate::config::Config;
use crate::models::statistics;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

/// How old figures get while something happens.
const AGE: Duration = Duration::minutes(15);
/// How old they get if nothing does that the audit log knows of.
const MOST: Duration = Duration::days(1);

/// Gather what statistics tell if it is old and no longer true.
///
/// # Errors
/// When the database cannot do it.
pub fn gather_statistics(conn: &mut PgConnection, _: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    conn.transaction(|conn| statistics::gather_if_due(conn, now, AGE, MOST)).map(drop)
}
