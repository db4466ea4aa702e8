//! Configuration, read once from the environment.

use crate::database_url;
use crate::storage::Bucket;
use anyhow::{Context, bail};
use gestfg_types::session::Language;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

const MEGABYTE: u64 = 1024 * 1024;

/// A value that must not end up in a log.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wrap it.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

/// Everything the server can be told. Each field names its variable.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL` (required): where Postgres is.
    pub database_url: Secret,
    /// `DATABASE_POOL_SIZE` (default 10, 6 on Heroku): connections kept for
    /// requests. A server has three more at most: the worker, the planner, and
    /// who listens for streams. The smallest Heroku plan has 20 in all, and for
    /// some seconds of a release the old server is there beside the new one.
    pub pool_size: u32,
    /// `DATABASE_FOLLOWER_URL`: a streaming copy of the database, which visitors
    /// read from; as many connections as to the database itself.
    pub follower_url: Option<Secret>,
    /// `DATABASE_FOLLOWER_LAG` (default 5): how many seconds it may be behind.
    pub follower_lag: Duration,
    /// `BIND` (default `0.0.0.0`): address listened on.
    pub bind: String,
    /// `PORT` (default 8080): port listened on.
    pub port: u16,
    /// `PUBLIC_URL` (default `http://localhost:PORT`, or the Heroku app's
    /// address): how people reach the server; links in mails start with it.
    pub public_url: String,
    /// `JWT_SECRET` (required to serve): signs access tokens; 32 characters at least.
    pub jwt_secret: Secret,
    /// `ASSETS_DIR` (default `target/web`): the built interface.
    pub assets_dir: PathBuf,
    /// `SMTP_URL`: `smtps://user:password@host:465`, or for STARTTLS
    /// `smtp://user:password@host:587?tls=required`; without it mail goes to files.
    pub smtp_url: Option<Secret>,
    /// `MAIL_FROM` (default `GesTFG <no-reply@localhost>`): sender of mails.
    pub mail_from: String,
    /// `MAIL_DIR` (default `.local/mail`): where mail goes without `SMTP_URL`.
    pub mail_dir: PathBuf,
    /// `STUDENT_EMAIL_DOMAINS` (default `correo.ugr.es`), separated by commas.
    pub student_domains: Vec<String>,
    /// `PROFESSOR_EMAIL_DOMAINS` (default `ugr.es`), separated by commas.
    pub professor_domains: Vec<String>,
    /// `DEFAULT_LANGUAGE` (`es` or `en`, default `es`).
    pub default_language: Language,
    /// `TRUST_PROXY` (default `false`, `true` on Heroku): take the client's
    /// address from the last entry of `X-Forwarded-For`, which the router writes.
    pub trust_proxy: bool,
    /// `DEMO` (default `false`): say in the interface that the data are invented.
    pub demo: bool,
    /// `LOGIN_LIMIT_ACCOUNT` (default 5): failed log-ins per account in a
    /// quarter of an hour; twice as many in an hour, five times in a day. 0: no limit.
    pub login_limit_account: u32,
    /// `LOGIN_LIMIT_ADDRESS` (default 50): failed log-ins per network address
    /// in a quarter of an hour. 0: no limit.
    pub login_limit_address: u32,
    /// `MAIL_LIMIT_ACCOUNT` (default 3): registrations and recoveries per
    /// account and hour. 0: no limit.
    pub mail_limit_account: u32,
    /// `MAIL_LIMIT_ADDRESS` (default 60, for a computer room behind one
    /// address): registrations and recoveries per network address and hour. 0: no limit.
    pub mail_limit_address: u32,
    /// `STORAGE_URL`: where new documents go instead of the database:
    /// `s3://key:secret@host/bucket?region=name` for any S3-compatible server,
    /// `s3+http:` for one without TLS, `file:///folder` for a disk that stays.
    pub bucket: Option<Arc<Bucket>>,
    /// `DOCUMENT_LIMIT_MB` (default 25): the largest document taken.
    pub document_limit: u64,
    /// `DATABASE_SIZE_LIMIT_MB` (default 1024, the smallest Heroku plan): admins
    /// are warned when four fifths of it are taken. 0: no limit.
    pub database_size_limit: u64,
    /// `SIMILARITY_URL` and `SIMILARITY_SECRET`: a service outside that is asked
    /// how much of a report it knows. `https` only, but for this machine.
    pub similarity_service: Option<SimilarityService>,
    /// `METRICS_TOKEN`: who has it may read `/metrics`; 16 characters at least.
    /// Without it there are no metrics to be read.
    pub metrics_token: Option<Secret>,
    /// `TIME_ZONE` (default `Europe/Madrid`): the institution's.
    pub time_zone: chrono_tz::Tz,
}

/// A service outside that compares documents.
#[derive(Debug, Clone)]
pub struct SimilarityService {
    /// Where it is asked.
    pub url: url::Url,
    /// What both sides sign with; 32 characters at least.
    pub secret: Secret,
}

impl SimilarityService {
    /// Students' work travels there: never in the clear, and nowhere but where
    /// whoever runs the server says.
    fn from_lookup(get: impl Fn(&str) -> Option<String>) -> anyhow::Result<Option<Self>> {
        let Some(url) = get("SIMILARITY_URL") else { return Ok(None) };
        let url = url::Url::parse(url.trim()).context("SIMILARITY_URL is not a URL")?;
        let is_here = match url.host() {
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost",
            None => false,
        };
        if url.scheme() != "https" && !(url.scheme() == "http" && is_here) {
            bail!("SIMILARITY_URL has to begin with https://");
        }
        let secret = get("SIMILARITY_SECRET").context("SIMILARITY_URL needs SIMILARITY_SECRET")?;
        if secret.len() < 32 {
            bail!("SIMILARITY_SECRET needs 32 characters at least");
        }
        Ok(Some(Self { url, secret: Secret::new(secret) }))
    }
}

