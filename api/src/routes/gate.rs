//! Passing the gate of a phase, as handlers do it.

use crate::config::Config;
use crate::domain::actor::Actor;
use crate::domain::phase_gate::{self, Passage, Window};
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use chrono::{DateTime, Utc};
use gestfg_types::calls::Phase;
use gestfg_types::errors::ClosedPhase;
use gestfg_types::ids::DegreeId;
use gestfg_types::projects::REASON_MAX;

/// The reason given for acting outside a phase, if one was given.
///
/// # Errors
/// `validation_failed` when it is too long.
pub(super) fn override_reason(given: Option<&str>) -> AppResult<Option<String>> {
    let Some(text) = given else { return Ok(None) };
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/override_reason", text, REASON_MAX);
    errors.into_result()?;
    Ok(Some(reason).filter(|reason| !reason.is_empty()))
}

/// Pass the gate of a phase of this degree, or be told when it opens or closed.
///
/// # Errors
/// `phase_not_open`.
pub(super) fn pass(
    (phase, windows): (Phase, &[Window]),
    (actor, degree): (&Actor, DegreeId),
    reason: Option<&str>,
    now: DateTime<Utc>,
    config: &Config,
) -> AppResult<Passage> {
    phase_gate::pass(phase, windows, now, actor.keeps_degree(degree), reason)
        .map_err(|closed| closed_refusal(closed, config))
}

/// The refusal that tells of a closed phase.
pub(crate) fn closed_refusal(closed: ClosedPhase, config: &Config) -> AppError {
    let sentence = phase_gate::sentence(&closed, config.time_zone);
    AppError::outside(closed, sentence)
}
