//! Handing mails over: to an SMTP server, or to files without one.

use crate::config::Config;
use crate::mail::html;
use crate::models::mail::MailRow;
use crate::models::recipient::language;
use anyhow::Context;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::{SmtpTransport, Transport as _};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where mails go, and what they need to know of us.
pub struct Transport {
    way: Way,
    public_url: String,
}

enum Way {
    /// To this SMTP server, over connections that are kept for the next mail.
    Smtp(Box<SmtpTransport>),
    /// To `.eml` files in this folder.
    Files(PathBuf),
}

/// Why a mail was not taken.
#[derive(Debug)]
pub struct NotTaken {
    /// What was said.
    pub error: anyhow::Error,
    /// Trying again is of no use.
    pub for_good: bool,
}

impl NotTaken {
    fn for_good(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), for_good: true }
    }

    fn for_now(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), for_good: false }
    }
}

impl Transport {
    /// What the configuration asks for; nothing is connected yet.
    ///
    /// # Errors
    /// When `SMTP_URL` cannot be understood.
    pub fn from_config(config: &Config) -> anyhow::Result<Self> {
        let public_url = config.public_url.clone();
        let Some(url) = &config.smtp_url else {
            return Ok(Self { way: Way::Files(config.mail_dir.clone()), public_url });
        };
        let smtp = SmtpTransport::from_url(url.reveal())
            .context("SMTP_URL cannot be understood")?
            .timeout(Some(Duration::from_secs(10)))
            .build();
        Ok(Self { way: Way::Smtp(Box::new(smtp)), public_url })
    }

    /// Whether mails reach anybody, rather than a folder.
    #[must_use]
    pub const fn is_real(&self) -> bool {
        matches!(self.way, Way::Smtp(_))
    }

    /// Hand a mail over. Blocking.
    ///
    /// # Errors
    /// Why it was not taken.
    pub fn send(&self, from: &Mailbox, mail: &MailRow) -> Result<(), NotTaken> {
        let message = compose(from, mail, &self.public_url).map_err(NotTaken::for_good)?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(&message).map(drop).map_err(|error| {
                if error.is_permanent() { NotTaken::for_good(error) } else { NotTaken::for_now(error) }
            }),
            Way::Files(folder) => write(folder, mail, &message.formatted()).map_err(NotTaken::for_now),
        }
    }
}

fn compose(from: &Mailbox, mail: &MailRow, public_url: &str) -> anyhow::Result<Message> {
    let host = from.email.domain();
    let html = html::render(&mail.subject, &mail.body, language(&mail.language), public_url);
    let mut message = Message::builder()
        .from(from.clone())
        .to(mail.recipient.parse()?)
        .subject(&mail.subject)
        .date(mail.created_at.into())
        // The same at every attempt: a mail taken twice is shown once.
        .message_id(Some(format!("<mail-{}.{}@{host}>", mail.id, mail.created_at.timestamp())))
        .multipart(MultiPart::alternative_plain_html(mail.body.clone(), html))?;
    let mut add = |name, value: String| {
        let name = HeaderName::new_from_ascii_str(name);
        message.headers_mut().insert_raw(HeaderValue::new(name, value));
    };
    add("Auto-Submitted", "auto-generated".to_owned());
    if let Some(url) = &mail.unsubscribe_url {
        add("List-Unsubscribe", format!("<{url}>"));
        add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned());
    }
    Ok(message)
}

/// Whole or not at all, and for nobody else's eyes: links are keys.
fn write(folder: &Path, mail: &MailRow, text: &[u8]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(format!("{:06}-{}.eml", mail.id, mail.kind));
    let unfinished = path.with_extension("part");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&unfinished)?.write_all(text)?;
    std::fs::rename(&unfinished, &path)?;
    Ok(())
}
