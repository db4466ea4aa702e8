//! How final marks of a degree are made.

use crate::domain::actor::Actor;
use crate::domain::marking;
use crate::models::grading_settings::InForce;
use gestfg_types::grading::{GradingSettings, GradingSettingsAction};
use gestfg_types::ids::DegreeId;

/// The settings of a degree in a year, for this viewer.
#[must_use]
pub fn settings(degree: DegreeId, year: i16, in_force: InForce, viewer: &Actor) -> GradingSettings {
    let may_edit = marking::may_set_rules(viewer, degree).is_ok();
    GradingSettings {
        degree_id: degree,
        academic_year: year,
        version: in_force.version_of(year),
        written_for: in_force.written_for,
        rules: in_force.rules,
        allowed_actions: if may_edit { vec![GradingSettingsAction::Edit] } else { Vec::new() },
    }
}
