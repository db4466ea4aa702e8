//! Queueing mails about one's own account: in the transaction of the change
//! they tell of. For everything else there is [`crate::notices`].

use crate::mail::letter::{Letter, Message, Recipient};
use crate::models::one_time_link::{self, Purpose};
use crate::models::{bulk, recipient};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::UserId;

/// Put a mail in the outbox. It is sent once the transaction has committed.
///
/// # Errors
/// When the database cannot take it.
pub fn queue(conn: &mut PgConnection, message: Message) -> QueryResult<()> {
    bulk::queue_mails(conn, &[message])
}

/// Mail someone a link that sets their password; their older links die. Says
/// whether there was an address to write to.
///
/// # Errors
/// When the database cannot answer.
pub fn invite(
    conn: &mut PgConnection,
    public_url: &str,
    user: UserId,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let Some(to) = recipient::find(conn, user)? else { return Ok(false) };
    let token = one_time_link::issue(conn, user, Purpose::SetPassword, now)?;
    queue(conn, Message::new(public_url, &to, &Letter::SetPassword { token }))?;
    Ok(true)
}

/// The same for someone who has (or may have) a password already.
///
/// # Errors
/// When the database cannot answer.
pub fn send_reset(
    conn: &mut PgConnection,
    public_url: &str,
    to: (UserId, &Recipient),
    now: DateTime<Utc>,
    letter: impl FnOnce(String) -> Letter,
) -> QueryResult<()> {
    let (user, recipient) = to;
    let token = one_time_link::issue(conn, user, Purpose::ResetPassword, now)?;
    queue(conn, Message::new(public_url, recipient, &letter(token)))
}
