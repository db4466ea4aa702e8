use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::conflict_of_interest::{self, Target};
use crate::models::{project_view, roles, unavailability};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use diesel::{OptionalExtension, PgConnection};
use gestfg_types::conflicts_of_interest::{ConflictOfInterest, DeclareConflict};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::UserId;

/// Declare that a professor may not judge a project or a student, or sit beside
/// another professor: exactly one of the three. By themselves; on behalf by a
/// coordinator or an admin.
#[utoipa::path(
    tag = "conflicts of interest",
    request_body = DeclareConflict,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = ConflictOfInterest, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/conflicts-of-interest")]
pub(super) async fn declare_conflict_of_interest(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<DeclareConflict>,
) -> AppResult<HttpResponse> {
    let (body, now) = (body.into_inner(), state.clock.now());
    let professor = body.professor_id.unwrap_or(user.id);
    policy::may_speak_for(&user, professor)?;
    let mut errors = FieldErrors::new();
    let reason = errors.line("/reason", &body.reason, 0, 500);
    let target = target(&mut errors, &body, professor);
    errors.into_result()?;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                check_people(conn, professor, target, &user)?;
                let id = conflict_of_interest::create(conn, professor, target, &reason, user.id, now)?;
                let row = conflict_of_interest::find(conn, id)?;
                Entry::new("conflict_of_interest.declare", id.0).after(&row).record(conn, &(&user).into())?;
                Ok(Created {
                    location: format!("{BASE}/conflicts-of-interest/{id}"),
                    version: None,
                    body: views::conflicts_of_interest::conflict(row),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

/// The one of the three that was given. What stands in its place when none or
/// several were is never used: the errors say so.
fn target(errors: &mut FieldErrors, body: &DeclareConflict, professor: UserId) -> Target {
    match (body.project_id, body.student_id, body.other_professor_id) {
        (Some(id), None, None) => return Target::Project(id),
        (None, Some(id), None) if id != professor => return Target::Student(id),
        (None, None, Some(id)) if id != professor => return Target::Professor(id),
        (None, None, None) => {
            errors.push("/project_id", FieldCode::Required, "Say with which project, student or professor.");
        }
        (None, Some(_), None) => {
            errors.push("/student_id", FieldCode::SamePerson, "Nobody is in conflict with themselves.");
        }
        (None, None, Some(_)) => {
            errors.push(
                "/other_professor_id",
                FieldCode::SamePerson,
                "Nobody is in conflict with themselves.",
            );
        }
        _ => {
            errors.push("/project_id", FieldCode::NotAllowed, "One project, student or professor at a time.");
        }
    }
    Target::Professor(professor)
}

/// Everybody named is what they are named as, and the project one the caller may see.
fn check_people(
    conn: &mut PgConnection,
    professor: UserId,
    target: Target,
    user: &CurrentUser,
) -> AppResult<()> {
    let refuse = |pointer: &str, code, sentence: &str| Err(AppError::invalid_field(pointer, code, sentence));
    if unavailability::lock_professor(conn, professor).optional()?.is_none() {
        return refuse("/professor_id", FieldCode::NotAProfessor, "This person is no professor.");
    }
    match target {
        Target::Project(id) => {
            if project_view::find_visible(conn, id, Some(user)).optional()?.is_none() {
                return refuse("/project_id", FieldCode::Unknown, "There is no such project.");
            }
        }
        Target::Student(id) if roles::find(conn, id)?.student.is_none() => {
            return refuse("/student_id", FieldCode::NotAStudent, "This person is no student.");
        }
        Target::Professor(id) if roles::find(conn, id)?.professor.is_none() => {
            return refuse("/other_professor_id", FieldCode::NotAProfessor, "This person is no professor.");
        }
        Target::Student(_) | Target::Professor(_) => {}
    }
    Ok(())
}
