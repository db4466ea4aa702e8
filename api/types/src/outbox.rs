//! Mails written by the server, for the developer outbox.

use crate::ids::MailId;
use crate::session::Language;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a mail has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Waiting for the worker.
    Waiting,
    /// Handed over.
    Sent,
    /// Given up after several tries.
    Failed,
}

/// A mail of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// To whom.
    pub recipient: String,
    /// What it is about, e.g. `set_password`.
    pub kind: String,
    /// In which language.
    pub language: Language,
    /// Subject line.
    pub subject: String,
    /// Plain text; one-time links in it are shown only where mail goes to
    /// files, never on a server with `SMTP_URL`.
    pub body: String,
    /// How far it has come.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was handed over.
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
}
