use super::team;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::policy;
use crate::domain::project_actions;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::assignment::{self, AssignmentDetail};
use crate::models::audit::Entry;
use crate::models::{project, project_view};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::assignments::{Assignment, CreateAssignment};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AssignmentId, DegreeId, UserId};
use gestfg_types::projects::ProjectAction;

/// Give a published project to its students, by e-mail address or DNI/NIE.
///
/// By its tutor, the head of the tutor's department, a coordinator of the degree
/// or an admin. An unknown institutional student address gets an account and a
/// link to set its password. Students and tutors are told.
#[utoipa::path(
    tag = "assignments",
    request_body = CreateAssignment,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Assignment, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/assignments")]
pub(super) async fn create_assignment(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateAssignment>,
) -> AppResult<HttpResponse> {
    let (body, now, year) = (body.into_inner(), state.clock.now(), state.academic_year());
    let config = state.config.clone();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                // Lock order, everywhere: the project, then students by id.
                let project = project::lock(conn, body.project_id)?;
                let detail = project_view::find_visible(conn, body.project_id, Some(&user))?;
                let situation = detail.summary.situation(&detail.summary.rules(), year);
                policy::may_assign(&user, &situation.facts)?;
                project_actions::possible(&situation, ProjectAction::Assign).map_err(refusal)?;
                let team = team::gather(conn, &config, &user, &project, &body.students, now)?;
                let row = assignment::create(conn, &project, &team, user.id, now)?;
                let detail = assignment::find(conn, AssignmentId(row.id))?;
                Entry::new("assignment.create", row.id)
                    .degree(DegreeId(detail.degree_id))
                    .after(&serde_json::json!({"assignment": row, "students": team}))
                    .record(conn, &(&user).into())?;
                tell(conn, &config, now, &user, &detail)?;
                Ok(Created {
                    location: format!("{BASE}/assignments/{}", row.id),
                    version: Some(row.version),
                    body: views::assignments::assignment(detail, &user),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn refusal(code: ErrorCode) -> AppError {
    if code == ErrorCode::ProjectAlreadyAssigned {
        AppError::refuse(code, "The project is already assigned.")
            .at("/project_id", FieldCode::AlreadyAssigned)
    } else {
        AppError::refuse(code, "Only published projects are given to students.")
            .at("/project_id", FieldCode::InvalidState)
    }
}

fn tell(
    conn: &mut PgConnection,
    config: &Config,
    now: DateTime<Utc>,
    user: &CurrentUser,
    detail: &AssignmentDetail,
) -> AppResult<()> {
    let students = detail.students();
    let letter = Letter::Assigned {
        assignment: AssignmentId(detail.id),
        title: detail.project_title.clone(),
        tutor: detail.tutor_name.clone(),
        students: students.iter().map(|student| student.person.name.clone()).collect(),
    };
    notices::tell(conn, config, now, &concerned(user.id, detail), &letter)?;
    Ok(())
}

/// Students and tutors, but for who does it.
pub(super) fn concerned(by: UserId, detail: &AssignmentDetail) -> Vec<UserId> {
    let tutors = [Some(UserId(detail.tutor_id)), detail.cotutor_id.map(UserId)].into_iter().flatten();
    let students = detail.students().into_iter().map(|student| student.person.id);
    students.chain(tutors).filter(|person| *person != by).collect()
}
