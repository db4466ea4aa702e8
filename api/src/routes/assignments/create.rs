use super::team;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::phase_gate::Today;
use crate::domain::policy;
use crate::domain::project_actions;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::assignment::{self, AssignmentDetail};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{call, project, project_view};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::{BASE, gate};
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::assignments::{Assignment, CreateAssignment};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::AssignmentId;
use gestfg_types::projects::ProjectAction;
use gestfg_types::updates::UpdateTopic;

/// Give a published project to its students, by e-mail address or DNI/NIE.
///
/// By its tutor, the head of the tutor's department, a coordinator of the degree
/// or an admin, while a call of the degree is in the phase `project_assignment`;
/// coordinators and admins also outside it, with `override_reason`. An unknown
/// institutional student address gets an account and a link to set its password.
/// Students and tutors are told.
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
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                // Lock order, everywhere: the project, then students by id.
                let project = project::lock(conn, body.project_id)?;
                let detail = project_view::find_visible(conn, body.project_id, Some(&user))?;
                let situation = detail.summary.situation(&detail.summary.rules(), &Today::of_year(year));
                policy::may_assign(&user, &situation.facts)?;
                project_actions::possible(&situation, ProjectAction::Assign).map_err(refusal)?;
                let degree = situation.facts.degree;
                let windows = call::windows(conn, degree, Phase::ProjectAssignment)?;
                let gate = (Phase::ProjectAssignment, windows.as_slice());
                let passage = gate::pass(gate, (&user, degree), reason.as_deref(), now, &config)?;
                let team = team::gather(conn, &config, &user, &project, &body.students, now)?;
                let row = assignment::create(conn, &project, &team, user.id, now)?;
                let detail = assignment::find(conn, AssignmentId(row.id))?;
                Entry::new("assignment.create", row.id)
                    .degree(degree)
                    .override_reason(&passage)
                    .after(&serde_json::json!({"assignment": row, "students": team}))
                    .record(conn, &(&user).into())?;
                tell(conn, &config, now, &user, &detail)?;
                let open = call::open_phases(conn, now)?;
                Ok(Created {
                    location: format!("{BASE}/assignments/{}", row.id),
                    version: Some(row.version),
                    body: views::assignments::assignment(detail, &user, &open),
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
    notices::tell(conn, config, now, &detail.concerned(user.id), &letter)?;
    announce(conn, detail)?;
    Ok(())
}

/// Hint at a change to those whose lists show the assignment or its project.
pub(super) fn announce(conn: &mut PgConnection, detail: &AssignmentDetail) -> QueryResult<()> {
    let facts = detail.facts();
    let people = || detail.student_ids().into_iter().chain([facts.tutor]).chain(facts.cotutor);
    Change::of(UpdateTopic::Assignments)
        .subject(detail.id)
        .people(people())
        .degree(facts.degree)
        .department(facts.department)
        .publish(conn)?;
    // Whether a project is free is shown in the catalogue.
    Change::of(UpdateTopic::Projects).subject(detail.project_id).everybody().publish(conn)
}
