//! Rooms.

use crate::domain::actor::Actor;
use crate::domain::policy;
use crate::models::room::{ClosureRow, RoomRow};
use gestfg_types::ids::{RoomClosureId, RoomId};
use gestfg_types::master::MasterAction;
use gestfg_types::rooms::{Room, RoomClosure};

/// A room with so many closures ahead, for this viewer.
#[must_use]
pub fn room(closures_ahead: i64, row: RoomRow, viewer: Option<&Actor>) -> Room {
    let keeps = viewer.is_some_and(|actor| policy::may_manage_rooms(actor).is_ok());
    Room {
        id: RoomId(row.id),
        name: row.name,
        building: row.building,
        capacity: row.capacity,
        is_active: row.is_active,
        notes: keeps.then_some(row.notes),
        closures_ahead: keeps.then_some(closures_ahead),
        version: row.version,
        allowed_actions: if keeps { vec![MasterAction::Edit, MasterAction::Delete] } else { Vec::new() },
    }
}

/// A time in which a room cannot be used.
#[must_use]
pub fn closure(row: ClosureRow) -> RoomClosure {
    let ClosureRow { id, room_id: _, starts_at, ends_at, reason } = row;
    RoomClosure { id: RoomClosureId(id), starts_at, ends_at, reason }
}
