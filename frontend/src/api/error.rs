//! What can come of a request besides its answer.

use crate::i18n::Texts;
use gestfg_types::errors::{ErrorCode, FieldError, Problem};

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

    /// The sentence for the reader.
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
