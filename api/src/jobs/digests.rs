//! The mail of the day, at seven in the morning.

use crate::config::Config;
use crate::domain::dates::moment;
use crate::mail::{Letter, Recipient, digest, outbox};
use crate::models::digest as waiting;
use crate::models::notification::NotificationRow;
use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use gestfg_types::ids::UserId;

/// In the institution's time zone.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(7, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Write to everybody for whom something waits since before seven: one mail
/// each, in a transaction of its own that takes what it tells.
///
/// # Errors
/// When the database cannot answer.
pub fn write_digests(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> QueryResult<()> {
    let before = last_hour(config.time_zone, now);
    while conn.transaction(|conn| write_next(conn, config, before, now))? {}
    Ok(())
}

/// The last time it was seven.
fn last_hour(zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let at_seven = moment(zone, today.and_time(HOUR));
    if at_seven <= now {
        return at_seven;
    }
    moment(zone, (today - Days::new(1)).and_time(HOUR))
}

fn write_next(
    conn: &mut PgConnection,
    config: &Config,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let Some(user) = waiting::lock_next(conn, before)? else { return Ok(false) };
    let rows = waiting::take(conn, user, before, now)?;
    let letters: Vec<Letter> = rows.iter().filter_map(NotificationRow::letter).collect();
    let to = waiting::find_reader(conn, user)?.as_ref().and_then(Recipient::of);
    if let (Some(to), false) = (to, letters.is_empty()) {
        outbox::queue(conn, digest::write(config, UserId(user), &to, &letters))?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_is_seven_by_the_institutions_clock() {
        for (now, seven) in [
            ("2027-06-10T04:59:59Z", "2027-06-09T05:00:00Z"),
            ("2027-06-10T05:00:00Z", "2027-06-10T05:00:00Z"),
            ("2027-06-10T23:00:00Z", "2027-06-10T05:00:00Z"),
            ("2027-03-28T04:59:59Z", "2027-03-27T06:00:00Z"),
            ("2027-03-28T05:00:00Z", "2027-03-28T05:00:00Z"),
        ] {
            let found = last_hour(chrono_tz::Europe::Madrid, now.parse().unwrap());
            assert_eq!(found, seven.parse::<DateTime<Utc>>().unwrap(), "{now}");
        }
    }
}
