//! What a person may do with a project now: the one place where policy and
//! state meet, asked by every verb and by `allowed_actions` alike.
//!
//! Editing, decided: title, texts, places, degree and people are open to the
//! tutor until the project is validated. From then on the tutor (like the
//! co-tutor at any time) changes only the texts, which keep the state and are
//! in the audit log; the rest is for those who may validate it. Where a degree
//! asks for no validation there is nothing to circumvent, and the tutor keeps
//! editing everything. A withdrawn project is history.

use crate::domain::actor::Actor;
use crate::domain::policy::{self, Answer, ProjectFacts};
use crate::domain::project_state::{self, Standing, Step};
use gestfg_types::errors::ErrorCode;
use gestfg_types::projects::{ProjectAction, ProjectState};

/// Everything that counts for what can be done with a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// Who and where it belongs.
    pub facts: ProjectFacts,
    /// Whether it has an active assignment.
    pub is_assigned: bool,
    /// Whether its degree wants projects validated.
    pub requires_validation: bool,
    /// Whether it was ever submitted or assigned.
    pub has_history: bool,
    /// Whether its academic year is over.
    pub is_of_past_year: bool,
    /// Whether projects of its degree are given to students now.
    pub is_assignment_open: bool,
}

/// Every action, in the order of a project's life.
pub const ACTIONS: [ProjectAction; 12] = [
    ProjectAction::Edit,
    ProjectAction::EditText,
    ProjectAction::Delete,
    ProjectAction::Submit,
    ProjectAction::Validate,
    ProjectAction::Reject,
    ProjectAction::Reopen,
    ProjectAction::Publish,
    ProjectAction::Unpublish,
    ProjectAction::Withdraw,
    ProjectAction::Duplicate,
    ProjectAction::Assign,
];

/// The action that takes a step.
#[must_use]
pub const fn action_of(step: Step) -> ProjectAction {
    match step {
        Step::Submit => ProjectAction::Submit,
        Step::Validate => ProjectAction::Validate,
        Step::Reject => ProjectAction::Reject,
        Step::Reopen => ProjectAction::Reopen,
        Step::Publish => ProjectAction::Publish,
        Step::Unpublish => ProjectAction::Unpublish,
        Step::Withdraw => ProjectAction::Withdraw,
    }
}

impl Situation {
    /// Where it stands for its next step.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        Standing {
            state: self.facts.state,
            is_assigned: self.is_assigned,
            requires_validation: self.requires_validation,
        }
    }

    const fn is_settled(&self) -> bool {
        self.requires_validation
            && matches!(self.facts.state, ProjectState::Validated | ProjectState::Published)
    }
}

/// Whether this person may do it, whatever the state.
///
/// # Errors
/// The rule that stands against it.
pub fn permits(actor: &Actor, situation: &Situation, action: ProjectAction) -> Answer {
    use ProjectAction as A;
    let facts = &situation.facts;
    match action {
        A::Edit if situation.is_settled() => {
            policy::may_edit_project(actor, facts)?;
            if policy::may_decide_on_project(actor, facts).is_ok() {
                return Ok(());
            }
            Err(policy::Denied {
                code: ErrorCode::Forbidden,
                rule: "After validation its tutor changes only the texts; title, kind, places, degree and people are for those who may validate it.",
            })
        }
        A::Edit | A::Delete | A::Submit | A::Reopen | A::Withdraw | A::Duplicate => {
            policy::may_edit_project(actor, facts)
        }
        A::EditText => policy::may_edit_project_text(actor, facts),
        A::Validate | A::Reject => policy::may_decide_on_project(actor, facts),
        A::Publish | A::Unpublish => policy::may_publish_project(actor, facts),
        A::Assign => policy::may_assign(actor, facts),
    }
}

/// Whether the project allows it now, whoever asks.
///
/// # Errors
/// The code of what stands in the way.
pub fn possible(situation: &Situation, action: ProjectAction) -> Result<(), ErrorCode> {
    use ProjectAction as A;
    let step = match action {
        A::Submit => Step::Submit,
        A::Validate => Step::Validate,
        A::Reject => Step::Reject,
        A::Reopen => Step::Reopen,
        A::Publish => Step::Publish,
        A::Unpublish => Step::Unpublish,
        A::Withdraw => Step::Withdraw,
        A::Edit | A::EditText => {
            return yes_if(project_state::is_editable(situation.facts.state), ErrorCode::InvalidState);
        }
        A::Delete => {
            let untouched = situation.facts.state == ProjectState::Draft && !situation.has_history;
            return yes_if(untouched, ErrorCode::InvalidState);
        }
        A::Duplicate => {
            let frees_title = situation.is_of_past_year || situation.facts.state == ProjectState::Withdrawn;
            return yes_if(frees_title, ErrorCode::TitleTaken);
        }
        A::Assign => {
            yes_if(situation.facts.state == ProjectState::Published, ErrorCode::InvalidState)?;
            return yes_if(!situation.is_assigned, ErrorCode::ProjectAlreadyAssigned);
        }
    };
    project_state::after(situation.standing(), step).map(drop)
}

