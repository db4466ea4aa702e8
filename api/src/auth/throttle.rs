//! How often somebody may try: per account and per address, whether or not
//! the account exists.

use crate::auth::current_user::Origin;
use crate::config::Config;
use crate::error::{AppError, AppResult};
use crate::models::throttle;
use chrono::{DateTime, Duration, TimeZone, Utc};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

/// So many attempts in so long. A limit of 0 is none.
#[derive(Debug, Clone, Copy)]
struct Rule {
    window: Duration,
    limit: u32,
}

#[derive(Debug, Clone)]
struct Bucket {
    key: String,
    rules: Vec<Rule>,
}

/// One attempt at something that can be guessed or abused.
#[derive(Debug, Clone)]
pub struct Attempt {
    account: Bucket,
    address: Bucket,
}

impl Attempt {
    /// Log in as `login`. Five failures close an account for the rest of a
    /// quarter of an hour, ten for the hour, twenty-five for the day.
    ///
    /// The account is what was typed, not whose it is: were address and DNI of
    /// one person counted together, one would tell of the other.
    #[must_use]
    pub fn log_in(config: &Config, login: &str, origin: &Origin) -> Self {
        Self::at_password(config, &format!("log-in {login}"), origin)
    }

    /// Give the present password to change it.
    #[must_use]
    pub fn change_password(config: &Config, user: gestfg_types::ids::UserId, origin: &Origin) -> Self {
        Self::at_password(config, &format!("password {user}"), origin)
    }

    fn at_password(config: &Config, account: &str, origin: &Origin) -> Self {
        let limit = config.login_limit_account;
        Self {
            account: Bucket {
                key: account.to_owned(),
                rules: vec![
                    Rule { window: Duration::minutes(15), limit },
                    Rule { window: Duration::hours(1), limit: limit.saturating_mul(2) },
                    Rule { window: Duration::days(1), limit: limit.saturating_mul(5) },
                ],
            },
            address: address("log-in", Duration::minutes(15), config.login_limit_address, origin),
        }
    }

    /// Have a mail sent to whoever `login` is.
    #[must_use]
    pub fn send_mail(config: &Config, login: &str, origin: &Origin) -> Self {
        Self {
            account: Bucket {
                key: format!("mail {login}"),
                rules: vec![Rule { window: Duration::hours(1), limit: config.mail_limit_account }],
            },
            address: address("mail", Duration::hours(1), config.mail_limit_address, origin),
        }
    }

    /// Be given a copy of everything kept about oneself: it is much to write.
    #[must_use]
    pub fn export(user: gestfg_types::ids::UserId) -> Self {
        let account = Bucket {
            key: format!("export {user}"),
            rules: vec![Rule { window: Duration::hours(1), limit: 5 }],
        };
        Self { account, address: Bucket { key: String::new(), rules: Vec::new() } }
    }

    /// Count it. To be called in a transaction of its own, before anything is
    /// tried: what fails later stays counted.
    ///
    /// # Errors
    /// `too_many_attempts`; the attempt is then not counted, if the
    /// transaction is rolled back.
    pub fn count(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> AppResult<()> {
        for bucket in [&self.account, &self.address] {
            for rule in bucket.rules.iter().filter(|rule| rule.limit > 0) {
                let start = window_start(now, rule.window);
                let limit = i32::try_from(rule.limit).unwrap_or(i32::MAX);
                if !throttle::count(conn, &digest(&bucket.key, rule), start, limit)? {
                    let wait = (start + rule.window - now).num_seconds() + 1;
                    return Err(AppError::throttled(u32::try_from(wait).unwrap_or(1)));
                }
            }
        }
        Ok(())
    }

    /// It went well: it was no guess.
    ///
    /// # Errors
    /// When the database cannot take it.
    pub fn succeeded(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
        for rule in &self.account.rules {
            throttle::forget(conn, &digest(&self.account.key, rule))?;
        }
        for rule in &self.address.rules {
            throttle::uncount(conn, &digest(&self.address.key, rule), window_start(now, rule.window))?;
        }
        Ok(())
    }
}

/// A whole campus may share one address, so its limit is wide.
fn address(scope: &str, window: Duration, limit: u32, origin: &Origin) -> Bucket {
    let address = origin.address.as_deref().unwrap_or("unknown");
    Bucket { key: format!("{scope} from {}", network(address)), rules: vec![Rule { window, limit }] }
}

/// The network an address stands for: of IPv6, a home or office has a /64.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(std::net::IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => v6.segments()[..4].iter().map(|part| format!("{part:x}")).collect::<Vec<_>>().join(":"),
        },
        _ => address.to_owned(),
    }
}

fn window_start(now: DateTime<Utc>, window: Duration) -> DateTime<Utc> {
    let length = window.num_seconds().max(1);
    let start = now.timestamp().div_euclid(length) * length;
    Utc.timestamp_opt(start, 0).single().unwrap_or(now)
}

fn digest(key: &str, rule: &Rule) -> Vec<u8> {
    Sha256::digest(format!("{} {key}", rule.window.num_seconds())).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_counts_as_one() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn windows_tile_time() {
        let now = "2026-11-23T09:14:59Z".parse().unwrap();
        let start = window_start(now, Duration::minutes(15));
        assert_eq!(start.to_rfc3339(), "2026-11-23T09:00:00+00:00");
        assert_eq!(
            window_start(start + Duration::minutes(15), Duration::minutes(15)),
            start + Duration::minutes(15)
        );
    }
}
