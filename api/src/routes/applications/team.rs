//! The students of an application to be, from what was typed.

use super::hindered;
use crate::auth::CurrentUser;
use crate::domain::email::Login;
use crate::error::{AppError, AppResult};
use crate::models::allocation_round::RoundRow;
use crate::models::application::{ApplicationRow, MemberRow};
use crate::models::{application, roles, user};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, UserId};

/// A student who can apply in the round, by address; keepers may also write a DNI/NIE.
pub(super) fn recognise(
    conn: &mut PgConnection,
    by: &CurrentUser,
    round: &RoundRow,
    text: &str,
    pointer: &str,
) -> AppResult<UserId> {
    let degree = DegreeId(round.degree_id);
    let unknown = || {
        let sentence = "No student of the degree has this address.";
        AppError::invalid_field(pointer, FieldCode::Unknown, sentence)
    };
    let login = Login::parse(text)
        .map_err(|code| AppError::invalid_field(pointer, code, "Write an e-mail address."))?;
    if matches!(login, Login::Dni(_)) && !by.keeps_degree(degree) {
        return Err(AppError::invalid_field(pointer, FieldCode::InvalidEmail, "Write an e-mail address."));
    }
    let id = user::find_by_login(conn, &login)?.ok_or_else(unknown)?;
    let (person, roles) = (user::find(conn, id)?, roles::find(conn, id)?);
    let studies = roles.student.iter().flatten().any(|studied| studied.id == degree);
    // To students, who is not one of the degree's is nobody.
    if !studies || !person.is_active {
        return Err(unknown());
    }
    if let Some(hindrance) = application::hindrance(conn, id, degree)? {
        return Err(hindered(hindrance, pointer));
    }
    Ok(id)
}

/// Those who are invited, each once and none of them in the team already.
pub(super) fn invited(
    conn: &mut PgConnection,
    by: &CurrentUser,
    round: &RoundRow,
    typed: &[String],
    team: &[UserId],
) -> AppResult<Vec<UserId>> {
    let room = usize::try_from(round.team_max).unwrap_or(1);
    if team.len() + typed.len() > room {
        let sentence = format!("A team has {room} students at most in this round.");
        return Err(AppError::invalid_field("/invite", FieldCode::TooManyStudents, sentence));
    }
    let mut found = Vec::new();
    for (n, text) in typed.iter().enumerate() {
        let pointer = format!("/invite/{n}");
        let id = recognise(conn, by, round, text, &pointer)?;
        if team.contains(&id) || found.contains(&id) {
            let sentence = "This student is in the team already.";
            return Err(AppError::invalid_field(pointer, FieldCode::Duplicate, sentence));
        }
        found.push(id);
    }
    Ok(found)
}

/// The team of an application that is being saved.
pub(super) struct Team<'a> {
    pub(super) user: &'a CurrentUser,
    pub(super) round: &'a RoundRow,
    pub(super) row: &'a ApplicationRow,
    pub(super) members: &'a [MemberRow],
}

impl Team<'_> {
    /// Take some out and invite others; says who was invited.
    pub(super) fn change(
        &self,
        conn: &mut PgConnection,
        invite: &[String],
        remove: &[UserId],
        now: DateTime<Utc>,
    ) -> AppResult<Vec<UserId>> {
        let mut staying = Vec::new();
        for member in self.members {
            let student = UserId(member.student_id);
            if !remove.contains(&student) {
                staying.push(student);
            } else if member.is_author {
                let sentence = "Its author cannot be taken out of it.";
                return Err(AppError::invalid_field("/remove", FieldCode::NotAllowed, sentence));
            } else {
                application::remove_member(conn, self.row.application_id(), student)?;
            }
        }
        let invited = invited(conn, self.user, self.round, invite, &staying)?;
        // Whom a coordinator enters takes part without being asked.
        let said_yes = self.user.keeps_degree(DegreeId(self.row.degree_id)).then_some(now);
        for student in &invited {
            application::add_member(conn, self.row, *student, false, said_yes)?;
        }
        Ok(invited)
    }
}
