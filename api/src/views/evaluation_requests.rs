//! Evaluation requests.

use crate::domain::actor::Actor;
use crate::domain::phase_gate::OpenPhases;
use crate::domain::policy;
use crate::models::evaluation_request::{EvaluationRequestDetail, request_state_of};
use gestfg_types::calls::Phase;
use gestfg_types::evaluation_requests::{EvaluationRequest, EvaluationRequestAction, EvaluationRequestState};
use gestfg_types::ids::{AssignmentId, CallId, EvaluationRequestId, ProjectId, UserId};
use gestfg_types::users::PersonRef;

/// A request, for this viewer while these phases are open.
#[must_use]
pub fn evaluation_request(
    row: EvaluationRequestDetail,
    viewer: &Actor,
    open: &OpenPhases,
) -> EvaluationRequest {
    let (call, allowed_actions) = (row.call(), allowed_actions(&row, viewer, open));
    let students = row.assignment.students();
    let person = |(id, name)| PersonRef { id: UserId(id), name };
    let (tutor, cotutor) = (
        (row.assignment.tutor_id, row.assignment.tutor_name),
        row.assignment.cotutor_id.zip(row.assignment.cotutor_name),
    );
    EvaluationRequest {
        id: EvaluationRequestId(row.request_id),
        call,
        assignment_id: AssignmentId(row.assignment.id),
        project_id: ProjectId(row.assignment.project_id),
        project_title: row.assignment.project_title,
        tutor: person(tutor),
        cotutor: cotutor.map(person),
        students,
        state: request_state_of(&row.request_state),
        requested_by: row.requester_id.zip(row.requester_name).map(person),
        requested_at: row.requested_at,
        withdrawn_at: row.withdrawn_at,
        settled_at: row.settled_at,
        version: row.request_version,
        allowed_actions,
    }
}

fn allowed_actions(
    row: &EvaluationRequestDetail,
    viewer: &Actor,
    open: &OpenPhases,
) -> Vec<EvaluationRequestAction> {
    let facts = row.assignment.facts();
    let live =
        request_state_of(&row.request_state) == EvaluationRequestState::Requested && row.settled_at.is_none();
    if !live || policy::may_request_evaluation(viewer, &facts, &row.assignment.student_ids()).is_err() {
        return Vec::new();
    }
    if open.contains_call(CallId(row.call_id), Phase::EvaluationRequest) {
        vec![EvaluationRequestAction::Withdraw]
    } else if viewer.keeps_degree(facts.degree) {
        vec![EvaluationRequestAction::WithdrawWithReason]
    } else {
        Vec::new()
    }
}
