use super::step::{announce, locked, refusal};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::project_actions;
use crate::domain::text::{FieldErrors, fold};
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::call;
use crate::models::degree;
use crate::models::project::{self, NewProject, ProjectRow};
use crate::models::project_view;
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::routes::projects::content::{department_of_tutor, level_of_degree};
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::ids::{DegreeId, ProjectId, UserId};
use gestfg_types::projects::{Project, ProjectAction};

/// Copy a project of an earlier year, or a withdrawn one, into the present
/// academic year, as a draft of the same tutor.
///
/// By who may edit it. Places and kind are fitted to this year's rules, a
/// co-tutor who has left is left out.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Project, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/duplicate")]
pub(super) async fn duplicate_project(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
) -> AppResult<HttpResponse> {
    let (id, now, year) = (id.into_inner(), state.clock.now(), state.academic_year());
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &id, |conn| {
                let (source, situation) = locked(conn, &user, id, year)?;
                project_actions::permits(&user, &situation, ProjectAction::Duplicate)?;
                project_actions::possible(&situation, ProjectAction::Duplicate)
                    .map_err(|code| refusal(code, ProjectAction::Duplicate, situation.facts.state))?;
                let new = copy(conn, source, year, now)?;
                let row = project::create(conn, &new)?;
                Entry::new("project.duplicate", row.id)
                    .degree(DegreeId(row.degree_id))
                    .after(&row)
                    .record(conn, &(&user).into())?;
                let detail = project_view::find(conn, ProjectId(row.id))?;
                let today = call::today(conn, Some(&user), year, now)?;
                announce(conn, &detail)?;
                Ok(Created {
                    location: format!("{BASE}/projects/{}", row.id),
                    version: Some(row.version),
                    body: views::projects::project(detail, Some(&user), &today),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn copy(conn: &mut PgConnection, source: ProjectRow, year: i16, now: DateTime<Utc>) -> AppResult<NewProject> {
    let mut errors = FieldErrors::new();
    department_of_tutor(conn, "/tutor_id", UserId(source.tutor_id), &mut errors)?;
    let level = level_of_degree(conn, DegreeId(source.degree_id), &mut errors)?;
    errors.into_result()?;
    let mut gone = FieldErrors::new();
    if let Some(cotutor) = source.cotutor_id {
        department_of_tutor(conn, "/cotutor_id", UserId(cotutor), &mut gone)?;
    }
    let rules =
        degree::rules_of(conn, &[source.degree_id], year)?.remove(&source.degree_id).unwrap_or_default();
    let kind = if rules.project_kinds.is_empty() {
        source.kind
    } else {
        rules.project_kinds.into_iter().find(|kind| fold(kind) == fold(&source.kind)).unwrap_or_default()
    };
    Ok(NewProject {
        degree_id: source.degree_id,
        level: level.unwrap_or(source.level),
        academic_year: year,
        title: source.title,
        kind,
        student_count: source.student_count.min(i16::from(rules.max_students_per_project)),
        description: source.description,
        prior_knowledge: source.prior_knowledge,
        resources: source.resources,
        keywords: source.keywords,
        tutor_id: source.tutor_id,
        cotutor_id: source.cotutor_id.filter(|_| gone.is_empty()),
        duplicated_from: Some(source.id),
        created_at: now,
    })
}
