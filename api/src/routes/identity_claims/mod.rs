//! Students on file and those who say to be them.

use utoipa_actix_web::service_config::ServiceConfig;

mod confirm;
mod export;
mod list;
mod reject;

/// The operations on identity claims.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_identity_claims)
        .service(export::export_identity_claims)
        .service(confirm::confirm_claim)
        .service(reject::reject_claim);
}
