use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::call::{self, NewCall};
use crate::models::{degree, sitting};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::{OptionalExtension, PgConnection};
use gestfg_types::calls::{Call, CreateCall, PhaseDates};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{CallId, DegreeId, SittingId};

/// Make a call, as a draft that only those who keep the degree see. By a
/// coordinator of the degree or an admin.
#[utoipa::path(
    tag = "calls",
    request_body = CreateCall,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Call, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/calls")]
pub(super) async fn create_call(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateCall>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    policy::may_manage_calls(&user, body.degree_id)?;
    let mut errors = FieldErrors::new();
    crate::routes::check_year(&mut errors, body.academic_year);
    super::check_dates(&mut errors, &body.phases);
    errors.into_result()?;
    let now = state.clock.now();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                check_degree(conn, body.degree_id)?;
                check_sitting(conn, body.sitting_id)?;
                let new = NewCall {
                    degree_id: body.degree_id.0,
                    academic_year: body.academic_year,
                    sitting_id: body.sitting_id.0,
                    copied_from: None,
                };
                make(conn, &user, &new, &body.phases, "call.create", now)
            })
        })
        .await?;
    Ok(created(&answer))
}

/// Make a draft, with its row of the audit log.
pub(super) fn make(
    conn: &mut PgConnection,
    user: &CurrentUser,
    new: &NewCall,
    dates: &[PhaseDates],
    action: &str,
    now: DateTime<Utc>,
) -> AppResult<Created<Call>> {
    let row = call::create(conn, new, dates)?;
    Entry::new(action, row.id)
        .degree(DegreeId(row.degree_id))
        .after(&serde_json::json!({"call": row, "phases": dates}))
        .record(conn, &user.into())?;
    let detail = call::find(conn, CallId(row.id))?;
    super::announce(conn, &detail)?;
    Ok(Created {
        location: format!("{BASE}/calls/{}", row.id),
        version: Some(row.version),
        body: views::calls::call(&detail, Some(user), now),
    })
}

fn check_degree(conn: &mut PgConnection, id: DegreeId) -> AppResult<()> {
    let unknown = || AppError::invalid_field("/degree_id", FieldCode::Unknown, "There is no such degree.");
    let degree = degree::lock(conn, id).optional()?.ok_or_else(unknown)?;
    if degree.is_active {
        return Ok(());
    }
    Err(AppError::invalid_field("/degree_id", FieldCode::Inactive, "The degree is deactivated."))
}

/// A sitting that can be chosen.
pub(super) fn check_sitting(conn: &mut PgConnection, id: SittingId) -> AppResult<()> {
    let unknown = || AppError::invalid_field("/sitting_id", FieldCode::Unknown, "There is no such sitting.");
    let sitting = sitting::find(conn, id).optional()?.ok_or_else(unknown)?;
    if sitting.is_active {
        return Ok(());
    }
    Err(AppError::invalid_field("/sitting_id", FieldCode::Inactive, "The sitting is deactivated."))
}
