use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::allocation::record;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::{roles, student_record};
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, put, web};
use diesel::PgConnection;
use gestfg_types::applications::StudentRecord;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{DegreeId, UserId};

/// The degrees of a student, for who keeps one of them, or for the student; to others there is
/// no such student.
fn degrees(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: UserId,
    or_own: bool,
) -> AppResult<Vec<DegreeId>> {
    let studied = roles::find(conn, id)?.student.ok_or_else(|| AppError::not_found("student"))?;
    let degrees: Vec<DegreeId> = studied.into_iter().map(|degree| degree.id).collect();
    if policy::may_keep_student(user, &degrees) || (or_own && user.id == id) {
        return Ok(degrees);
    }
    Err(AppError::forbidden("Only the student, a coordinator of their degree or an admin may do this."))
}

/// A student's academic record, by which allocations order students: for themselves, coordinators
/// of their degree and admins.
#[utoipa::path(
    tag = "students",
    params(("id" = UserId, Path)),
    responses((status = 200, body = StudentRecord), Problems),
    security(("bearer" = []))
)]
#[get("/students/{id}/record")]
pub(super) async fn find_student_record(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let record = state
        .db
        .run(move |conn| {
            degrees(conn, &user, id, true)?;
            Ok(student_record::find(conn, id)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(StudentRecord { record }))
}

/// Write a student's academic record: coordinators of their degree and admins.
#[utoipa::path(
    tag = "students",
    params(("id" = UserId, Path)),
    request_body = StudentRecord,
    responses((status = 200, body = StudentRecord), Problems),
    security(("bearer" = []))
)]
#[put("/students/{id}/record")]
pub(super) async fn write_student_record(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
    body: web::Json<StudentRecord>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let given = body.into_inner().record.filter(|text| !text.trim().is_empty());
    let written = given
        .map(|text| {
            record::parse(&text).ok_or_else(|| {
                let sentence = "A record goes from 0 to 10, with two decimals at most.";
                AppError::invalid_field("/record", FieldCode::OutOfRange, sentence)
            })
        })
        .transpose()?;
    let record = state
        .db
        .write(move |conn| {
            let degrees = degrees(conn, &user, id, false)?;
            let before = student_record::find(conn, id)?;
            student_record::set(conn, &[(id, written.clone())])?;
            let mut entry = Entry::new("student.record", id.0);
            if let Some(degree) = degrees.into_iter().find(|degree| user.keeps_degree(*degree)) {
                entry = entry.degree(degree);
            }
            entry
                .before(&StudentRecord { record: before })
                .after(&StudentRecord { record: written.clone() })
                .record(conn, &(&user).into())?;
            Ok(written)
        })
        .await?;
    Ok(HttpResponse::Ok().json(StudentRecord { record }))
}
