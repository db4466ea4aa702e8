//! Accounts.

use crate::domain::email::Login;
use crate::schema::users;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::UserId;
use serde::Serialize;

/// A stored account, without its password.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
pub struct UserRow {
    /// Its id.
    pub id: i64,
    /// Address in lower case.
    pub email: Option<String>,
    /// Normalised DNI/NIE.
    pub dni: Option<String>,
    /// Given name.
    pub first_name: String,
    /// Family names.
    pub last_name: String,
    /// Language of mails.
    pub language: String,
    /// May do everything.
    pub is_admin: bool,
    /// May log in.
    pub is_active: bool,
    /// A password has been set.
    #[diesel(select_expression = users::password_hash.is_not_null())]
    pub has_password: bool,
    /// When the address was proven.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// When the person was forgotten.
    pub anonymised_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(skip)]
    pub updated_at: DateTime<Utc>,
}

impl UserRow {
    /// Given name and family names.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// A new account.
#[derive(Debug, Clone, Default, Insertable)]
#[diesel(table_name = users)]
pub struct NewUser {
    /// Address in lower case.
    pub email: Option<String>,
    /// Normalised DNI/NIE.
    pub dni: Option<String>,
    /// Given name.
    pub first_name: String,
    /// Family names.
    pub last_name: String,
    /// `es` or `en`.
    pub language: String,
    /// May do everything.
    pub is_admin: bool,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Clone, Default, AsChangeset)]
#[diesel(table_name = users)]
pub struct UserChanges {
    /// New address, or none.
    pub email: Option<Option<String>>,
    /// New DNI/NIE, or none.
    pub dni: Option<Option<String>>,
    /// New given name.
    pub first_name: Option<String>,
    /// New family names.
    pub last_name: Option<String>,
    /// New language.
    pub language: Option<String>,
    /// New power.
    pub is_admin: Option<bool>,
    /// New standing.
    pub is_active: Option<bool>,
    /// When the address was proven, or that it is not.
    pub email_verified_at: Option<Option<DateTime<Utc>>>,
}

/// What a log-in is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whose.
    pub user: UserId,
    /// The hash; none until a password is set.
    pub password_hash: Option<String>,
}

/// What the active account with this address or DNI/NIE is checked against.
///
/// # Errors
/// When the database cannot answer.
pub fn find_credentials(conn: &mut PgConnection, login: &Login) -> QueryResult<Option<Credentials>> {
    let Some(id) = find_by_login(conn, login)? else { return Ok(None) };
    users::table
        .find(id.0)
        .filter(users::is_active)
        .select(users::password_hash)
        .first(conn)
        .optional()
        .map(|found| found.map(|password_hash| Credentials { user: id, password_hash }))
}

/// Whose address or DNI/NIE this is.
///
/// # Errors
/// When the database cannot answer.
pub fn find_by_login(conn: &mut PgConnection, login: &Login) -> QueryResult<Option<UserId>> {
    let id: Option<i64> = match login {
        Login::Email(email) => {
            users::table.filter(users::email.eq(email.as_str())).select(users::id).first(conn).optional()?
        }
        Login::Dni(dni) => {
            users::table.filter(users::dni.eq(dni.as_str())).select(users::id).first(conn).optional()?
        }
    };
    Ok(id.map(UserId))
}

/// One account.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: UserId) -> QueryResult<UserRow> {
    users::table.find(id.0).select(UserRow::as_select()).first(conn)
}

/// One account, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: UserId) -> QueryResult<UserRow> {
    users::table.find(id.0).select(UserRow::as_select()).for_no_key_update().first(conn)
}

/// A new account, with no role yet.
///
/// # Errors
/// When the address or the DNI is taken or the database cannot answer.
pub fn create(conn: &mut PgConnection, user: &NewUser) -> QueryResult<UserRow> {
    diesel::insert_into(users::table).values(user).returning(UserRow::as_returning()).get_result(conn)
}

/// A new account, unless its address or DNI is taken.
///
/// # Errors
/// When the database cannot answer.
pub fn create_unless_taken(conn: &mut PgConnection, user: &NewUser) -> QueryResult<Option<UserRow>> {
    diesel::insert_into(users::table)
        .values(user)
        .on_conflict_do_nothing()
        .returning(UserRow::as_returning())
        .get_result(conn)
        .optional()
}

/// Edit one; its version grows.
///
/// # Errors
/// When the address or the DNI is taken or the database cannot answer.
pub fn update(conn: &mut PgConnection, id: UserId, changes: &UserChanges) -> QueryResult<UserRow> {
    diesel::update(users::table.find(id.0))
        .set((changes, users::version.eq(users::version + 1)))
        .returning(UserRow::as_returning())
        .get_result(conn)
}

/// The hash of someone's password.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_password_hash(conn: &mut PgConnection, id: UserId) -> QueryResult<Option<String>> {
    users::table.find(id.0).select(users::password_hash).first(conn)
}

/// Give someone a password.
///
/// # Errors
/// When the database cannot take it.
pub fn set_password(conn: &mut PgConnection, id: UserId, hash: &str) -> QueryResult<UserRow> {
    diesel::update(users::table.find(id.0))
        .set((users::password_hash.eq(hash), users::version.eq(users::version + 1)))
        .returning(UserRow::as_returning())
        .get_result(conn)
}

/// Note that someone proved their address, unless that is known.
///
/// # Errors
/// When the database cannot take it.
pub fn set_verified(conn: &mut PgConnection, id: UserId, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(users::table.find(id.0))
        .filter(users::email_verified_at.is_null())
        .filter(users::email.is_not_null())
        .set(users::email_verified_at.eq(now))
        .execute(conn)
        .map(drop)
}

/// Whether somebody else is an active admin. The admins stay locked until the
/// transaction ends, so that the last two cannot remove each other.
///
/// # Errors
/// When the database cannot answer.
pub fn is_other_admin_left(conn: &mut PgConnection, id: UserId) -> QueryResult<bool> {
    let admins: Vec<i64> = users::table
        .filter(users::is_admin)
        .filter(users::is_active)
        .order(users::id)
        .select(users::id)
        .for_no_key_update()
        .load(conn)?;
    Ok(admins.iter().any(|other| *other != id.0))
}
