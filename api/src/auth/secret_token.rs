//! Random secrets that are given out once and kept only as their SHA-256:
//! refresh tokens, one-time links, personal API tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 256 random bits in URL-safe letters.
#[must_use]
pub fn generate() -> String {
    let bytes: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored in its place. The secret has full entropy, so a plain
/// digest cannot be searched.
#[must_use]
pub fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
