use super::content::{check_rules, department_of_tutor, level_of_degree, texts};
use super::step::announce;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::call;
use crate::models::project::{self, NewProject};
use crate::models::project_view;
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, ProjectId};
use gestfg_types::projects::{CreateProject, Project};
use gestfg_types::session::Permission;

/// Make a draft in the present academic year.
///
/// By its tutor-to-be, the head of the tutor's department, a coordinator of the
/// degree or an admin.
#[utoipa::path(
    tag = "projects",
    request_body = CreateProject,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Project, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/projects")]
pub(super) async fn create_project(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateProject>,
) -> AppResult<HttpResponse> {
    if !policy::permissions(&user).contains(&Permission::CreateProjects) {
        return Err(AppError::forbidden(
            "Projects are created by professors and those with duties over them.",
        ));
    }
    let (now, year) = (state.clock.now(), state.academic_year());
    let body = body.into_inner();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let new = parse(conn, &user, &body, year, now)?;
                let row = project::create(conn, &new)?;
                Entry::new("project.create", row.id)
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

fn parse(
    conn: &mut PgConnection,
    user: &CurrentUser,
    body: &CreateProject,
    year: i16,
    now: DateTime<Utc>,
) -> AppResult<NewProject> {
    let mut errors = FieldErrors::new();
    let tutor = body.tutor_id.unwrap_or(user.id);
    let department = department_of_tutor(conn, "/tutor_id", tutor, &mut errors)?;
    if let Some(department) = department {
        policy::may_create_project(user, tutor, department, body.degree_id)?;
    }
    let mut texts = texts(body, &mut errors);
    let level = level_of_degree(conn, body.degree_id, &mut errors)?;
    if level.is_some() {
        let count = Some(body.student_count);
        check_rules(conn, body.degree_id, year, Some(&mut texts.kind), count, &mut errors)?;
    }
    if let Some(cotutor) = body.cotutor_id {
        if cotutor == tutor {
            errors.push("/cotutor_id", FieldCode::SamePerson, "The tutor cannot also be the co-tutor.");
        } else {
            department_of_tutor(conn, "/cotutor_id", cotutor, &mut errors)?;
        }
    }
    errors.into_result()?;
    Ok(NewProject {
        degree_id: body.degree_id.0,
        level: level.unwrap_or_default(),
        academic_year: year,
        title: texts.title,
        kind: texts.kind,
        student_count: body.student_count,
        description: texts.description,
        prior_knowledge: texts.prior_knowledge,
        resources: texts.resources,
        keywords: texts.keywords,
        tutor_id: tutor.0,
        cotutor_id: body.cotutor_id.map(|id| id.0),
        duplicated_from: None,
        created_at: now,
    })
}
