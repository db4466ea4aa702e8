//! Claims against provisional marks.

use utoipa_actix_web::service_config::ServiceConfig;

mod answer;
mod create;
mod export;
mod list;

/// The operations on claims against marks.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(create::create_mark_claim)
        .service(list::list_mark_claims)
        .service(export::export_mark_claims)
        .service(answer::answer_mark_claim);
}
