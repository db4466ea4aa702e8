//! Telling people what happened: the one door for everything but the mails
//! about one's own account.

use crate::config::Config;
use crate::mail::{Letter, outbox};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::UserId;

/// Tell these people, as each of them wants to be told, in the transaction of
/// what the letter is about.
///
/// # Errors
/// When the database cannot answer.
pub fn tell(
    conn: &mut PgConnection,
    config: &Config,
    _now: DateTime<Utc>,
    people: &[UserId],
    letter: &Letter,
) -> QueryResult<()> {
    outbox::queue_to(conn, &config.public_url, people, letter)
}
