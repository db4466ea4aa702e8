//! The first admin, made from the command line: nobody else could.

use crate::auth::{Origin, password};
use crate::domain::dni::Dni;
use crate::domain::email::{Email, Login};
use crate::domain::text::{FieldErrors, one_line};
use crate::error::AppError;
use crate::models::audit::{Author, Entry};
use crate::models::one_time_link::{self, Purpose};
use crate::models::people;
use crate::models::user::{self, NewUser, UserChanges};
use anyhow::{anyhow, bail};
use chrono::{DateTime, Utc};
use diesel::{Connection, PgConnection};
use gestfg_types::ids::UserId;

/// Who is to be an admin.
#[derive(Debug, Clone, Default)]
pub struct NewAdmin {
    /// Address; an account that has it is promoted.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family names.
    pub last_name: String,
    /// DNI or NIE.
    pub dni: Option<String>,
    /// A password; without one there is a link.
    pub password: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The account was made, rather than promoted.
    pub is_new: bool,
    /// The link that sets the password, unless one was given.
    pub link: Option<String>,
}

/// Make an admin, or an admin of someone.
///
/// # Errors
/// What is wrong with the data, in a sentence; or the database's complaint.
pub fn create_admin(
    conn: &mut PgConnection,
    public_url: &str,
    admin: &NewAdmin,
    now: DateTime<Utc>,
) -> anyhow::Result<Made> {
    let email = Email::parse(&admin.email).map_err(|code| anyhow!("`{}`: {}", admin.email, code.as_str()))?;
    let dni = match &admin.dni {
        Some(text) => {
            Some(Dni::parse(text).map_err(|code| anyhow!("`{text}`: {}", code.as_str()))?.into_string())
        }
        None => None,
    };
    let (first_name, last_name) = (one_line(&admin.first_name), one_line(&admin.last_name));
    if first_name.is_empty() || last_name.is_empty() {
        bail!("an admin has a name");
    }
    let hash = match &admin.password {
        Some(text) => {
            let name = format!("{first_name} {last_name}");
            let mut errors = FieldErrors::new();
            let about = [email.as_str(), dni.as_deref().unwrap_or_default(), &name];
            crate::domain::password::check(&mut errors, "/password", text, &about);
            errors.into_result().map_err(|error| anyhow!("{}", error.detail().to_owned()))?;
            Some(password::hash_blocking(text)?)
        }
        None => None,
    };
    conn.transaction(|conn| {
        let existing = user::find_by_login(conn, &Login::Email(email.clone()))?;
        let id = match existing {
            Some(id) => {
                let changes =
                    UserChanges { is_admin: Some(true), is_active: Some(true), ..UserChanges::default() };
                UserId(user::update(conn, id, &changes)?.id)
            }
            None => {
                let language = "es".to_owned();
                let email = Some(email.into_string());
                let new = NewUser { email, dni, first_name, last_name, language, is_admin: true };
                UserId(user::create(conn, &new)?.id)
            }
        };
        let link = match &hash {
            Some(hash) => {
                user::set_password(conn, id, hash)?;
                user::set_verified(conn, id, now)?;
                None
            }
            None => {
                let token = one_time_link::issue(conn, id, Purpose::SetPassword, now)?;
                Some(format!("{public_url}/set-password?token={token}"))
            }
        };
        Entry::new("user.create_admin", id.0)
            .after(&people::find(conn, id)?)
            .record(conn, &Author::system(Origin::default()))?;
        Ok::<_, AppError>(Made { is_new: existing.is_none(), link })
    })
    .map_err(Into::into)
}
