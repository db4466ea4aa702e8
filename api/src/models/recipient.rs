//! People who can be written to: active, with an address.

use crate::mail::Recipient;
use crate::schema::users;
use diesel::prelude::*;
use gestfg_types::ids::UserId;
use gestfg_types::session::Language;

/// The language as it is stored.
#[must_use]
pub fn language(stored: &str) -> Language {
    if stored == "en" { Language::En } else { Language::Es }
}

/// Those of these people who can be written to, each once.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<Recipient>> {
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let rows = users::table
        .filter(users::id.eq_any(ids))
        .filter(users::is_active)
        .filter(users::email.is_not_null())
        .order(users::id)
        .select((users::email.assume_not_null(), users::first_name, users::language))
        .load::<(String, String, String)>(conn)?;
    Ok(rows
        .into_iter()
        .map(|(email, first_name, stored)| Recipient { email, first_name, language: language(&stored) })
        .collect())
}

/// This person, if they can be written to.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<Recipient>> {
    Ok(list(conn, &[user])?.pop())
}
