//! People who can be told something: active, and by mail if they have an address.

use crate::mail::Recipient;
use crate::schema::users;
use diesel::prelude::*;
use gestfg_types::ids::UserId;
use gestfg_types::session::Language;

/// Somebody who is active.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
pub struct Person {
    /// Their account.
    pub id: i64,
    /// Their address, if they have one.
    pub email: Option<String>,
    /// Their given name.
    pub first_name: String,
    /// `es` or `en`.
    pub language: String,
}

impl Recipient {
    /// As somebody to write to, if they can be.
    #[must_use]
    pub fn of(person: &Person) -> Option<Self> {
        Some(Self {
            email: person.email.clone()?,
            first_name: person.first_name.clone(),
            language: language(&person.language),
        })
    }
}

/// The language as it is stored.
#[must_use]
pub fn language(stored: &str) -> Language {
    if stored == "en" { Language::En } else { Language::Es }
}

/// Those of these people who are active, each once.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, people: &[i64]) -> QueryResult<Vec<Person>> {
    users::table
        .filter(users::id.eq_any(people))
        .filter(users::is_active)
        .order(users::id)
        .select(Person::as_select())
        .load(conn)
}

/// This person, if they can be written to.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<Recipient>> {
    Ok(load(conn, &[user.0])?.first().and_then(Recipient::of))
}
