//! Entering one assignment in a call: what one request and each of several do.

use super::announce;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::mail::Letter;
use crate::models::assignment::{self, assignment_state_of};
use crate::models::audit::Entry;
use crate::models::call::{self, CallDetail, name_of};
use crate::models::evaluation_request::{self, EvaluationRequestDetail};
use crate::models::project;
use crate::notices;
use crate::routes::gate;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::assignments::AssignmentState;
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, EvaluationRequestId, ProjectId};

/// Who enters, in which call, when and why although it is closed.
pub(super) struct Entering<'a> {
    pub(super) user: &'a CurrentUser,
    pub(super) call: &'a CallDetail,
    pub(super) reason: Option<&'a str>,
    pub(super) now: DateTime<Utc>,
    pub(super) config: &'a Config,
}

/// The call, if the caller may know of it and it has been opened.
pub(super) fn opened_call(conn: &mut PgConnection, user: &CurrentUser, id: CallId) -> AppResult<CallDetail> {
    let call = call::find_visible(conn, id, Some(user)).map_err(|error| match error {
        diesel::NotFound => AppError::invalid_field("/call_id", FieldCode::Unknown, "There is no such call."),
        other => other.into(),
    })?;
    if call.opened_at.is_some() {
        return Ok(call);
    }
    Err(AppError::refuse(ErrorCode::InvalidState, "The call is still a draft.")
        .at("/call_id", FieldCode::InvalidState))
}

impl Entering<'_> {
    /// Enter this assignment, in the caller's transaction.
    ///
    /// Locks in the order of everybody: call, project, assignment. Whoever
    /// cancels the assignment or moves the dates at the same time is waited for.
    pub(super) fn enter(
        &self,
        conn: &mut PgConnection,
        id: AssignmentId,
    ) -> AppResult<EvaluationRequestDetail> {
        let windows = call::windows_of_call(conn, CallId(self.call.id), Phase::EvaluationRequest)?;
        let unknown = |error| match error {
            diesel::NotFound => {
                let sentence = "There is no such assignment, or you may not see it.";
                AppError::invalid_field("/assignment_id", FieldCode::Unknown, sentence)
            }
            other => AppError::from(other),
        };
        let found = assignment::find_visible(conn, id, self.user).map_err(unknown)?;
        policy::may_request_evaluation(self.user, &found.facts(), &found.student_ids())?;
        project::lock(conn, ProjectId(found.project_id))?;
        assignment::lock(conn, id)?;
        // Read after the locks were got: what they waited for counts.
        let detail = assignment::find_visible(conn, id, self.user).map_err(unknown)?;
        let degree = DegreeId(detail.degree_id);
        if detail.degree_id != self.call.degree_id {
            return Err(AppError::invalid_field(
                "/assignment_id",
                FieldCode::NotAllowed,
                "The assignment is of another degree than the call.",
            ));
        }
        if assignment_state_of(&detail.state) != AssignmentState::Active {
            return Err(AppError::refuse(
                ErrorCode::InvalidState,
                format!("An assignment that is {} is not entered in calls.", detail.state),
            )
            .at("/assignment_id", FieldCode::InvalidState));
        }
        if detail.evaluation_request_id.is_some() {
            return Err(AppError::refuse(
                ErrorCode::AlreadyRequested,
                "The assignment is entered in a call already.",
            )
            .at("/assignment_id", FieldCode::Taken));
        }
        let gate = (Phase::EvaluationRequest, windows.as_slice());
        let passage = gate::pass(gate, (self.user, degree), self.reason, self.now, self.config)?;
        let call = CallId(self.call.id);
        let row = evaluation_request::create(conn, call, &detail, self.user.id, self.now)?;
        Entry::new("evaluation_request.create", row.id)
            .degree(degree)
            .override_reason(&passage)
            .after(&row)
            .record(conn, &self.user.into())?;
        let letter = Letter::EvaluationRequested {
            assignment: id,
            title: detail.project_title.clone(),
            call: name_of(&self.call.reference()),
        };
        notices::tell(conn, self.config, self.now, &detail.concerned(self.user.id), &letter)?;
        announce(conn, row.id, &detail)?;
        Ok(evaluation_request::find(conn, EvaluationRequestId(row.id))?)
    }
}
