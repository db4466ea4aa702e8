//! Applications: what a student, or a team, asks for in a round.

use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::phase_gate::Passage;
use crate::error::{AppError, AppResult};
use crate::mail::Letter;
use crate::models::allocation_round::RoundRow;
use crate::models::application::{ApplicationRow, Hindrance, MemberRow};
use crate::models::application_view::{self, ApplicationDetail};
use crate::models::call::{self, name_of};
use crate::models::update::Change;
use crate::notices;
use crate::routes::gate;
use crate::views;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::applications::{Application, ApplicationState};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{ApplicationId, CallId, DegreeId, UserId};
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod confirm;
mod create;
mod decline;
mod export;
mod find;
mod list;
mod team;
mod update;
mod withdraw;

/// The operations on applications.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_applications)
        .service(create::create_application)
        .service(export::export_applications)
        .service(find::find_application)
        .service(update::update_application)
        .service(withdraw::withdraw_application)
        .service(confirm::confirm_application)
        .service(decline::decline_application);
}

/// An application counts while its round takes it: by the clock, or with a written reason.
fn pass(
    round: &RoundRow,
    user: &CurrentUser,
    reason: Option<&str>,
    now: DateTime<Utc>,
    config: &Config,
) -> AppResult<Passage> {
    let facts = round.facts();
    let window = [facts.window()];
    gate::pass((Phase::ProjectAssignment, &window), (user, facts.degree), reason, now, config)
}

/// What was taken back is not changed any more.
fn check_live(row: &ApplicationRow) -> AppResult<()> {
    if row.state() == ApplicationState::Live {
        return Ok(());
    }
    Err(AppError::refuse(ErrorCode::InvalidState, "The application was taken back; apply anew."))
}

/// Who takes part in an application may change it, and who keeps its degree.
fn check_takes_part(user: &CurrentUser, row: &ApplicationRow, members: &[MemberRow]) -> AppResult<()> {
    let me = members.iter().find(|member| member.student_id == user.id.0);
    if user.keeps_degree(DegreeId(row.degree_id)) || me.is_some_and(|member| member.confirmed_at.is_some()) {
        return Ok(());
    }
    Err(AppError::forbidden(
        "Only students who take part, a coordinator of the degree or an admin may do this.",
    ))
}

/// Who wrote it decides on its team and takes it back, and who keeps its degree.
fn check_author(user: &CurrentUser, row: &ApplicationRow, members: &[MemberRow]) -> AppResult<()> {
    let is_author = members.iter().any(|member| member.is_author && member.student_id == user.id.0);
    if user.keeps_degree(DegreeId(row.degree_id)) || is_author {
        return Ok(());
    }
    Err(AppError::forbidden("Only its author, a coordinator of the degree or an admin may do this."))
}

/// The refusal of a student who cannot apply at all.
fn hindered(hindrance: Hindrance, pointer: &str) -> AppError {
    match hindrance {
        Hindrance::OtherDegree => AppError::invalid_field(
            pointer,
            FieldCode::NotAStudent,
            "Only students of the degree apply in its rounds.",
        ),
        Hindrance::HasProject => AppError::refuse(
            ErrorCode::StudentAlreadyAssigned,
            "The student already has an active assignment at this level.",
        )
        .at(pointer, FieldCode::AlreadyAssigned),
    }
}

/// An application, as this person sees it.
fn shown(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: ApplicationId,
    round: &RoundRow,
    now: DateTime<Utc>,
) -> AppResult<Application> {
    let detail = application_view::find(conn, id)?;
    Ok(views::applications::application(detail, &round.facts(), user, now))
}

/// Tell the others of a team that this student joined it, or left it.
fn tell_team(
    conn: &mut PgConnection,
    (config, now): (&Config, DateTime<Utc>),
    round: &RoundRow,
    application: &ApplicationDetail,
    student: &CurrentUser,
    joined: bool,
) -> QueryResult<()> {
    let call = call::find(conn, CallId(round.call_id))?;
    let letter = Letter::TeamChanged {
        call: CallId(call.id),
        name: name_of(&call.reference()),
        student: student.name.clone(),
        joined,
    };
    notices::tell(conn, config, now, &application.others(student.id), &letter)
}

/// Hint at a change to its students and to the tutors of what it asks for.
fn announce(conn: &mut PgConnection, detail: &ApplicationDetail) -> QueryResult<()> {
    let students = detail.members.iter().map(|member| UserId(member.student_id));
    let tutors = detail.preferences.iter().map(|wish| UserId(wish.tutor_id));
    Change::of(UpdateTopic::Applications)
        .subject(detail.row.round_id)
        .people(students.chain(tutors))
        .degree(DegreeId(detail.row.degree_id))
        .publish(conn)
}
