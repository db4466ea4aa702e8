//! Bachelor and master degrees, their coordinators and rules.

use utoipa_actix_web::service_config::ServiceConfig;

mod create;
mod delete;
mod export;
mod find;
mod list;
mod update;

/// The operations on degrees.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_degrees)
        .service(export::export_degrees)
        .service(create::create_degree)
        .service(find::find_degree)
        .service(update::update_degree)
        .service(delete::delete_degree);
}
