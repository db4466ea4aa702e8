//! Ordinary and extraordinary sittings of the year.

use utoipa_actix_web::service_config::ServiceConfig;

mod create;
mod delete;
mod export;
mod find;
mod list;
mod update;

/// The operations on sittings.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_sittings)
        .service(export::export_sittings)
        .service(create::create_sitting)
        .service(find::find_sitting)
        .service(update::update_sitting)
        .service(delete::delete_sitting);
}
