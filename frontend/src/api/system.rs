//! What only the keepers of the installation see: the audit log and the outbox.

use super::{ApiError, Client};
use gestfg_types::audit::AuditEntry;
use gestfg_types::ids::MailId;
use gestfg_types::outbox::Mail;
use gestfg_types::pagination::Page;
use gestfg_types::system::SystemStatus;
use serde::Serialize;

/// How the installation is doing.
pub async fn find_system_status(client: &Client) -> Result<SystemStatus, ApiError> {
    client.get("/system").fetch().await
}

/// Writes under these filters, the latest first.
pub async fn list_audit_log(client: &Client, filters: &impl Serialize) -> Result<Page<AuditEntry>, ApiError> {
    client.list("/audit-log", filters).fetch().await
}

/// Mails under these filters, the latest first.
pub async fn list_mails(client: &Client, filters: &impl Serialize) -> Result<Page<Mail>, ApiError> {
    client.list("/outbox", filters).fetch().await
}

/// One mail, as it stands now.
pub async fn find_mail(client: &Client, id: MailId) -> Result<Mail, ApiError> {
    client.get(&format!("/outbox/{id}")).fetch().await
}
