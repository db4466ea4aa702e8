//! Groups of departments that count as one when seats are spread.

use utoipa_actix_web::service_config::ServiceConfig;

mod create;
mod delete;
mod export;
mod find;
mod list;
mod update;

/// The operations on areas.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_areas)
        .service(export::export_areas)
        .service(create::create_area)
        .service(find::find_area)
        .service(update::update_area)
        .service(delete::delete_area);
}
