//! The students of an assignment to be, from what was typed.

use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::email::{Email, Login};
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::mail::outbox;
use crate::models::assignment;
use crate::models::audit::Entry;
use crate::models::project::ProjectRow;
use crate::models::roles;
use crate::models::user::{self, NewUser};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DegreeId, UserId};
use std::collections::BTreeMap;

/// Who one of them is.
enum Member {
    Known(UserId),
    New(Email),
}

/// The students, locked, none of them assigned at the project's level. Accounts
/// are made for unknown institutional addresses, once everybody is in order.
pub(super) fn gather(
    conn: &mut PgConnection,
    config: &Config,
    by: &CurrentUser,
    project: &ProjectRow,
    typed: &[String],
    now: DateTime<Utc>,
) -> AppResult<Vec<UserId>> {
    let members = recognise(conn, config, project, typed)?;
    // In the order of their addresses, so that two who make the same accounts
    // wait for each other instead of deadlocking.
    let mut made = BTreeMap::new();
    for member in &members {
        if let Member::New(email) = member {
            made.insert(email.clone(), None);
        }
    }
    for (email, id) in &mut made {
        *id = Some(open_account(conn, config, by, DegreeId(project.degree_id), email, now)?);
    }
    let team: Vec<UserId> = members
        .iter()
        .filter_map(|member| match member {
            Member::Known(id) => Some(*id),
            Member::New(email) => made.get(email).copied().flatten(),
        })
        .collect();
    let locked = assignment::lock_students(conn, &team)?;
    if let Some(n) = team.iter().position(|member| !locked.contains(member)) {
        return Err(AppError::invalid_field(
            format!("/students/{n}"),
            FieldCode::NotAStudent,
            "This person is not a student.",
        ));
    }
    let assigned = assignment::list_assigned(conn, &team, &project.level)?;
    let busy: Vec<usize> = (0..team.len()).filter(|n| assigned.contains(&team[*n])).collect();
    let Some(first) = busy.first() else { return Ok(team) };
    let who = typed.get(*first).map(|text| text.trim()).unwrap_or_default();
    let mut refusal = AppError::refuse(
        ErrorCode::StudentAlreadyAssigned,
        format!("{who} already has an active assignment at this level."),
    );
    for n in busy {
        refusal = refusal.at(format!("/students/{n}"), FieldCode::AlreadyAssigned);
    }
    Err(refusal)
}

fn recognise(
    conn: &mut PgConnection,
    config: &Config,
    project: &ProjectRow,
    typed: &[String],
) -> AppResult<Vec<Member>> {
    let mut errors = FieldErrors::new();
    let places = usize::try_from(project.student_count).unwrap_or(1);
    if typed.is_empty() {
        errors.push("/students", FieldCode::Required, "Name at least one student.");
    }
    if typed.len() > places {
        errors.push(
            "/students",
            FieldCode::TooManyStudents,
            format!("The project takes {places} at most; these are {}.", typed.len()),
        );
        // Nobody is looked up for a list that cannot be right.
        errors.into_result()?;
        return Ok(Vec::new());
    }
    let mut members: Vec<Member> = Vec::new();
    for (n, text) in typed.iter().enumerate() {
        let pointer = format!("/students/{n}");
        let Some(member) = recognise_one(conn, config, text, &pointer, &mut errors)? else { continue };
        let twice = members.iter().any(|other| match (other, &member) {
            (Member::Known(a), Member::Known(b)) => a == b,
            (Member::New(a), Member::New(b)) => a == b,
            _ => false,
        });
        if twice {
            errors.push(pointer, FieldCode::Duplicate, "This student is in the list already.");
        }
        members.push(member);
    }
    errors.into_result()?;
    Ok(members)
}

fn recognise_one(
    conn: &mut PgConnection,
    config: &Config,
    text: &str,
    pointer: &str,
    errors: &mut FieldErrors,
) -> AppResult<Option<Member>> {
    let login = match Login::parse(text) {
        Ok(login) => login,
        Err(code) => {
            errors.push(pointer, code, "Write an e-mail address or a DNI/NIE.");
            return Ok(None);
        }
    };
    let Some(id) = user::find_by_login(conn, &login)? else {
        return Ok(match login {
            Login::Email(email) if email.is_of(&config.student_domains) => Some(Member::New(email)),
            Login::Email(_) => {
                errors.push(
                    pointer,
                    FieldCode::NotInstitutional,
                    format!(
                        "Nobody here has this address, and accounts are made only for {}.",
                        config.student_domains.join(", ")
                    ),
                );
                None
            }
            Login::Dni(_) => {
                errors.push(pointer, FieldCode::Unknown, "Nobody here has this DNI/NIE.");
                None
            }
        });
    };
    let (person, roles) = (user::find(conn, id)?, roles::find(conn, id)?);
    if roles.student.is_none() {
        errors.push(pointer, FieldCode::NotAStudent, "This person is not a student.");
    } else if !person.is_active {
        errors.push(pointer, FieldCode::Inactive, "This student's account is deactivated.");
    }
    Ok(Some(Member::Known(id)))
}

/// An account for a student known only by address, with a link to set its
/// password; or the account somebody else made at this very moment.
fn open_account(
    conn: &mut PgConnection,
    config: &Config,
    by: &CurrentUser,
    degree: DegreeId,
    email: &Email,
    now: DateTime<Utc>,
) -> AppResult<UserId> {
    let (first_name, last_name) = email.name_to_go_by();
    let new = NewUser {
        email: Some(email.as_str().to_owned()),
        first_name,
        last_name,
        language: config.default_language.as_str().to_owned(),
        ..NewUser::default()
    };
    let Some(row) = user::create_unless_taken(conn, &new)? else {
        return user::find_by_login(conn, &Login::Email(email.clone()))?
            .ok_or_else(|| AppError::internal(anyhow::anyhow!("the account that was in the way is gone")));
    };
    let id = UserId(row.id);
    roles::set_degrees(conn, id, Some(&[degree]))?;
    Entry::new("user.create", row.id).degree(degree).after(&row).record(conn, &by.into())?;
    outbox::invite(conn, &config.public_url, id, now)?;
    Ok(id)
}
