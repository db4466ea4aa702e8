//! How the committees of a degree are made, year by year.

use utoipa_actix_web::service_config::ServiceConfig;

mod find;
mod write;

/// The operations on the settings of committees.
pub fn configure(config: &mut ServiceConfig) {
    config.service(find::find_committee_settings).service(write::write_committee_settings);
}
