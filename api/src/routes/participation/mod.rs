//! Who has served in committees over the years, and who may be called.

use utoipa_actix_web::service_config::ServiceConfig;

mod export;
mod find;
mod list;
mod update;

/// The operations on participation.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_participation)
        .service(export::export_participation)
        .service(find::find_participation)
        .service(update::update_participation);
}
