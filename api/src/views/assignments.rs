//! Assignments.

use crate::domain::actor::Actor;
use crate::domain::phase_gate::OpenPhases;
use crate::domain::policy;
use crate::models::assignment::{AssignmentDetail, assignment_state_of};
use gestfg_types::assignments::{Assignment, AssignmentAction, AssignmentState};
use gestfg_types::calls::Phase;
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, EvaluationRequestId, ProjectId, UserId};
use gestfg_types::session::DegreeRef;
use gestfg_types::users::PersonRef;

/// What this person may do with an assignment while these phases are open.
#[must_use]
pub fn allowed_actions(row: &AssignmentDetail, viewer: &Actor, open: &OpenPhases) -> Vec<AssignmentAction> {
    if assignment_state_of(&row.state) != AssignmentState::Active {
        return Vec::new();
    }
    let (facts, students) = (row.facts(), row.student_ids());
    let keeps = viewer.keeps_degree(facts.degree);
    let is_open = |phase| open.contains(facts.degree, phase);
    let may_cancel =
        policy::may_assign(viewer, &facts).is_ok() && (keeps || is_open(Phase::ProjectAssignment));
    let may_request = row.evaluation_request_id.is_none()
        && policy::may_request_evaluation(viewer, &facts, &students).is_ok()
        && is_open(Phase::EvaluationRequest);
    let may_write = students.contains(&viewer.id) || facts.is_own(viewer);
    [
        (AssignmentAction::Cancel, may_cancel),
        (AssignmentAction::RequestEvaluation, may_request),
        (AssignmentAction::Write, may_write),
    ]
    .into_iter()
    .filter_map(|(action, may)| may.then_some(action))
    .collect()
}

/// An assignment, for this viewer while these phases are open.
#[must_use]
pub fn assignment(row: AssignmentDetail, viewer: &Actor, open: &OpenPhases) -> Assignment {
    let (allowed_actions, students) = (allowed_actions(&row, viewer, open), row.students());
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
        evaluation_request_id,
        live_call_id,
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
        evaluation_request_id: evaluation_request_id.map(EvaluationRequestId),
        call_id: live_call_id.map(CallId),
        version,
        allowed_actions,
    }
}
