use super::shown;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::{allocation_pin, allocation_round, application, application_view};
use crate::openapi::Problems;
use crate::routes::allocation_rounds::{announce, check_live, kept_round};
use actix_web::{HttpResponse, put, web};
use gestfg_types::allocation_runs::{AllocationPins, PinAllocation};
use gestfg_types::applications::ApplicationState;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, CallId, DegreeId};
use gestfg_types::projects::REASON_MAX;

/// Note an agreement made before: an application gets this project in every allocation of the
/// round, whether it asked for it or not. By coordinators of the degree and admins, with a reason.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), ("application_id" = ApplicationId, Path)),
    request_body = PinAllocation,
    responses((status = 200, body = AllocationPins), Problems),
    security(("bearer" = []))
)]
#[put("/allocation-rounds/{id}/pins/{application_id}")]
pub(super) async fn pin_allocation(
    user: CurrentUser,
    state: web::Data<AppState>,
    ids: web::Path<(AllocationRoundId, ApplicationId)>,
    body: web::Json<PinAllocation>,
) -> AppResult<HttpResponse> {
    let ((id, application), body, now) = (ids.into_inner(), body.into_inner(), state.clock.now());
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/reason", &body.reason, REASON_MAX);
    if reason.is_empty() {
        errors.push("/reason", FieldCode::Required, "A reason is required.");
    }
    errors.into_result()?;
    let pins = state
        .db
        .write(move |conn| {
            let (_, call) = kept_round(conn, &user, id)?;
            let round = allocation_round::lock(conn, id)?;
            check_live(&round)?;
            let row = application::lock(conn, application)?;
            if row.round_id != id.0 || row.state() != ApplicationState::Live {
                return Err(AppError::not_found("application"));
            }
            let asked = application_view::asked(conn, CallId(call.id), &[body.project_id])?;
            if !asked.get(&body.project_id).is_some_and(|project| project.is_offered && !project.is_assigned)
            {
                let sentence = "The project cannot be given in this round.";
                return Err(AppError::invalid_field("/project_id", FieldCode::InvalidState, sentence));
            }
            let before = allocation_pin::find(conn, application)?;
            let key = (id, application);
            let after = allocation_pin::write(conn, key, body.project_id, &reason, user.id, now)?;
            let mut entry = Entry::new("application.pin", application.0)
                .degree(DegreeId(round.degree_id))
                .reason(reason)
                .after(&after);
            if let Some(before) = &before {
                entry = entry.before(before);
            }
            entry.record(conn, &(&user).into())?;
            announce(conn, &round, &call)?;
            shown(conn, id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(pins))
}
