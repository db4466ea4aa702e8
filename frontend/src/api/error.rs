//! What can come of a request besides its answer.

use crate::format::Dates;
use crate::i18n::Texts;
use gestfg_types::errors::{ClosedPhase, ErrorCode, FieldError, Problem};

/// Why there is no answer to show.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// The server could not be reached; nothing is known about the outcome.
    Network,
    /// The page that asked is gone.
    Aborted,
    /// The session is over; the person is being asked to log in again.
    SessionLost,
    /// The server refused and said why.
    Problem(Box<Problem>),
    /// The server answered something that is not in the contract.
    Unexpected(u16),
}

impl ApiError {
    /// The server's code, when it refused.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }

    /// What is wrong field by field.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        match self {
            Self::Problem(problem) => &problem.errors,
            _ => &[],
        }
    }

    /// The phase that stood in the way.
    #[must_use]
    pub fn closed_phase(&self) -> Option<&ClosedPhase> {
        match self {
            Self::Problem(problem) => problem.phase.as_ref(),
            _ => None,
        }
    }

    /// Whether giving a reason would let the caller act all the same.
    #[must_use]
    pub fn may_override(&self) -> bool {
        let is_asked = |error: &FieldError| error.pointer == "/override_reason";
        self.closed_phase().is_some_and(|phase| phase.may_override)
            || (self.code() == Some(ErrorCode::SimilarityUnjustified)
                && self.field_errors().iter().any(is_asked))
    }

    /// The sentence for the reader, with the dates that stood in the way.
    #[must_use]
    pub fn sentence(&self, t: Texts, dates: &Dates) -> String {
        self.closed_phase().map_or_else(|| self.text(t).to_owned(), |phase| closed_sentence(phase, t, dates))
    }

    /// The sentence for the reader, whatever the occurrence.
    #[must_use]
    pub fn text(&self, t: Texts) -> &'static str {
        match self {
            Self::Network | Self::Aborted => t.network_failed(),
            Self::SessionLost => t.session_lost(),
            Self::Problem(problem) => t.error(problem.code),
            Self::Unexpected(_) => t.answer_not_understood(),
        }
    }

    /// Whether trying the same again may help.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        match self {
            Self::Network | Self::Aborted | Self::SessionLost => true,
            Self::Problem(problem) => problem.status >= 500 || problem.status == 429,
            Self::Unexpected(status) => *status >= 500,
        }
    }
}

/// Says which phase is not open, and when it opens or closed.
#[must_use]
pub fn closed_sentence(closed: &ClosedPhase, t: Texts, dates: &Dates) -> String {
    let name = t.phase_name(closed.phase);
    match (closed.opens_at, closed.closed_at) {
        (Some(opens), Some(closed)) => {
            t.phase_between(name, &dates.long_deadline(closed), &dates.long_date_time(opens))
        }
        (Some(opens), None) => t.phase_ahead(name, &dates.long_date_time(opens)),
        (None, Some(closed)) => t.phase_closed(name, &dates.long_deadline(closed)),
        (None, None) => t.phase_undated(name),
    }
}
