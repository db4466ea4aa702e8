//! Assignments entered for evaluation in a call.

use crate::assignments::AssignedStudent;
use crate::calls::CallRef;
use crate::errors::Problem;
use crate::ids::{AssignmentId, CallId, EvaluationRequestId, ProjectId};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// Where an evaluation request is.
    EvaluationRequestState {
        /// Entered in the call.
        Requested = "requested",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

/// What the caller may do with an evaluation request now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationRequestAction {
    /// Take it back while the phase lasts.
    Withdraw,
    /// Take it back outside the phase, with a reason.
    WithdrawWithReason,
}

/// An assignment entered in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvaluationRequest {
    /// Its id.
    pub id: EvaluationRequestId,
    /// In which call.
    pub call: CallRef,
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// Its project.
    pub project_id: ProjectId,
    /// The project's title.
    pub project_title: String,
    /// The tutor.
    pub tutor: PersonRef,
    /// The co-tutor.
    pub cotutor: Option<PersonRef>,
    /// One to three students.
    pub students: Vec<AssignedStudent>,
    /// Where it is.
    pub state: EvaluationRequestState,
    /// Who entered it.
    pub requested_by: Option<PersonRef>,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When the minutes of its call were closed: then it stands in the way of no other call.
    pub settled_at: Option<DateTime<Utc>>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<EvaluationRequestAction>,
}

/// Enter an active assignment in a call of its degree.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateEvaluationRequest {
    /// Which call.
    pub call_id: CallId,
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// Why it is done outside the phase; admins and coordinators only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Enter several assignments in a call, each on its own account.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateEvaluationRequests {
    /// Which call.
    pub call_id: CallId,
    /// Which assignments.
    #[schema(min_items = 1, max_items = 200)]
    pub assignment_ids: Vec<AssignmentId>,
    /// Why it is done outside the phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// What became of one of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvaluationRequestOutcome {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// Its request, if it was entered.
    pub request: Option<EvaluationRequest>,
    /// Why not, if it was refused.
    pub problem: Option<Problem>,
}

/// What became of each, in the order asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvaluationRequestOutcomes {
    /// One for each assignment asked for.
    pub items: Vec<EvaluationRequestOutcome>,
}

/// Take a request back.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawEvaluationRequest {
    /// Why it is done outside the phase; admins and coordinators only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}
