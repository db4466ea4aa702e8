//! How long things are kept.

use utoipa_actix_web::service_config::ServiceConfig;

mod due;
mod find;
mod write;

/// The operations on retention.
pub fn configure(config: &mut ServiceConfig) {
    config.service(find::find_retention).service(write::write_retention).service(due::list_retention_due);
}
