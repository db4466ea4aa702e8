use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::call::{self, CallChanges};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::calls::{Call, UpdateCall};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CallId, DegreeId};
use serde_json::json;

/// Change a call. By a coordinator of the degree or an admin. The dates can
/// always be changed, and those of an opened call with a notice to those they
/// concern; sitting and year only while it is a draft.
#[utoipa::path(
    tag = "calls",
    params(("id" = CallId, Path), ("If-Match" = String, Header)),
    request_body = UpdateCall,
    responses((status = 200, body = Call, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/calls/{id}")]
pub(super) async fn update_call(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
    body: web::Json<UpdateCall>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let mut errors = FieldErrors::new();
    crate::routes::check_year(&mut errors, body.academic_year.unwrap_or(2000));
    super::check_dates(&mut errors, body.phases.as_deref().unwrap_or_default());
    let found = state
        .db
        .write(move |conn| {
            call::find_visible(conn, id, Some(&user))?;
            let before = call::lock(conn, id)?;
            policy::may_manage_calls(&user, DegreeId(before.degree_id))?;
            version.check(before.version)?;
            errors.into_result()?;
            let moves = body.sitting_id.is_some_and(|sitting| sitting.0 != before.sitting_id)
                || body.academic_year.is_some_and(|year| year != before.academic_year);
            if moves && before.opened_at.is_some() {
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    "Sitting and year of a call that was opened stay as they are.",
                ));
            }
            if let Some(sitting) = body.sitting_id.filter(|_| moves) {
                super::create::check_sitting(conn, sitting)?;
            }
            // Read under the lock, so that the log has what was really replaced.
            let dates_before = call::find(conn, id)?.dates();
            let changes = CallChanges {
                academic_year: body.academic_year,
                sitting_id: body.sitting_id.map(|id| id.0),
                opened_at: None,
            };
            let after = call::update(conn, id, &changes, body.phases.as_deref())?;
            let detail = call::find(conn, id)?;
            Entry::new("call.update", id.0)
                .degree(DegreeId(after.degree_id))
                .before(&json!({"call": before, "phases": dates_before}))
                .after(&json!({"call": after, "phases": detail.dates()}))
                .record(conn, &(&user).into())?;
            if detail.opened_at.is_some() {
                super::moved::tell(conn, &config, now, user.id, &dates_before, &detail)?;
            }
            super::announce(conn, &detail)?;
            Ok(views::calls::call(&detail, Some(&user), now))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
