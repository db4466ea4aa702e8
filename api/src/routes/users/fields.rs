//! What a keeper types about a person, parsed once.

use crate::domain::dni::Dni;
use crate::domain::email::Email;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::schema::{degrees, departments};
use diesel::prelude::*;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, DepartmentId};

/// An address; blank is none.
pub(super) fn email(errors: &mut FieldErrors, text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    Email::parse(text)
        .map_err(|code| errors.push("/email", code, "This is not an e-mail address."))
        .ok()
        .map(Email::into_string)
}

/// A DNI or NIE; blank is none.
pub(crate) fn dni(errors: &mut FieldErrors, text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let message = |code| match code {
        FieldCode::WrongDniLetter => "The letter does not belong to this number.",
        _ => "This is not a DNI or NIE.",
    };
    Dni::parse(text).map_err(|code| errors.push("/dni", code, message(code))).ok().map(Dni::into_string)
}

/// Whether this department can be given to somebody who has not got it yet.
pub(super) fn check_department(
    conn: &mut PgConnection,
    id: DepartmentId,
    before: Option<DepartmentId>,
) -> AppResult<()> {
    if before == Some(id) {
        return Ok(());
    }
    let active =
        departments::table.find(id.0).select(departments::is_active).first::<bool>(conn).optional()?;
    match active {
        Some(true) => Ok(()),
        Some(false) => Err(AppError::invalid_field(
            "/department_id",
            FieldCode::Inactive,
            "The department is not active.",
        )),
        None => {
            Err(AppError::invalid_field("/department_id", FieldCode::Unknown, "There is no such department."))
        }
    }
}

/// Whether these degrees can be given to somebody who has those.
pub(crate) fn check_degrees(
    conn: &mut PgConnection,
    pointer: &str,
    ids: &[DegreeId],
    before: &[DegreeId],
) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    for (index, id) in ids.iter().enumerate().filter(|(_, id)| !before.contains(id)) {
        let active = degrees::table.find(id.0).select(degrees::is_active).first::<bool>(conn).optional()?;
        let place = if pointer.ends_with('s') { format!("{pointer}/{index}") } else { pointer.to_owned() };
        match active {
            Some(true) => {}
            Some(false) => errors.push(place, FieldCode::Inactive, "The degree is not active."),
            None => errors.push(place, FieldCode::Unknown, "There is no such degree."),
        }
    }
    errors.into_result()
}
