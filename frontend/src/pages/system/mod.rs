//! For the keepers of the installation: the audit log and the outbox.

mod audit;
mod audit_diff;
mod outbox;

pub use audit::AuditLogPage;
pub use outbox::OutboxPage;
