//! Rubrics, and how final marks of a degree are made.

use utoipa_actix_web::service_config::ServiceConfig;

mod find;
mod list;
mod write;

/// The operations on rubrics.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_rubrics).service(find::find_rubric).service(write::write_rubric);
}
