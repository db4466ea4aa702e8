//! Rubrics.

use crate::domain::actor::Actor;
use crate::domain::marking;
use crate::models::rubric::RubricRow;
use gestfg_types::ids::{DegreeId, RubricId};
use gestfg_types::rubrics::{Rubric, RubricAction};

/// A version of a rubric, for this viewer.
#[must_use]
pub fn rubric(row: RubricRow, viewer: &Actor) -> Rubric {
    let degree_id = DegreeId(row.degree_id);
    let may_write = row.is_current && marking::may_set_rules(viewer, degree_id).is_ok();
    Rubric {
        id: RubricId(row.id),
        degree_id,
        role: row.role(),
        version: row.version,
        criteria: row.criteria(),
        name: row.name,
        is_current: row.is_current,
        created_at: row.created_at,
        allowed_actions: if may_write { vec![RubricAction::Write] } else { Vec::new() },
    }
}
