//! What the caller was told.

use utoipa_actix_web::service_config::ServiceConfig;

mod list;
mod read;
mod unread;

/// The operations on notifications.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_notifications)
        .service(unread::count_unread)
        .service(read::read_notifications)
        .service(read::read_notification);
}
