//! Polls: when can the professors of a call sit in its committees?

use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::models::availability_poll::{self, PollDetail};
use crate::models::update::Change;
use crate::views;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::availability::AvailabilityPoll;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{AvailabilityPollId, DegreeId};
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod answer;
mod create;
mod delete;
mod export_answers;
mod find;
mod list;
mod list_answers;
mod remind;
mod update;

/// The operations on polls.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_availability_polls)
        .service(create::create_availability_poll)
        .service(find::find_availability_poll)
        .service(update::update_availability_poll)
        .service(delete::delete_availability_poll)
        .service(list_answers::list_availability_answers)
        .service(export_answers::export_availability_answers)
        .service(remind::remind_availability_poll)
        .service(answer::answer_availability_poll);
}

/// A poll that this person may know of: as one who keeps the degree, or as one who is asked.
fn find_visible(
    conn: &mut PgConnection,
    id: AvailabilityPollId,
    user: &CurrentUser,
) -> AppResult<PollDetail> {
    let row = availability_poll::find(conn, id, user.id)?;
    if row.is_mine || user.keeps_degree(DegreeId(row.degree_id)) {
        Ok(row)
    } else {
        Err(AppError::not_found("poll"))
    }
}

/// The same, by one who may change it.
fn find_kept(conn: &mut PgConnection, id: AvailabilityPollId, user: &CurrentUser) -> AppResult<PollDetail> {
    let row = find_visible(conn, id, user)?;
    policy::may_manage_committees(user, DegreeId(row.degree_id))?;
    Ok(row)
}

/// It as it travels.
fn show(conn: &mut PgConnection, row: PollDetail, user: &CurrentUser) -> QueryResult<AvailabilityPoll> {
    let call = row.call(conn)?;
    Ok(views::availability::poll(row, call, user))
}

/// A deadline is ahead, and before the defences are over.
fn check_deadline(
    errors: &mut FieldErrors,
    deadline: DateTime<Utc>,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) {
    if deadline <= now {
        errors.push("/deadline", FieldCode::OutOfRange, "The deadline is ahead.");
    } else if deadline > until {
        errors.push("/deadline", FieldCode::OutOfRange, "The deadline is before the defences are over.");
    }
}

/// Hint at the change to those who keep the degree.
fn announce(conn: &mut PgConnection, row: &PollDetail) -> QueryResult<()> {
    Change::of(UpdateTopic::Availability).subject(row.id).degree(DegreeId(row.degree_id)).publish(conn)
}