impl Config {
    /// Bytes the database may take; none: as many as it wants.
    #[must_use]
    pub fn database_room(&self) -> Option<i64> {
        i64::try_from(self.database_size_limit).ok().filter(|limit| *limit > 0)
    }

    /// Read the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or cannot be understood.
    pub fn from_env() -> anyhow::Result<Self> {
        Self::from_lookup(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    /// As [`Config::from_env`], from any source of variables.
    ///
    /// # Errors
    /// Names the variable that is missing or cannot be understood.
    pub fn from_lookup(get: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let on_heroku = get("DYNO").is_some();
        let port = parse(&get, "PORT", 8080)?;
        let public_url = get("PUBLIC_URL")
            .or_else(|| get("HEROKU_APP_DEFAULT_DOMAIN_NAME").map(|name| format!("https://{name}")))
            .unwrap_or_else(|| format!("http://localhost:{port}"))
            .trim_end_matches('/')
            .to_owned();
        url::Url::parse(&public_url).context("PUBLIC_URL is not a URL")?;
        let jwt_secret = get("JWT_SECRET").context("JWT_SECRET is not set")?;
        if jwt_secret.len() < 32 {
            bail!("JWT_SECRET needs 32 characters at least");
        }
        let default_language = match get("DEFAULT_LANGUAGE").as_deref() {
            None | Some("es") => Language::Es,
            Some("en") => Language::En,
            Some(other) => bail!("DEFAULT_LANGUAGE is `{other}`, neither `es` nor `en`"),
        };
        let metrics_token = get("METRICS_TOKEN");
        if metrics_token.as_ref().is_some_and(|token| token.len() < 16) {
            bail!("METRICS_TOKEN needs 16 characters at least");
        }
        Ok(Self {
            metrics_token: metrics_token.map(Secret::new),
            database_url: database_url::from_lookup("DATABASE_URL", &get)
                .context("DATABASE_URL is not set")?,
            pool_size: parse(&get, "DATABASE_POOL_SIZE", if on_heroku { 6 } else { 10 })?,
            follower_url: database_url::from_lookup("DATABASE_FOLLOWER_URL", &get),
            follower_lag: Duration::from_secs(parse(&get, "DATABASE_FOLLOWER_LAG", 5)?),
            bind: get("BIND").unwrap_or_else(|| "0.0.0.0".to_owned()),
            port,
            public_url,
            jwt_secret: Secret::new(jwt_secret),
            assets_dir: get("ASSETS_DIR").unwrap_or_else(|| "target/web".to_owned()).into(),
            smtp_url: get("SMTP_URL").map(Secret::new),
            mail_from: get("MAIL_FROM").unwrap_or_else(|| "GesTFG <no-reply@localhost>".to_owned()),
            mail_dir: get("MAIL_DIR").unwrap_or_else(|| ".local/mail".to_owned()).into(),
            student_domains: domains(&get, "STUDENT_EMAIL_DOMAINS", "correo.ugr.es"),
            professor_domains: domains(&get, "PROFESSOR_EMAIL_DOMAINS", "ugr.es"),
            default_language,
            trust_proxy: parse(&get, "TRUST_PROXY", on_heroku)?,
            demo: parse(&get, "DEMO", false)?,
            login_limit_account: parse(&get, "LOGIN_LIMIT_ACCOUNT", 5)?,
            login_limit_address: parse(&get, "LOGIN_LIMIT_ADDRESS", 50)?,
            mail_limit_account: parse(&get, "MAIL_LIMIT_ACCOUNT", 3)?,
            mail_limit_address: parse(&get, "MAIL_LIMIT_ADDRESS", 60)?,
            bucket: get("STORAGE_URL").map(|url| Bucket::open(&url)).transpose()?.map(Arc::new),
            document_limit: parse::<u64>(&get, "DOCUMENT_LIMIT_MB", 25)? * MEGABYTE,
            database_size_limit: parse::<u64>(&get, "DATABASE_SIZE_LIMIT_MB", 1024)? * MEGABYTE,
            similarity_service: SimilarityService::from_lookup(&get)?,
            time_zone: parse(&get, "TIME_ZONE", chrono_tz::Europe::Madrid)?,
        })
    }

    /// Whether cookies may travel only over TLS: always, but for a plain
    /// `http://` address used in development.
    #[must_use]
    pub fn secure_cookies(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn parse<T: std::str::FromStr>(
    get: impl Fn(&str) -> Option<String>,
    name: &str,
    default: T,
) -> anyhow::Result<T> {
    match get(name) {
        None => Ok(default),
        Some(text) => {
            text.trim().parse().ok().with_context(|| format!("{name} cannot be understood: `{text}`"))
        }
    }
}

fn domains(get: impl Fn(&str) -> Option<String>, name: &str, default: &str) -> Vec<String> {
    get(name)
        .unwrap_or_else(|| default.to_owned())
        .split(',')
        .map(|domain| domain.trim().trim_start_matches('@').to_lowercase())
        .filter(|domain| !domain.is_empty())
        .collect()
}
