//! How questions to the similarity service and its answers are signed.
//!
//! `GesTFG-Signature` is `v1=` and the HMAC-SHA256, in hexadecimal, of the time in
//! `GesTFG-Timestamp` (seconds since 1970), the question's id and the body, with a
//! point between each. Both sides have the same secret (`SIMILARITY_SECRET`).

use crate::config::SimilarityService;
use crate::models::document::hexadecimal;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The header that says when something was signed.
pub const TIMESTAMP: &str = "GesTFG-Timestamp";
/// The header that holds the signature.
pub const SIGNATURE: &str = "GesTFG-Signature";
/// Seconds that a clock may be wrong or a message on its way; one that was
/// overheard cannot be sent again later.
const LEEWAY: i64 = 300;

/// The signature of a body, as both sides write it.
#[must_use]
pub fn sign(service: &SimilarityService, timestamp: &str, id: &str, body: &[u8]) -> String {
    let bytes = signer(service, timestamp, id, body).finalize().into_bytes();
    format!("v1={}", hexadecimal(&bytes))
}

fn signer(service: &SimilarityService, timestamp: &str, id: &str, body: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut signer =
        <Hmac<Sha256> as KeyInit>::new_from_slice(service.secret.reveal().as_bytes()).expect("a key");
    for part in [timestamp.as_bytes(), b".", id.as_bytes(), b".", body] {
        signer.update(part);
    }
    signer
}

/// Whether a body was signed with our secret, just now.
#[must_use]
pub fn verify(
    service: &SimilarityService,
    (timestamp, signature): (&str, &str),
    id: &str,
    body: &[u8],
    now: DateTime<Utc>,
) -> bool {
    let is_fresh = timestamp
        .parse::<i64>()
        .is_ok_and(|at| now.timestamp().saturating_sub(at).saturating_abs() <= LEEWAY);
    let wanted = sign(service, timestamp, id, body);
    is_fresh && bool::from(wanted.as_bytes().ct_eq(signature.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    #[test]
    fn a_signature_is_of_one_moment_one_question_and_one_body() {
        let service = |secret: &str| SimilarityService {
            url: "https://similarity.example.org/".parse().unwrap(),
            secret: Secret::new(secret),
        };
        let (ours, now) = (service("a secret"), DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        let at = "1800000000";
        let signature = sign(&ours, at, "q1", b"{}");
        let holds = |at: &str, id: &str, body: &[u8], seconds: i64| {
            verify(&ours, (at, &signature), id, body, now + chrono::Duration::seconds(seconds))
        };
        assert!(holds(at, "q1", b"{}", 0) && holds(at, "q1", b"{}", 300) && holds(at, "q1", b"{}", -300));
        assert!(!holds(at, "q1", b"{}", 301));
        assert!(!holds("1800000001", "q1", b"{}", 0));
        assert!(!holds("", "q1", b"{}", 0));
        assert!(!holds(at, "q2", b"{}", 0));
        assert!(!holds(at, "q1", b"{} ", 0));
        assert!(!verify(&service("another"), (at, &signature), "q1", b"{}", now));
    }
}
