//! Announcements and entries of the calendar.

use utoipa_actix_web::service_config::ServiceConfig;

mod content;
mod create;
mod delete;
mod export;
mod find;
mod list;
mod update;

/// The operations on events.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_events)
        .service(export::export_events)
        .service(create::create_event)
        .service(find::find_event)
        .service(update::update_event)
        .service(delete::delete_event);
}
