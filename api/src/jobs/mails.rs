//! Sending what is in the outbox.
//!
//! Each mail is handed over within a transaction that holds its row: no other
//! worker takes it meanwhile, and when the process dies its connection goes
//! with it, the lock is released and the mail is free at once for the next
//! worker. A mail is therefore sent **at least once**, and twice only if the
//! process or the database goes away between the server's `250` and our
//! commit. SMTP cannot tell us which it was; the second mail then has the
//! `Message-ID` of the first, by which most mail programs show it once.

use crate::config::Config;
use crate::mail::letter::mask_links;
use crate::mail::transport::Transport;
use crate::models::mail::{self, MAX_ATTEMPTS};
use anyhow::Context;
use diesel::{Connection, PgConnection};
use lettre::message::Mailbox;

/// The sender of mails.
pub struct Mails {
    transport: Transport,
    from: Mailbox,
}

impl Mails {
    /// As the configuration says.
    ///
    /// # Errors
    /// When `SMTP_URL` or `MAIL_FROM` cannot be understood.
    pub fn from_config(config: &Config) -> anyhow::Result<Self> {
        let from = config.mail_from.parse().context("MAIL_FROM is no address")?;
        Ok(Self { transport: Transport::from_config(config)?, from })
    }

    /// Send one mail that is due. Says whether there was one, sent or not.
    ///
    /// # Errors
    /// When the database cannot answer; a mail that is not taken is no error.
    pub fn send_next(&self, conn: &mut PgConnection) -> anyhow::Result<bool> {
        conn.transaction(|conn| {
            let Some(row) = mail::claim_due(conn)? else { return Ok(false) };
            match self.transport.send(&self.from, &row) {
                // A link that has left for its owner is kept nowhere else.
                Ok(()) if self.transport.is_real() => mail::set_sent(conn, row.id, &mask_links(&row.body))?,
                Ok(()) => mail::set_sent(conn, row.id, &row.body)?,
                Err(refusal) => {
                    let attempt = row.attempts + 1;
                    let for_good = refusal.for_good || attempt >= MAX_ATTEMPTS;
                    let error: String = format!("{:#}", refusal.error).chars().take(500).collect();
                    tracing::warn!(mail = row.id, attempt, for_good, error, "a mail was not taken");
                    mail::set_failed(conn, &row, &error, for_good)?;
                }
            }
            Ok(true)
        })
    }
}
