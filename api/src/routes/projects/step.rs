//! What every verb on a project has in common.

use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::phase_gate::Today;
use crate::domain::project_actions::{self, Situation, action_of};
use crate::domain::project_state::{self, Step};
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::call;
use crate::models::project::{self, ProjectChanges, ProjectRow, state_of};
use crate::models::project_view::{self, DetailRow};
use crate::models::update::Change;
use crate::notices;
use crate::views;
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DegreeId, ProjectId, UserId};
use gestfg_types::projects::{ProjectAction, ProjectState, REASON_MAX, Reason};
use gestfg_types::updates::UpdateTopic;

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
    let situation = detail.summary.situation(&detail.summary.rules(), &Today::of_year(present_year));
    Ok((row, situation))
}

/// Hint at a change to those whose lists show the project.
pub(super) fn announce(conn: &mut PgConnection, detail: &DetailRow) -> AppResult<()> {
    let facts = detail.summary.facts();
    let mut change = Change::of(UpdateTopic::Projects)
        .subject(detail.summary.id)
        .people([facts.tutor].into_iter().chain(facts.cotutor))
        .degree(facts.degree)
        .department(facts.department);
    // What is or was in the catalogue is on everybody's screen.
    if detail.summary.published_at.is_some() {
        change = change.everybody();
    }
    Ok(change.publish(conn)?)
}

/// A written reason, which must say something.
pub(crate) fn given(body: &Reason) -> AppResult<String> {
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/reason", &body.reason, REASON_MAX);
    if reason.is_empty() {
        errors.push("/reason", FieldCode::Required, "A reason is required.");
    }
    errors.into_result()?;
    Ok(reason)
}

/// Take a step of a project's life: may this person, is it what they saw, does
/// the project allow it; then the new state, the audit log and the notices.
pub(super) async fn take(
    state: &AppState,
    user: CurrentUser,
    version: IfMatch,
    id: ProjectId,
    step: Step,
    reason: Option<String>,
) -> AppResult<HttpResponse> {
    let (now, year) = (state.clock.now(), state.academic_year());
    let config = state.config.clone();
    let project = state
        .db
        .write(move |conn| {
            let (before, situation) = locked(conn, &user, id, year)?;
            project_actions::permits(&user, &situation, action_of(step))?;
            version.check(before.version)?;
            let next = project_state::after(situation.standing(), step)
                .map_err(|code| refusal(code, action_of(step), situation.facts.state))?;
            let changes = changes_of(step, next, &user, reason.as_deref(), now);
            let after = project::update(conn, id, &changes)?;
            let mut entry = Entry::new(audit_name(step), id.0).degree(DegreeId(after.degree_id));
            if let Some(reason) = &reason {
                entry = entry.reason(reason);
            }
            entry.before(&before).after(&after).record(conn, &(&user).into())?;
            let detail = project_view::find(conn, id)?;
            tell(conn, &config, now, &user, &detail, reason, step)?;
            announce(conn, &detail)?;
            let today = call::today(conn, Some(&user), year, now)?;
            Ok(views::projects::project(detail, Some(&user), &today))
        })
        .await?;
    Ok(versioned(project.summary.version, &project))
}

fn changes_of(
    step: Step,
    next: ProjectState,
    user: &CurrentUser,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> ProjectChanges {
    let reason = reason.map(|reason| Some(reason.to_owned()));
    let state = Some(next.as_str().to_owned());
    let unchanged = ProjectChanges { state, ..ProjectChanges::default() };
    match step {
        Step::Submit => ProjectChanges {
            submitted_at: Some(Some(now)),
            rejection_reason: Some(None),
            validated_at: Some((next == ProjectState::Validated).then_some(now)),
            validated_by: Some(None),
            ..unchanged
        },
        Step::Validate => {
            ProjectChanges { validated_at: Some(Some(now)), validated_by: Some(Some(user.id.0)), ..unchanged }
        }
        Step::Reject => ProjectChanges { rejection_reason: reason, ..unchanged },
        Step::Reopen => unchanged,
        Step::Publish => ProjectChanges { published_at: Some(Some(now)), ..unchanged },
        Step::Unpublish => ProjectChanges { published_at: Some(None), ..unchanged },
        Step::Withdraw => {
            ProjectChanges { withdrawn_at: Some(Some(now)), withdrawal_reason: reason, ..unchanged }
        }
    }
}

const fn audit_name(step: Step) -> &'static str {
    match step {
        Step::Submit => "project.submit",
        Step::Validate => "project.validate",
        Step::Reject => "project.reject",
        Step::Reopen => "project.reopen",
        Step::Publish => "project.publish",
        Step::Unpublish => "project.unpublish",
        Step::Withdraw => "project.withdraw",
    }
}

/// Tell those concerned, but for who did it.
fn tell(
    conn: &mut PgConnection,
    config: &Config,
    now: DateTime<Utc>,
    user: &CurrentUser,
    detail: &DetailRow,
    reason: Option<String>,
    step: Step,
) -> AppResult<()> {
    let summary = &detail.summary;
    let (project, title) = (ProjectId(summary.id), summary.title.clone());
    let facts = summary.facts();
    let mut people: Vec<UserId> = [Some(facts.tutor), facts.cotutor].into_iter().flatten().collect();
    let reason = reason.unwrap_or_default();
    let letter = match step {
        Step::Submit if state_of(&summary.state) == ProjectState::Submitted => {
            let deciders = project::list_deciders(conn, facts.degree, facts.department)?;
            people = deciders.into_iter().filter(|person| !people.contains(person)).collect();
            Letter::ProjectSubmitted { project, title, tutor: summary.tutor_name.clone() }
        }
        Step::Validate => Letter::ProjectValidated { project, title },
        Step::Reject => Letter::ProjectRejected { project, title, reason },
        Step::Publish => Letter::ProjectPublished { project, title },
        Step::Withdraw => Letter::ProjectWithdrawn { project, title, reason },
        Step::Submit | Step::Reopen | Step::Unpublish => return Ok(()),
    };
    people.retain(|person| *person != user.id);
    notices::tell(conn, config, now, &people, &letter)?;
    Ok(())
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
        .at("/title", FieldCode::Taken),
        _ => AppError::refuse(code, format!("A project that is {} cannot be {verb}.", state.as_str())),
    }
}
