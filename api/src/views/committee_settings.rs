//! How the committees of a degree are made.

use crate::domain::actor::Actor;
use crate::domain::policy;
use crate::models::committee_settings::InForce;
use gestfg_types::committee_settings::{CommitteeSettings, CommitteeSettingsAction};
use gestfg_types::ids::DegreeId;

/// The settings of a degree in a year, for this viewer.
#[must_use]
pub fn settings(degree: DegreeId, year: i16, in_force: InForce, viewer: &Actor) -> CommitteeSettings {
    let may_edit = policy::may_manage_committees(viewer, degree).is_ok();
    CommitteeSettings {
        degree_id: degree,
        academic_year: year,
        version: in_force.version_of(year),
        written_for: in_force.written_for,
        rules: in_force.rules,
        allowed_actions: if may_edit { vec![CommitteeSettingsAction::Edit] } else { Vec::new() },
    }
}
