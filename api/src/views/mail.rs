//! Mails of the outbox.

use crate::mail::letter::mask_links;
use crate::models::mail::MailRow;
use crate::models::recipient::language;
use gestfg_types::ids::MailId;
use gestfg_types::outbox::{Mail, MailState};

/// A mail; masked, nobody can use its links.
#[must_use]
pub fn mail(row: MailRow, masked: bool) -> Mail {
    let MailRow {
        id,
        recipient,
        kind,
        language: stored,
        subject,
        body,
        attempts,
        created_at,
        next_attempt_at,
        sent_at,
        last_error,
        unsubscribe_url: _,
    } = row;
    let state = match (sent_at, next_attempt_at) {
        (Some(_), _) => MailState::Sent,
        (None, Some(_)) => MailState::Waiting,
        (None, None) => MailState::Failed,
    };
    Mail {
        id: MailId(id),
        recipient,
        kind,
        language: language(&stored),
        subject,
        body: if masked { mask_links(&body) } else { body },
        state,
        attempts,
        created_at,
        sent_at,
        last_error,
    }
}
