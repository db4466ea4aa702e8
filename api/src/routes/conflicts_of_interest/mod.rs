//! Declared conflicts of interest.

use utoipa_actix_web::service_config::ServiceConfig;

mod declare;
mod delete;
mod export;
mod list;

/// The operations on conflicts of interest.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_conflicts_of_interest)
        .service(export::export_conflicts_of_interest)
        .service(declare::declare_conflict_of_interest)
        .service(delete::delete_conflict_of_interest);
}
