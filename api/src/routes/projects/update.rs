use super::content::{changes, check_rules, department_of_tutor, level_of_degree, touch_more_than_texts};
use super::step::{announce, locked, refusal};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::project_actions::{self, Situation};
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::call;
use crate::models::project::{self, ProjectChanges, ProjectRow};
use crate::models::project_view;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DegreeId, ProjectId, UserId};
use gestfg_types::projects::{Project, ProjectAction, ProjectState, UpdateProject};

/// Change a project.
///
/// A co-tutor changes the texts (description, prior knowledge, resources,
/// keywords); so does the tutor once the project is validated, which keeps its
/// state. Fields that repeat what is stored count as absent.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    request_body = UpdateProject,
    responses((status = 200, body = Project, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/projects/{id}")]
pub(super) async fn update_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
    body: web::Json<UpdateProject>,
) -> AppResult<HttpResponse> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let (now, year) = (state.clock.now(), state.academic_year());
    let project = state
        .db
        .write(move |conn| {
            let (before, situation) = locked(conn, &user, id, year)?;
            let mut errors = FieldErrors::new();
            let mut changes = changes(body, &before, &mut errors);
            let action =
                if touch_more_than_texts(&changes) { ProjectAction::Edit } else { ProjectAction::EditText };
            project_actions::permits(&user, &situation, action)?;
            version.check(before.version)?;
            project_actions::possible(&situation, action)
                .map_err(|code| refusal(code, action, situation.facts.state))?;
            check(conn, &user, &before, &situation, &mut changes, &mut errors)?;
            errors.into_result()?;
            let after = project::update(conn, id, &changes)?;
            Entry::new("project.update", id.0)
                .degree(DegreeId(after.degree_id))
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let detail = project_view::find(conn, id)?;
            announce(conn, &detail)?;
            let today = call::today(conn, Some(&user), year, now)?;
            Ok(views::projects::project(detail, Some(&user), &today))
        })
        .await?;
    Ok(versioned(project.summary.version, &project))
}

/// What changes must agree with the people, degrees and rules there are.
fn check(
    conn: &mut PgConnection,
    user: &CurrentUser,
    before: &ProjectRow,
    situation: &Situation,
    changes: &mut ProjectChanges,
    errors: &mut FieldErrors,
) -> AppResult<()> {
    let degree = DegreeId(changes.degree_id.unwrap_or(before.degree_id));
    let tutor = UserId(changes.tutor_id.unwrap_or(before.tutor_id));
    let mut department = Some(situation.facts.department);
    if changes.tutor_id.is_some() {
        policy::may_change_tutor(user, &situation.facts)?;
        department = department_of_tutor(conn, "/tutor_id", tutor, errors)?;
    }
    if changes.degree_id.is_some() {
        if situation.facts.state != ProjectState::Draft {
            return Err(AppError::refuse(
                ErrorCode::InvalidState,
                "The degree of a project can be changed only while it is a draft.",
            )
            .at("/degree_id", FieldCode::InvalidState));
        }
        changes.level = level_of_degree(conn, degree, errors)?;
    }
    if let Some(department) = department.filter(|_| changes.tutor_id.is_some() || changes.degree_id.is_some())
    {
        // Nobody moves a project to where they could not have made it.
        policy::may_create_project(user, tutor, department, degree)?;
    }
    let cotutor = changes.cotutor_id.unwrap_or(before.cotutor_id);
    if cotutor == Some(tutor.0) {
        errors.push("/cotutor_id", FieldCode::SamePerson, "The tutor cannot also be the co-tutor.");
    } else if let Some(Some(cotutor)) = changes.cotutor_id {
        department_of_tutor(conn, "/cotutor_id", UserId(cotutor), errors)?;
    }
    let moved = changes.degree_id.is_some();
    let count = changes.student_count.or(moved.then_some(before.student_count));
    if moved && changes.kind.is_none() {
        changes.kind = Some(before.kind.clone());
    }
    check_rules(conn, degree, before.academic_year, changes.kind.as_mut(), count, errors)?;
    if let Some(count) = changes.student_count
        && project::active_team_size(conn, ProjectId(before.id))? > i64::from(count)
    {
        errors.push(
            "/student_count",
            FieldCode::OutOfRange,
            "More students than that have been assigned already.",
        );
    }
    Ok(())
}
