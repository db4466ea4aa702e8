//! The life of a project: which step is possible from where.

use gestfg_types::errors::ErrorCode;
use gestfg_types::projects::ProjectState;

/// An intention that moves a project along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Hand in for validation.
    Submit,
    /// Accept.
    Validate,
    /// Send back with a reason.
    Reject,
    /// Take a rejected or submitted one back to draft.
    Reopen,
    /// Show in the catalogue.
    Publish,
    /// Take out of the catalogue.
    Unpublish,
    /// Take back for good.
    Withdraw,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 7] = [
        Self::Submit,
        Self::Validate,
        Self::Reject,
        Self::Reopen,
        Self::Publish,
        Self::Unpublish,
        Self::Withdraw,
    ];
}

/// Where a project stands, as far as its next step is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: ProjectState,
    /// Whether it has an active assignment.
    pub is_assigned: bool,
    /// Whether its degree wants projects validated.
    pub requires_validation: bool,
}

/// The state after a step.
///
/// `draft → submitted → validated → published → withdrawn`, `rejected` back to
/// `draft`. Where a degree asks for no validation, `submit` leads straight to
/// `validated`. A project with students is neither unpublished nor withdrawn.
///
/// # Errors
/// [`ErrorCode::ProjectAlreadyAssigned`] when its students stand in the way,
/// [`ErrorCode::InvalidState`] otherwise.
pub fn after(standing: Standing, step: Step) -> Result<ProjectState, ErrorCode> {
    use ProjectState as S;
    let next = match (standing.state, step) {
        (S::Draft, Step::Submit) if standing.requires_validation => S::Submitted,
        (S::Draft, Step::Submit) => S::Validated,
        (S::Submitted, Step::Validate) => S::Validated,
        (S::Submitted, Step::Reject) => S::Rejected,
        (S::Rejected | S::Submitted, Step::Reopen) => S::Draft,
        (S::Validated, Step::Publish) => S::Published,
        (S::Published, Step::Unpublish) => S::Validated,
        (S::Draft | S::Submitted | S::Validated | S::Rejected | S::Published, Step::Withdraw) => S::Withdrawn,
        _ => return Err(ErrorCode::InvalidState),
    };
    if standing.is_assigned && matches!(step, Step::Unpublish | Step::Withdraw) {
        return Err(ErrorCode::ProjectAlreadyAssigned);
    }
    Ok(next)
}

/// Whether its content may still be edited: a withdrawn project is history.
#[must_use]
pub const fn is_editable(state: ProjectState) -> bool {
    !matches!(state, ProjectState::Withdrawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn standing(state: ProjectState) -> Standing {
        Standing { state, is_assigned: false, requires_validation: true }
    }

    #[test]
    fn the_table_of_steps_is_exactly_this() {
        use ProjectState as S;
        let allowed = [
            (S::Draft, Step::Submit, S::Submitted),
            (S::Draft, Step::Withdraw, S::Withdrawn),
            (S::Submitted, Step::Validate, S::Validated),
            (S::Submitted, Step::Reject, S::Rejected),
            (S::Submitted, Step::Reopen, S::Draft),
            (S::Submitted, Step::Withdraw, S::Withdrawn),
            (S::Validated, Step::Publish, S::Published),
            (S::Validated, Step::Withdraw, S::Withdrawn),
            (S::Rejected, Step::Reopen, S::Draft),
            (S::Rejected, Step::Withdraw, S::Withdrawn),
            (S::Published, Step::Unpublish, S::Validated),
            (S::Published, Step::Withdraw, S::Withdrawn),
        ];
        for state in S::ALL {
            for step in Step::ALL {
                let expected = allowed.iter().find(|row| row.0 == state && row.1 == step).map(|row| row.2);
                assert_eq!(after(standing(state), step).ok(), expected, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn students_keep_a_project_in_the_catalogue() {
        let assigned = Standing { is_assigned: true, ..standing(ProjectState::Published) };
        for step in [Step::Unpublish, Step::Withdraw] {
            assert_eq!(after(assigned, step), Err(ErrorCode::ProjectAlreadyAssigned));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_clicked_nothing_is_published_unvalidated(
            steps in proptest::collection::vec(0usize..Step::ALL.len(), 0..40),
            requires_validation: bool,
        ) {
            let mut state = ProjectState::Draft;
            let mut validated = false;
            for index in steps {
                let step = Step::ALL[index];
                let standing = Standing { state, is_assigned: false, requires_validation };
                let Ok(next) = after(standing, step) else { continue };
                prop_assert_ne!(state, ProjectState::Withdrawn, "withdrawn is final");
                if next == ProjectState::Validated && state != ProjectState::Published { validated = true; }
                if next == ProjectState::Draft { validated = false; }
                if next == ProjectState::Published { prop_assert!(validated); }
                state = next;
            }
        }
    }
}
