//! Who wrote what, when and from where.

use utoipa_actix_web::service_config::ServiceConfig;

mod export;
mod list;

/// The operations on the audit log: reading it, nothing else.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_audit_log).service(export::export_audit_log);
}
