//! Access tokens: JWT, HS256, a quarter of an hour.

use chrono::{DateTime, Duration, Utc};
use gestfg_types::ids::UserId;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long an access token lives.
pub const ACCESS_MINUTES: i64 = 15;

const ISSUER: &str = "gestfg";

/// How far the clocks of two servers may be apart, in seconds.
const CLOCKS_APART: i64 = 60;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Who.
    pub sub: i64,
    /// Under which log-in.
    pub sid: Uuid,
    /// Issued by us.
    pub iss: String,
    /// When, in seconds of Unix time.
    pub iat: i64,
    /// Until when, in seconds of Unix time.
    pub exp: i64,
}

/// Signs and verifies access tokens.
#[derive(Clone)]
pub struct TokenKeys {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl TokenKeys {
    /// Keys from the server's secret.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self {
            encoding: EncodingKey::from_secret(secret.as_bytes()),
            decoding: DecodingKey::from_secret(secret.as_bytes()),
        }
    }

    /// A token for a log-in, and when it ends.
    ///
    /// # Errors
    /// When signing fails, which the algorithm does not do.
    pub fn issue(
        &self,
        user: UserId,
        session: Uuid,
        now: DateTime<Utc>,
    ) -> anyhow::Result<(String, DateTime<Utc>)> {
        let expires = now + Duration::minutes(ACCESS_MINUTES);
        let claims = Claims {
            sub: user.0,
            sid: session,
            iss: ISSUER.to_owned(),
            iat: now.timestamp(),
            exp: expires.timestamp(),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)?;
        Ok((token, expires))
    }

    /// What a token says, if it is ours and still valid at `now`. Whether its
    /// log-in still lives is for the database to say.
    #[must_use]
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        // Judged below, by the server's clock rather than the machine's.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation).ok()?.claims;
        let now = now.timestamp();
        // What we issued lives for a quarter of an hour, whatever it says itself.
        let is_ours = claims.exp.checked_sub(claims.iat) == Some(ACCESS_MINUTES * 60);
        (is_ours && claims.exp > now && claims.iat <= now.saturating_add(CLOCKS_APART)).then_some(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_quarter_of_an_hour() {
        let keys = TokenKeys::new("0123456789abcdef0123456789abcdef");
        let now = "2026-11-23T09:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let (token, expires) = keys.issue(UserId(7), Uuid::nil(), now).unwrap();
        assert_eq!(keys.verify(&token, expires - Duration::seconds(1)).unwrap().sub, 7);
        assert!(keys.verify(&token, expires).is_none());
        assert!(TokenKeys::new("another secret of at least 32 characters").verify(&token, now).is_none());
    }
}
