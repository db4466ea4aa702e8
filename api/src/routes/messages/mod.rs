//! The threads of assignments. Only who takes part in one knows of it.

use utoipa_actix_web::service_config::ServiceConfig;

mod create;
mod list;
mod read;
mod threads;

/// The operations on messages.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(threads::list_threads)
        .service(list::list_messages)
        .service(create::create_message)
        .service(read::read_messages);
}
