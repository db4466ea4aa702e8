//! Master data.

use crate::domain::actor::Actor;
use crate::models::area::AreaRow;
use gestfg_types::ids::AreaId;
use gestfg_types::master::{Area, MasterAction};

/// What this person may do with a piece of master data.
#[must_use]
pub fn allowed_actions(viewer: Option<&Actor>) -> Vec<MasterAction> {
    if viewer.is_some_and(|actor| actor.is_admin) {
        vec![MasterAction::Edit, MasterAction::Delete]
    } else {
        Vec::new()
    }
}

/// An area.
#[must_use]
pub fn area(row: AreaRow, viewer: Option<&Actor>) -> Area {
    let AreaRow { id, name, is_active, version } = row;
    Area { id: AreaId(id), name, is_active, version, allowed_actions: allowed_actions(viewer) }
}
