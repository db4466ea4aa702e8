//! How final marks of a degree are made, and how far those of a call are.

use utoipa_actix_web::service_config::ServiceConfig;

mod find;
mod of_call;
mod write;

/// The operations on grading.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(find::find_grading_settings)
        .service(write::write_grading_settings)
        .service(of_call::find_call_grading);
}
