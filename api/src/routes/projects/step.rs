//! What every verb on a project has in common.

use crate::auth::CurrentUser;
use crate::domain::project_actions::Situation;
use crate::error::{AppError, AppResult};
use crate::models::project::{self, ProjectRow};
use crate::models::project_view;
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ProjectId;
use gestfg_types::projects::{ProjectAction, ProjectState};

/// The project, locked, with what counts for what can be done with it. To who
/// may not see it, it does not exist.
pub(super) fn locked(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: ProjectId,
    present_year: i16,
) -> AppResult<(ProjectRow, Situation)> {
    let row = project::lock(conn, id)?;
    // Read after the lock was got: what it waited for counts.
    let detail = project_view::find_visible(conn, id, Some(user))?;
    let situation = detail.summary.situation(&detail.summary.rules(), present_year);
    Ok((row, situation))
}

/// What to say when the state stands in the way.
pub(super) fn refusal(code: ErrorCode, action: ProjectAction, state: ProjectState) -> AppError {
    let verb = match action {
        ProjectAction::Edit | ProjectAction::EditText => "edited",
        ProjectAction::Delete => "removed; withdraw it instead",
        ProjectAction::Submit => "submitted",
        ProjectAction::Validate => "validated",
        ProjectAction::Reject => "rejected",
        ProjectAction::Reopen => "taken back to draft",
        ProjectAction::Publish => "published",
        ProjectAction::Unpublish => "taken out of the catalogue",
        ProjectAction::Withdraw => "withdrawn",
        ProjectAction::Duplicate => "copied",
        ProjectAction::Assign => "assigned",
    };
    match code {
        ErrorCode::ProjectAlreadyAssigned => AppError::refuse(
            code,
            format!("It has students: it cannot be {verb}. Cancel the assignment first."),
        ),
        ErrorCode::TitleTaken => AppError::refuse(
            code,
            "It belongs to the present academic year: a copy would have the same title.",
        )
        .at("/title", gestfg_types::errors::FieldCode::Taken),
        _ => AppError::refuse(code, format!("A project that is {} cannot be {verb}.", state.as_str())),
    }
}
