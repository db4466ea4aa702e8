//! Entering assignments in calls and taking them back, wherever it is offered.

mod badge;
mod enter;
mod override_field;
mod window_note;
mod withdraw;

use crate::session::Session;
pub(crate) use badge::RequestBadge;
pub(crate) use enter::EnterDialog;
pub(crate) use override_field::{OverrideField, given};
pub(crate) use window_note::{WindowNote, closed};
pub(crate) use withdraw::WithdrawDialog;

/// Whether somebody keeps this degree: they may act outside its dates, with a
/// reason.
pub(crate) fn keeps_degree(session: &Session, degree: gestfg_types::ids::DegreeId) -> bool {
    session
        .me()
        .is_some_and(|me| me.roles.admin || me.roles.coordinates.iter().any(|found| found.id == degree))
}
