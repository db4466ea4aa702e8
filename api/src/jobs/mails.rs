//! Sending what is in the outbox.

use crate::config::Config;
use crate::mail::letter::mask_links;
use crate::mail::transport::Transport;
use crate::models::mail::{self, MAX_ATTEMPTS};
use anyhow::Context;
use diesel::PgConnection;
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
        let Some(row) = mail::claim_due(conn)? else { return Ok(false) };
        match self.transport.send(&self.from, &row) {
            Ok(()) => {
                // A link that has left for its owner is kept nowhere else.
                let kept = match self.transport {
                    Transport::Smtp(_) => mask_links(&row.body),
                    Transport::Files(_) => row.body,
                };
                mail::set_sent(conn, row.id, &kept)?;
            }
            Err(refusal) => {
                let for_good = refusal.for_good || row.attempts >= MAX_ATTEMPTS;
                let error: String = format!("{:#}", refusal.error).chars().take(500).collect();
                tracing::warn!(
                    mail = row.id,
                    attempt = row.attempts,
                    for_good,
                    error,
                    "a mail was not taken"
                );
                mail::set_failed(conn, row.id, &error, for_good)?;
            }
        }
        Ok(true)
    }
}
