//! When professors cannot come.

use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::unavailability;
use crate::models::update::Change;
use chrono::Duration;
use diesel::{OptionalExtension, PgConnection, QueryResult};
use gestfg_types::availability::UnavailabilitySource;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::UserId;
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod delete;
mod delete_calendar_file;
mod export;
mod list;
mod read_calendar_file;
mod say;

/// How far ahead a calendar file is read, and forgotten.
const HORIZON: Duration = Duration::days(400);

/// The operations on availability.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_unavailability)
        .service(export::export_unavailability)
        .service(say::say_availability)
        .service(read_calendar_file::read_calendar_file)
        // Before what takes any last part for an id.
        .service(delete_calendar_file::delete_calendar_file)
        .service(delete::delete_unavailability);
}

/// Have nobody else write what this professor says; who is none is refused.
fn lock_professor(conn: &mut PgConnection, professor: UserId) -> AppResult<()> {
    unavailability::lock_professor(conn, professor).optional()?.ok_or_else(|| {
        AppError::invalid_field("/professor_id", FieldCode::NotAProfessor, "This person is no professor.")
    })
}

/// Who says it: the professor, or the office for them.
fn source(user: &CurrentUser, professor: UserId) -> UnavailabilitySource {
    if user.id == professor { UnavailabilitySource::Poll } else { UnavailabilitySource::Office }
}

/// Hint at the change to the professor's other windows.
fn announce(conn: &mut PgConnection, professor: UserId) -> QueryResult<()> {
    Change::of(UpdateTopic::Availability).subject(professor.0).people([professor]).publish(conn)
}
