//! Calls: one sitting of one degree in one academic year, with its phases.

use crate::domain::text::FieldErrors;
use crate::models::call::CallDetail;
use crate::models::update::Change;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::calls::PhaseDates;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::DegreeId;
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod copy;
mod create;
mod delete;
mod export;
mod find;
mod list;
mod moved;
mod open;
mod update;

/// The operations on calls.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_calls)
        .service(export::export_calls)
        .service(create::create_call)
        .service(find::find_call)
        .service(update::update_call)
        .service(delete::delete_call)
        .service(open::open_call)
        .service(copy::copy_call);
}

/// Dates that cannot be: a phase twice, one that ends before it begins, a
/// moment outside the calendar. What is only odd is a warning of the call.
fn check_dates(errors: &mut FieldErrors, dates: &[PhaseDates]) {
    let sane = |at: DateTime<Utc>| (0..=253_402_300_799).contains(&at.timestamp());
    for (n, this) in dates.iter().enumerate() {
        if dates[..n].iter().any(|other| other.phase == this.phase) {
            errors.push(format!("/phases/{n}/phase"), FieldCode::Duplicate, "Each phase comes once.");
        }
        if !sane(this.starts_at) || !sane(this.ends_at) {
            errors.push(format!("/phases/{n}/starts_at"), FieldCode::OutOfRange, "No such date.");
        } else if this.starts_at >= this.ends_at {
            let pointer = format!("/phases/{n}/ends_at");
            errors.push(pointer, FieldCode::OutOfRange, "A phase ends after it begins.");
        }
    }
}

/// Hint at a change to those who see the call: a draft only its keepers.
fn announce(conn: &mut PgConnection, call: &CallDetail) -> QueryResult<()> {
    let change = Change::of(UpdateTopic::Calls).subject(call.id).degree(DegreeId(call.degree_id));
    if call.opened_at.is_some() { change.everybody() } else { change }.publish(conn)
}
