//! Passwords: argon2id, hashed and checked off the async threads.

use crate::error::{AppError, AppResult};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The fewest characters a password has.
pub const MIN_CHARS: usize = gestfg_types::accounts::PASSWORD_MIN_CHARS;
/// The most characters taken, so that hashing stays bounded.
pub const MAX_CHARS: usize = 256;

/// Hashing takes 19 MiB each: two at a time keep a small dyno within bounds.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A hash nobody has the password of: checking against it takes as long as
/// checking against a real one, so time does not tell whether an account exists.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now(&crate::auth::secret_token::generate()).unwrap_or_default());

fn hash_now(password: &str) -> anyhow::Result<String> {
    argon2()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))
}

/// Hash a password into a PHC string. Blocking, some 20 ms.
///
/// # Errors
/// When the system gives no randomness.
pub fn hash_blocking(password: &str) -> anyhow::Result<String> {
    hash_now(password)
}

/// Hash a password into a PHC string.
///
/// # Errors
/// When the system gives no randomness.
pub async fn hash(password: String) -> AppResult<String> {
    let _permit = AT_ONCE.acquire().await.map_err(AppError::internal)?;
    Ok(actix_web::web::block(move || hash_now(&password)).await??)
}

/// Whether the password is the one behind the hash; without a hash, no, after
/// the same time.
///
/// # Errors
/// When the blocking pool is gone.
pub async fn verify(password: String, hash: Option<String>) -> AppResult<bool> {
    let _permit = AT_ONCE.acquire().await.map_err(AppError::internal)?;
    let verified = actix_web::web::block(move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| NOBODY.clone());
        let matches = PasswordHash::new(&text)
            .is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
        matches && known
    })
    .await?;
    Ok(verified)
}

/// Make the hash of nobody ahead of the first log-in.
pub fn warm_up() {
    LazyLock::force(&NOBODY);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_account_costs_what_an_existing_one_does() {
        let cost = |hash: &str| {
            let parsed = PasswordHash::new(hash).unwrap();
            (parsed.algorithm.to_string(), parsed.params.to_string())
        };
        assert_eq!(cost(&NOBODY), cost(&hash_now("cuatro palabras sin orden").unwrap()));
        assert_eq!(cost(&NOBODY).1, "m=19456,t=2,p=1");
    }

    #[actix_web::test]
    async fn nobody_has_a_password() {
        assert!(!verify(String::new(), None).await.unwrap());
        assert!(!verify("x".to_owned(), Some("no hash at all".to_owned())).await.unwrap());
    }
}
