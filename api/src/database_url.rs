//! What is added to the address of a database before it is called.

use crate::config::Secret;
use crate::db::with_limits;
use anyhow::Context;

/// `DATABASE_URL` alone, for tools that need nothing else of the environment.
///
/// # Errors
/// When it is not set.
pub fn from_env() -> anyhow::Result<Secret> {
    from_lookup("DATABASE_URL", |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
        .context("DATABASE_URL is not set")
}

/// The address under this name, as the platform wants it called.
pub(crate) fn from_lookup(name: &str, get: impl Fn(&str) -> Option<String>) -> Option<Secret> {
    let url = get(name)?;
    // Heroku's databases speak TLS only, by certificates without their names: encrypted, but not
    // verified unless whoever sets the address says by which authority.
    let wants_tls = get("DYNO").is_some() && get("PGSSLMODE").is_none();
    let url = if wants_tls { with(&url, "sslmode", "require") } else { url };
    Some(Secret::new(with_limits(&url)))
}

/// With this parameter, unless the address has its own. libpq also takes `name=value` pairs.
fn with(url: &str, name: &str, value: &str) -> String {
    let url = url.trim();
    let Ok(mut parsed) = url::Url::parse(url) else {
        let is_named = url.split_whitespace().any(|pair| pair.starts_with(&format!("{name}=")));
        return if is_named { url.to_owned() } else { format!("{url} {name}={value}") };
    };
    if !parsed.query_pairs().any(|(one, _)| one == name) {
        parsed.query_pairs_mut().append_pair(name, value);
    }
    parsed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How the address is called, but for the limits that are always added.
    fn read(variables: &[(&str, &str)]) -> String {
        let get =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let url = from_lookup("DATABASE_URL", get).unwrap().reveal().to_owned();
        let limits = url.find("connect_timeout").unwrap_or(url.len() + 1);
        url[..limits - 1].to_owned()
    }

    #[test]
    fn a_dyno_speaks_tls_to_its_database() {
        let plain = ("DATABASE_URL", "postgres://u:p@h:5432/d");
        let dyno = ("DYNO", "web.1");
        assert_eq!(read(&[plain]), plain.1);
        assert_eq!(read(&[plain, dyno]), "postgres://u:p@h:5432/d?sslmode=require");
        assert_eq!(read(&[plain, dyno, ("PGSSLMODE", "verify-full")]), plain.1);
        let strict = "postgres://u:p@h/d?sslmode=verify-full&sslrootcert=/app/ca.pem";
        assert_eq!(read(&[("DATABASE_URL", strict), dyno]), strict);
        assert_eq!(read(&[("DATABASE_URL", "host=h dbname=d"), dyno]), "host=h dbname=d sslmode=require");
        let chosen = "host=h sslmode=disable";
        assert_eq!(read(&[("DATABASE_URL", chosen), dyno]), chosen);
    }
}
