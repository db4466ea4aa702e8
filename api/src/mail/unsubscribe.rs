//! Links that end mails of a kind (RFC 8058). They are signed, so nothing has
//! to be stored for them, and they never expire: a mail may be read years later.

use crate::config::Config;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gestfg_types::ids::UserId;
use gestfg_types::notifications::NotificationKind;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What stands in a link for the mail of the day, which is of no one kind.
const DIGEST: &str = "digest";

/// The ways out of mails like one.
#[derive(Debug, Clone)]
pub(super) struct Links {
    /// Where mail programs post.
    pub(super) one_click: String,
    /// Where people go.
    pub(super) page: String,
    /// Where all kinds can be chosen.
    pub(super) preferences: String,
    /// Whether it is about the mail of the day.
    pub(super) is_digest: bool,
}

impl Links {
    /// For this person, out of mails of this kind, or out of the mail of the day.
    pub(super) fn new(config: &Config, user: UserId, kind: Option<NotificationKind>) -> Self {
        let (public_url, token) = (&config.public_url, token(config, user, kind));
        Self {
            one_click: format!("{public_url}{}/unsubscribe/{token}", crate::routes::BASE),
            page: format!("{public_url}{}", page(&token)),
            preferences: format!("{public_url}/profile"),
            is_digest: kind.is_none(),
        }
    }
}

/// The page of the interface that asks whether one means it.
#[must_use]
pub fn page(token: &str) -> String {
    format!("/unsubscribe?token={token}")
}

/// `user.kind.signature`, in letters that are safe in a path.
fn token(config: &Config, user: UserId, kind: Option<NotificationKind>) -> String {
    let claim = format!("{user}.{}", kind.map_or(DIGEST, NotificationKind::as_str));
    let signature = URL_SAFE_NO_PAD.encode(signer(config, &claim).finalize().into_bytes());
    format!("{claim}.{signature}")
}

/// Who wants no more mails of which kind (none: the mail of the day), if we
/// made this token.
#[must_use]
pub fn read(config: &Config, token: &str) -> Option<(UserId, Option<NotificationKind>)> {
    let (claim, signature) = token.rsplit_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    signer(config, claim).verify_slice(&signature).ok()?;
    let (user, kind) = claim.split_once('.')?;
    let kind = if kind == DIGEST { None } else { Some(NotificationKind::from_name(kind)?) };
    Some((user.parse().ok()?, kind))
}

/// The secret of access tokens signs nothing else: this key is made of it.
fn signer(config: &Config, claim: &str) -> Hmac<Sha256> {
    let new = |key: &[u8]| <Hmac<Sha256> as KeyInit>::new_from_slice(key);
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut key = new(config.jwt_secret.reveal().as_bytes()).expect("a key");
    key.update(b"gestfg unsubscribe 1");
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut signer = new(&key.finalize().into_bytes()).expect("a key");
    signer.update(claim.as_bytes());
    signer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(secret: &str) -> Config {
        Config::from_lookup(|name| match name {
            "DATABASE_URL" => Some("postgres://nowhere".to_owned()),
            "JWT_SECRET" => Some(secret.to_owned()),
            _ => None,
        })
        .unwrap()
    }

    #[test]
    fn a_token_says_whose_and_what_and_cannot_be_made_up() {
        let ours = config("a secret of thirty-two characters");
        for kind in NotificationKind::ALL.iter().copied().map(Some).chain([None]) {
            let token = token(&ours, UserId(7), kind);
            assert_eq!(read(&ours, &token), Some((UserId(7), kind)));
            assert_eq!(read(&ours, &token.replacen('7', "8", 1)), None);
            assert_eq!(read(&config("another secret of as many letters"), &token), None);
            assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{token}");
        }
        for nonsense in ["", ".", "..", "7.digest", "7.digest.", "7.digest.AAAA", "x.y.z"] {
            assert_eq!(read(&ours, nonsense), None, "{nonsense}");
        }
    }
}
