//! The mail of the day: what could wait until then, in one.

use crate::config::Config;
use crate::mail::letter::{Letter, Message, Recipient};
use crate::mail::{texts, unsubscribe};
use gestfg_types::ids::UserId;
use gestfg_types::session::Language;

/// Things told in full; of more, only their number is.
const TOLD_AT_MOST: usize = 50;

/// Write these letters as one.
#[must_use]
pub fn write(config: &Config, user: UserId, to: &Recipient, letters: &[Letter]) -> Message {
    let (subject, more) = match (to.language, letters.len()) {
        (Language::Es, 1) => ("Resumen de GesTFG: un aviso".to_owned(), "Hay {} avisos más en tu bandeja."),
        (Language::Es, count) => {
            (format!("Resumen de GesTFG: {count} avisos"), "Hay {} avisos más en tu bandeja.")
        }
        (Language::En, 1) => ("GesTFG digest: one notice".to_owned(), "There are {} more in your inbox."),
        (Language::En, count) => {
            (format!("GesTFG digest: {count} notices"), "There are {} more in your inbox.")
        }
    };
    let mut told: Vec<String> = letters
        .iter()
        .take(TOLD_AT_MOST)
        .map(|letter| {
            let (title, text) = letter.words(to.language, config.time_zone);
            let text = text.replace("\n\n", "\n");
            format!("{title}\n{text}\n{}{}", config.public_url, letter.path())
        })
        .collect();
    let left = letters.len().saturating_sub(TOLD_AT_MOST);
    if left > 0 {
        told.push(more.replace("{}", &left.to_string()));
    }
    told.push(format!("{}/inbox", config.public_url));
    let leave = unsubscribe::Links::new(config, user, None);
    Message {
        recipient: to.email.clone(),
        kind: "digest",
        language: to.language,
        subject,
        body: texts::body(to, &told.join("\n\n"), Some(&leave)),
        unsubscribe_url: Some(leave.one_click),
    }
}
