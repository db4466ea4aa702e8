//! The way in: one folder per resource, one file per verb.

use crate::domain::text::FieldErrors;
use chrono::{DateTime, Utc};
use gestfg_types::errors::FieldCode;
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

pub mod allocation_pins;
pub mod allocation_rounds;
pub mod allocation_runs;
pub mod applicants;
pub mod applications;
pub mod areas;
pub mod assignments;
pub mod audit_log;
pub mod availability_polls;
pub mod calendar;
pub mod calls;
pub mod committee_plans;
pub mod committee_settings;
pub mod committees;
pub mod configuration;
pub mod conflicts_of_interest;
pub mod defences;
pub mod degrees;
pub mod departments;
pub mod document_extensions;
pub mod documents;
mod download;
pub mod evaluation_requests;
pub mod events;
mod exporting;
mod forms;
mod gate;
pub mod grading;
pub mod health;
pub mod identity_claims;
pub mod imports;
pub mod mark_claims;
pub mod markdown;
pub mod marks;
pub mod me;
pub mod messages;
pub mod metrics;
pub mod minutes;
pub mod notifications;
pub mod outbox;
pub mod participation;
pub mod password_resets;
pub mod planning_jobs;
pub mod professors;
pub mod projects;
pub mod registration;
pub mod retention;
pub mod rooms;
pub mod rubrics;
pub mod session;
pub mod similarity;
pub mod sittings;
pub mod statistics;
pub mod storage;
pub mod students;
pub mod system;
pub mod unavailability;
pub mod unsubscribe;
pub mod updates;
pub mod users;

/// Where the API lives.
pub const BASE: &str = "/api/v1";

/// Everything under [`BASE`].
pub fn api(config: &mut ServiceConfig) {
    config.service(
        scope::scope(BASE)
            .configure(session::configure)
            .configure(registration::configure)
            .configure(password_resets::configure)
            .configure(identity_claims::configure)
            .configure(outbox::configure)
            .configure(configuration::configure)
            .configure(me::configure)
            .configure(notifications::configure)
            .configure(messages::configure)
            .configure(unsubscribe::configure)
            .configure(professors::configure)
            .configure(students::configure)
            .configure(users::configure)
            .configure(areas::configure)
            .configure(imports::configure)
            .configure(departments::configure)
            .configure(degrees::configure)
            .configure(sittings::configure)
            .configure(audit_log::configure)
            .configure(rooms::configure)
            .configure(committee_settings::configure)
            .configure(availability_polls::configure)
            .configure(unavailability::configure)
            .configure(conflicts_of_interest::configure)
            .configure(participation::configure)
            .configure(calls::configure)
            .configure(evaluation_requests::configure)
            .configure(allocation_rounds::configure)
            .configure(applications::configure)
            .configure(applicants::configure)
            .configure(allocation_pins::configure)
            .configure(allocation_runs::configure)
            .configure(documents::configure)
            .configure(document_extensions::configure)
            .configure(similarity::configure)
            .configure(storage::configure)
            .configure(retention::configure)
            .configure(system::configure)
            .configure(statistics::configure)
            .configure(planning_jobs::configure)
            .configure(committee_plans::configure)
            .configure(committees::configure)
            .configure(defences::configure)
            .configure(rubrics::configure)
            .configure(grading::configure)
            .configure(marks::configure)
            .configure(minutes::configure)
            .configure(mark_claims::configure)
            .configure(projects::configure)
            .configure(markdown::configure)
            .configure(assignments::configure)
            .configure(updates::configure)
            .configure(events::configure)
            .configure(calendar::configure),
    );
}

/// Years that can be.
fn check_year(errors: &mut FieldErrors, year: i16) {
    if !(1990..=2200).contains(&year) {
        errors.push("/academic_year", FieldCode::OutOfRange, "The year goes from 1990 to 2200.");
    }
}

/// Times that can be: within the calendar, and not empty.
fn check_times(errors: &mut FieldErrors, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) {
    let sane = |at: DateTime<Utc>| (0..=253_402_300_799).contains(&at.timestamp());
    if !sane(starts_at) || !sane(ends_at) {
        errors.push("/starts_at", FieldCode::OutOfRange, "No such date.");
    } else if starts_at >= ends_at {
        errors.push("/ends_at", FieldCode::OutOfRange, "It ends after it begins.");
    }
}
