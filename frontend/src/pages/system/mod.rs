//! For the keepers of the installation: the audit log, the outbox, how the installation is doing and how
//! long things are kept.

mod audit;
mod audit_diff;
mod outbox;
mod retention;
mod status;
mod storage;

pub use audit::AuditLogPage;
pub use outbox::OutboxPage;
pub use retention::RetentionPage;
pub use status::StatusPage;
