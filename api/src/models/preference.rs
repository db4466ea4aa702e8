//! How people want to be told of things, where it is not as usual.

use crate::domain::preferences::usual;
use crate::schema::notification_preferences as p;
use crate::schema::notifications as n;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use gestfg_types::ids::UserId;
use gestfg_types::notifications::{MailPreference, NotificationKind, NotificationPreference};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Preferences of some people, the usual ones included.
#[derive(Debug, Default)]
pub struct Preferences(HashMap<(i64, NotificationKind), NotificationPreference>);

impl Preferences {
    /// How this person wants to be told of this.
    #[must_use]
    pub fn of(&self, user: i64, kind: NotificationKind) -> NotificationPreference {
        self.0.get(&(user, kind)).copied().unwrap_or_else(|| usual(kind))
    }
}

/// How these people want to be told of things.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, people: &[i64]) -> QueryResult<Preferences> {
    let rows = p::table
        .filter(p::user_id.eq_any(people))
        .select((p::user_id, p::kind, p::in_app, p::mail))
        .load::<(i64, String, bool, String)>(conn)?;
    let known = rows.into_iter().filter_map(|(user, kind, in_app, mail)| {
        let kind = NotificationKind::from_name(&kind)?;
        let mail = MailPreference::from_name(&mail)?;
        Some(((user, kind), NotificationPreference { kind, in_app, mail }))
    });
    Ok(Preferences(known.collect()))
}

/// How this person wants to be told, kind by kind, in the order of the kinds.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<NotificationPreference>> {
    let preferences = load(conn, &[user.0])?;
    Ok(NotificationKind::ALL.iter().map(|kind| preferences.of(user.0, *kind)).collect())
}

/// What the audit log keeps of these: an object with a member per kind.
#[must_use]
pub fn for_audit<'a>(preferences: impl IntoIterator<Item = &'a NotificationPreference>) -> Value {
    let members = preferences.into_iter().map(|NotificationPreference { kind, in_app, mail }| {
        (kind.as_str().to_owned(), json!({ "in_app": in_app, "mail": mail }))
    });
    Value::Object(members.collect())
}

/// Change these. What waits for the mail of the day and is not wanted there
/// any more is left out of it.
///
/// # Errors
/// When the database cannot take it.
pub fn set(
    conn: &mut PgConnection,
    user: UserId,
    wanted: &[NotificationPreference],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let rows: Vec<_> = wanted
        .iter()
        .map(|preference| {
            (
                p::user_id.eq(user.0),
                p::kind.eq(preference.kind.as_str()),
                p::in_app.eq(preference.in_app),
                p::mail.eq(preference.mail.as_str()),
            )
        })
        .collect();
    diesel::insert_into(p::table)
        .values(rows)
        .on_conflict((p::user_id, p::kind))
        .do_update()
        .set((p::in_app.eq(excluded(p::in_app)), p::mail.eq(excluded(p::mail))))
        .execute(conn)?;
    let unwanted: Vec<&str> = wanted
        .iter()
        .filter(|preference| preference.mail == MailPreference::Never)
        .map(|preference| preference.kind.as_str())
        .collect();
    diesel::update(
        n::table
            .filter(n::user_id.eq(user.0))
            .filter(n::is_for_digest)
            .filter(n::digested_at.is_null())
            .filter(n::kind.eq_any(unwanted)),
    )
    .set(n::digested_at.eq(now))
    .execute(conn)
    .map(drop)
}
