//! Published committees.

use utoipa_actix_web::service_config::ServiceConfig;

mod call_in;
mod export;
mod list;
pub(super) mod print;

/// The operations on committees.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_committees).service(export::export_committees).service(call_in::call_in);
}