const fn yes_if(condition: bool, otherwise: ErrorCode) -> Result<(), ErrorCode> {
    if condition { Ok(()) } else { Err(otherwise) }
}

/// What buttons to offer. Who may edit everything is not offered the texts apart.
#[must_use]
pub fn allowed(actor: Option<&Actor>, situation: &Situation) -> Vec<ProjectAction> {
    let Some(actor) = actor else { return Vec::new() };
    let mut actions: Vec<_> = ACTIONS
        .into_iter()
        .filter(|action| permits(actor, situation, *action).is_ok() && possible(situation, *action).is_ok())
        .collect();
    if !situation.is_assignment_open && !actor.keeps_degree(situation.facts.degree) {
        actions.retain(|action| *action != ProjectAction::Assign);
    }
    if actions.contains(&ProjectAction::Edit) {
        actions.retain(|action| *action != ProjectAction::EditText);
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;
    use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
    use gestfg_types::projects::ProjectAction as A;

    fn person(id: i64) -> Actor {
        Actor {
            id: UserId(id),
            is_admin: false,
            department: Some(DepartmentId(1)),
            head_of: None,
            coordinates: vec![],
            is_student: false,
        }
    }

    fn situation(state: ProjectState) -> Situation {
        Situation {
            facts: ProjectFacts {
                tutor: UserId(1),
                cotutor: Some(UserId(2)),
                department: DepartmentId(1),
                degree: DegreeId(1),
                state,
            },
            is_assigned: false,
            requires_validation: true,
            has_history: state != ProjectState::Draft,
            is_of_past_year: false,
            is_assignment_open: true,
        }
    }

    #[test]
    fn buttons_by_person_and_state() {
        use ProjectState as S;
        let head = Actor { head_of: Some(DepartmentId(1)), ..person(3) };
        let own_head = Actor { head_of: Some(DepartmentId(1)), ..person(1) };
        for (actor, state, expected) in [
            (person(1), S::Draft, vec![A::Edit, A::Delete, A::Submit, A::Withdraw]),
            (person(2), S::Draft, vec![A::EditText]),
            (person(1), S::Submitted, vec![A::Edit, A::Reopen, A::Withdraw]),
            (head.clone(), S::Submitted, vec![A::Edit, A::Validate, A::Reject, A::Reopen, A::Withdraw]),
            (own_head.clone(), S::Submitted, vec![A::Edit, A::Reopen, A::Withdraw]),
            (person(1), S::Validated, vec![A::EditText, A::Publish, A::Withdraw]),
            (own_head, S::Validated, vec![A::EditText, A::Publish, A::Withdraw]),
            (head, S::Validated, vec![A::Edit, A::Publish, A::Withdraw]),
            (person(1), S::Published, vec![A::EditText, A::Unpublish, A::Withdraw, A::Assign]),
            (person(1), S::Withdrawn, vec![A::Duplicate]),
            (person(2), S::Withdrawn, vec![]),
            (person(9), S::Published, vec![]),
        ] {
            assert_eq!(allowed(Some(&actor), &situation(state)), expected, "{} {state:?}", actor.id);
        }
        assert_eq!(allowed(None, &situation(S::Published)), vec![]);
    }

    #[test]
    fn history_and_students_stand_in_the_way() {
        let known = Situation { has_history: true, ..situation(ProjectState::Draft) };
        assert!(!allowed(Some(&person(1)), &known).contains(&A::Delete));
        let taken = Situation { is_assigned: true, ..situation(ProjectState::Published) };
        assert_eq!(allowed(Some(&person(1)), &taken), vec![A::EditText]);
        assert_eq!(possible(&taken, A::Assign), Err(ErrorCode::ProjectAlreadyAssigned));
    }

    #[test]
    fn outside_the_dates_only_those_who_may_override_assign() {
        let closed = Situation { is_assignment_open: false, ..situation(ProjectState::Published) };
        let coordinator = Actor { coordinates: vec![DegreeId(1)], ..person(4) };
        assert!(!allowed(Some(&person(1)), &closed).contains(&A::Assign));
        assert!(allowed(Some(&coordinator), &closed).contains(&A::Assign));
    }

    #[test]
    fn without_validation_the_tutor_keeps_editing() {
        let free = Situation { requires_validation: false, ..situation(ProjectState::Published) };
        assert!(allowed(Some(&person(1)), &free).contains(&A::Edit));
    }
}
