//! Queueing mails: in the transaction of the change they tell of.

use crate::mail::letter::{Letter, Message, Recipient};
use crate::models::one_time_link::{self, Purpose};
use crate::models::recipient;
use crate::schema::outgoing_mails;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::UserId;

/// Put a mail in the outbox. It is sent once the transaction has committed.
///
/// # Errors
/// When the database cannot take it.
pub fn queue(conn: &mut PgConnection, message: &Message) -> QueryResult<()> {
    diesel::insert_into(outgoing_mails::table)
        .values((
            outgoing_mails::recipient.eq(&message.recipient),
            outgoing_mails::kind.eq(message.kind),
            outgoing_mails::language.eq(message.language.as_str()),
            outgoing_mails::subject.eq(&message.subject),
            outgoing_mails::body.eq(&message.body),
        ))
        .execute(conn)?;
    Ok(())
}

/// Write the same letter to several people; those who are deactivated or have
/// no address are left out.
///
/// # Errors
/// When the database cannot answer.
pub fn queue_to(
    conn: &mut PgConnection,
    public_url: &str,
    people: &[UserId],
    letter: &Letter,
) -> QueryResult<()> {
    for to in recipient::list(conn, people)? {
        queue(conn, &Message::new(public_url, &to, letter))?;
    }
    Ok(())
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
    queue(conn, &Message::new(public_url, &to, &Letter::SetPassword { token }))?;
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
    queue(conn, &Message::new(public_url, recipient, &letter(token)))
}
