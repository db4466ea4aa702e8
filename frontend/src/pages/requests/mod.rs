//! Entering assignments in calls and taking them back, wherever it is offered.

mod badge;
mod enter;
mod override_field;
mod withdraw;

pub(crate) use badge::RequestBadge;
pub(crate) use enter::EnterDialog;
pub(crate) use override_field::{OverrideField, given};
pub(crate) use withdraw::WithdrawDialog;
