//! For the keepers of the installation: the audit log, the outbox and what takes room.

mod audit;
mod audit_diff;
mod outbox;
mod storage;

pub use audit::AuditLogPage;
pub use outbox::OutboxPage;
pub use storage::StoragePage;
