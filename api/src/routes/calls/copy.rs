use super::create::make;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::domain::year_shift;
use crate::error::AppResult;
use crate::extract::{Idempotency, created};
use crate::models::call::{self, NewCall};
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::calls::{Call, CopyCall, PhaseDates};
use gestfg_types::ids::{CallId, DegreeId};

/// Copy a call into another academic year, as a draft, with its dates moved by
/// as many years. By a coordinator of the degree or an admin.
#[utoipa::path(
    tag = "calls",
    request_body = CopyCall,
    params(("id" = CallId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Call, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/calls/{id}/copy")]
pub(super) async fn copy_call(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
    body: web::Json<CopyCall>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let zone = state.config.time_zone;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let source = call::find_visible(conn, id, Some(&user))?;
                policy::may_manage_calls(&user, DegreeId(source.degree_id))?;
                let year = body.academic_year.unwrap_or(source.academic_year + 1);
                let mut errors = FieldErrors::new();
                crate::routes::check_year(&mut errors, year);
                errors.into_result()?;
                let years = i32::from(year) - i32::from(source.academic_year);
                let shift = |at| year_shift::shift(at, years, body.keeps, zone);
                let dates: Vec<_> = source
                    .dates()
                    .into_iter()
                    .map(|dates| PhaseDates {
                        phase: dates.phase,
                        starts_at: shift(dates.starts_at),
                        ends_at: shift(dates.ends_at),
                    })
                    .collect();
                let new = NewCall {
                    degree_id: source.degree_id,
                    academic_year: year,
                    sitting_id: source.sitting_id,
                    copied_from: Some(id.0),
                };
                make(conn, &user, &new, &dates, "call.copy", now)
            })
        })
        .await?;
    Ok(created(&answer))
}
