//! Assignments: projects given to their students.

use utoipa_actix_web::service_config::ServiceConfig;

mod cancel;
mod create;
mod export;
mod find;
mod list;
mod team;

/// The operations on assignments.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_assignments)
        .service(export::export_assignments)
        .service(create::create_assignment)
        .service(find::find_assignment)
        .service(cancel::cancel_assignment);
}
