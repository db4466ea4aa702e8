//! Assignments.

use crate::domain::actor::Actor;
use crate::domain::policy;
use crate::models::assignment::{AssignmentDetail, assignment_state_of};
use gestfg_types::assignments::{Assignment, AssignmentAction, AssignmentState};
use gestfg_types::ids::{AssignmentId, DegreeId, ProjectId, UserId};
use gestfg_types::session::DegreeRef;
use gestfg_types::users::PersonRef;

/// What this person may do with an assignment now.
#[must_use]
pub fn allowed_actions(row: &AssignmentDetail, viewer: &Actor) -> Vec<AssignmentAction> {
    let is_active = assignment_state_of(&row.state) == AssignmentState::Active;
    if is_active && policy::may_assign(viewer, &row.facts()).is_ok() {
        vec![AssignmentAction::Cancel]
    } else {
        Vec::new()
    }
}

/// An assignment, for this viewer.
#[must_use]
pub fn assignment(row: AssignmentDetail, viewer: &Actor) -> Assignment {
    let (allowed_actions, students) = (allowed_actions(&row, viewer), row.students());
    let AssignmentDetail {
        id,
        project_id,
        project_title,
        project_state: _,
        degree_id,
        degree_code,
        degree_name,
        tutor_id,
        tutor_name,
        department_id: _,
        cotutor_id,
        cotutor_name,
        students: _,
        state,
        assigner_id,
        assigner_name,
        created_at,
        cancelled_at,
        cancel_reason,
        version,
    } = row;
    let person = |(id, name)| PersonRef { id: UserId(id), name };
    Assignment {
        id: AssignmentId(id),
        project_id: ProjectId(project_id),
        project_title,
        degree: DegreeRef { id: DegreeId(degree_id), code: degree_code, name: degree_name },
        tutor: person((tutor_id, tutor_name)),
        cotutor: cotutor_id.zip(cotutor_name).map(person),
        students,
        state: assignment_state_of(&state),
        assigned_by: assigner_id.zip(assigner_name).map(person),
        created_at,
        cancelled_at,
        cancel_reason,
        version,
        allowed_actions,
    }
}
