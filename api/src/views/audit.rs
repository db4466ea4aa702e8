//! The audit log.

use crate::models::audit::AuditRow;
use gestfg_types::audit::AuditEntry;
use gestfg_types::ids::{AuditEntryId, DegreeId, UserId};

/// A row of the audit log.
#[must_use]
pub fn entry(row: AuditRow) -> AuditEntry {
    let AuditRow {
        id,
        at,
        actor_id,
        actor_name,
        address,
        request_id,
        action,
        entity,
        entity_id,
        degree_id,
        reason,
        before,
        after,
    } = row;
    AuditEntry {
        id: AuditEntryId(id),
        at,
        actor_id: actor_id.map(UserId),
        actor_name,
        address,
        request_id,
        action,
        entity,
        entity_id,
        degree_id: degree_id.map(DegreeId),
        reason,
        before,
        after,
    }
}
