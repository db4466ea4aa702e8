//! Recovering an account by a one-time link.

use utoipa_actix_web::service_config::ServiceConfig;

mod create;
mod redeem;

pub(crate) use redeem::check as check_password;

/// The operations on password resets.
pub fn configure(config: &mut ServiceConfig) {
    config.service(create::request_password_reset).service(redeem::redeem_link);
}
