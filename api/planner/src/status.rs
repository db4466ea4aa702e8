//! How sure an answer is.

use serde::{Deserialize, Serialize};

/// What was shown about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Proved: nothing better exists in the first objective.
    Optimal,
    /// Every hard rule is kept; how far from the best it may be is stated as a bound.
    Feasible,
    /// No answer keeps every hard rule; the reason is a minimal set of facts.
    Infeasible,
    /// Nothing was found that keeps every hard rule, and nothing was proved, in the time given.
    Unknown,
}
