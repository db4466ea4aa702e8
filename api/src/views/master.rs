//! Master data.

use crate::domain::actor::Actor;
use crate::models::area::AreaRow;
use crate::models::degree::{DegreeRow, WholeDegree, level_of};
use crate::models::department::{DepartmentRow, NamedDepartment};
use crate::models::sitting::SittingRow;
use gestfg_types::ids::{AreaId, DegreeId, DepartmentId, SittingId, UserId};
use gestfg_types::master::{Area, AreaRef, Degree, Department, MasterAction, Sitting};
use gestfg_types::users::PersonRef;

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

/// A department.
#[must_use]
pub fn department(found: NamedDepartment, viewer: Option<&Actor>) -> Department {
    let NamedDepartment { row, area, head } = found;
    let DepartmentRow { id, code, name, area_id, head_id, is_active, version } = row;
    Department {
        id: DepartmentId(id),
        code,
        name,
        area: AreaRef { id: AreaId(area_id), name: area },
        head: head_id
            .zip(head)
            .map(|(id, (first, last))| PersonRef { id: UserId(id), name: format!("{first} {last}") }),
        is_active,
        version,
        allowed_actions: allowed_actions(viewer),
    }
}

/// A degree. Its coordinators may edit (its rules), only an admin deletes.
#[must_use]
pub fn degree(found: WholeDegree, viewer: Option<&Actor>) -> Degree {
    let WholeDegree { row, coordinators, rules } = found;
    let DegreeRow { id, code, name, level, is_active, version } = row;
    let id = DegreeId(id);
    let mut allowed = allowed_actions(viewer);
    if allowed.is_empty() && viewer.is_some_and(|actor| actor.coordinates(id)) {
        allowed.push(MasterAction::Edit);
    }
    Degree {
        id,
        code,
        name,
        level: level_of(&level),
        coordinators,
        rules,
        is_active,
        version,
        allowed_actions: allowed,
    }
}

/// A sitting.
#[must_use]
pub fn sitting(row: SittingRow, viewer: Option<&Actor>) -> Sitting {
    let SittingRow { id, code, name, position, is_active, version } = row;
    Sitting {
        id: SittingId(id),
        code,
        name,
        position,
        is_active,
        version,
        allowed_actions: allowed_actions(viewer),
    }
}
