//! Telling people what happened: the one door for everything but the mails
//! about one's own account.
//!
//! What somebody is told is kept once, as data, for their inbox and for the
//! mail of the day; a mail that goes at once is written at once. Which of them
//! it is says the person, kind by kind, or else [`usual`].
//!
//! [`usual`]: crate::domain::preferences::usual

use crate::config::Config;
use crate::mail::{Letter, Message, Recipient};
use crate::models::notification::{self, NewNotification};
use crate::models::recipient::Person;
use crate::models::update::Change;
use crate::models::{bulk, preference, recipient};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::Error;
use gestfg_types::ids::UserId;
use gestfg_types::notifications::MailPreference;
use gestfg_types::updates::UpdateTopic;
use std::collections::{BTreeSet, HashMap};

/// Something to tell some people.
#[derive(Debug, Clone)]
pub struct News {
    /// Whom.
    pub people: Vec<UserId>,
    /// What.
    pub letter: Letter,
}

/// Tell these people, as each of them wants to be told, in the transaction of
/// what the letter is about.
///
/// # Errors
/// When the database cannot answer.
pub fn tell(
    conn: &mut PgConnection,
    config: &Config,
    now: DateTime<Utc>,
    people: &[UserId],
    letter: &Letter,
) -> QueryResult<()> {
    tell_all(conn, config, now, &[News { people: people.to_vec(), letter: letter.clone() }])
}

/// Tell many things at once, with a handful of statements whatever their
/// number and that of the people. Who is deactivated is told nothing.
///
/// # Errors
/// When the database cannot answer.
pub fn tell_all(
    conn: &mut PgConnection,
    config: &Config,
    now: DateTime<Utc>,
    news: &[News],
) -> QueryResult<()> {
    let concerned: BTreeSet<i64> = news.iter().flat_map(|news| &news.people).map(|id| id.0).collect();
    if concerned.is_empty() {
        return Ok(());
    }
    let concerned: Vec<i64> = concerned.into_iter().collect();
    let people: HashMap<i64, Person> =
        recipient::load(conn, &concerned)?.into_iter().map(|person| (person.id, person)).collect();
    let preferences = preference::load(conn, &concerned)?;
    let (mut kept, mut mails, mut watching) = (Vec::new(), Vec::new(), BTreeSet::new());
    for News { people: told, letter } in news {
        // Letters about an account go through the outbox: they carry secrets.
        let Some(kind) = letter.notification_kind() else { continue };
        let written =
            serde_json::to_string(letter).map_err(|error| Error::SerializationError(error.into()))?;
        for id in told.iter().collect::<BTreeSet<_>>() {
            let Some(person) = people.get(&id.0) else { continue };
            let wanted = preferences.of(id.0, kind);
            let is_for_digest = wanted.mail == MailPreference::Digest;
            if wanted.in_app || is_for_digest {
                kept.push(NewNotification {
                    user: id.0,
                    kind,
                    letter: written.clone(),
                    is_in_app: wanted.in_app,
                    is_for_digest,
                });
            }
            if wanted.in_app {
                watching.insert(*id);
            }
            if let (MailPreference::Now, Some(to)) = (wanted.mail, Recipient::of(person)) {
                mails.push(Message::notice(config, *id, &to, letter));
            }
        }
    }
    notification::create_all(conn, &kept, now)?;
    bulk::queue_mails(conn, &mails)?;
    if watching.is_empty() {
        return Ok(());
    }
    Change::of(UpdateTopic::Inbox).people(watching).publish(conn)
}
