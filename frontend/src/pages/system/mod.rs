//! For the keepers of the installation: the audit log, the outbox, what takes room and how long
//! things are kept.

mod audit;
mod audit_diff;
mod outbox;
mod retention;
mod storage;

pub use audit::AuditLogPage;
pub use outbox::OutboxPage;
pub use retention::RetentionPage;
pub use storage::StoragePage;
