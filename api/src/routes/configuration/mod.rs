//! What everyone may know about this installation.

use crate::app::AppState;
use crate::openapi::Problems;
use actix_web::http::header;
use actix_web::{HttpResponse, get, web};
use gestfg_types::master::Configuration;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on the configuration.
pub fn configure(config: &mut ServiceConfig) {
    config.service(find_configuration);
}

/// What everyone may know about this installation.
#[utoipa::path(
    tag = "configuration",
    responses((status = 200, body = Configuration), Problems),
    security(())
)]
#[get("/configuration")]
async fn find_configuration(state: web::Data<AppState>) -> HttpResponse {
    let config = &state.config;
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-cache")).json(Configuration {
        student_domains: config.student_domains.clone(),
        professor_domains: config.professor_domains.clone(),
        academic_year: state.academic_year(),
        default_language: config.default_language,
        time_zone: state.time_zone.as_ref().clone(),
        demo: config.demo,
    })
}
