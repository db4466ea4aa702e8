use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::availability_poll::{self, NewPoll};
use crate::models::call::{self, name_of};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::BASE;
use actix_web::{HttpResponse, post, web};
use diesel::OptionalExtension;
use gestfg_types::availability::{AvailabilityPoll, CreateAvailabilityPoll};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AvailabilityPollId, DegreeId};

/// Ask the professors of a call when they can sit in its committees; each is
/// told. By a coordinator of the degree or an admin.
#[utoipa::path(
    tag = "availability",
    request_body = CreateAvailabilityPoll,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = AvailabilityPoll, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/availability-polls")]
pub(super) async fn create_availability_poll(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateAvailabilityPoll>,
) -> AppResult<HttpResponse> {
    let (body, now, config) = (body.into_inner(), state.clock.now(), state.config.clone());
    let mut errors = FieldErrors::new();
    let message = errors.paragraphs("/message", &body.message, 2000);
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let unknown =
                    || AppError::invalid_field("/call_id", FieldCode::Unknown, "There is no such call.");
                let call =
                    call::find_visible(conn, body.call_id, Some(&user)).optional()?.ok_or_else(unknown)?;
                policy::may_manage_committees(&user, DegreeId(call.degree_id))?;
                let windows = call::windows_of_call(conn, body.call_id, Phase::Defence)?;
                let Some(defences) = windows.first() else {
                    let rule =
                        "Open the call and date its defences first: professors are asked about those days.";
                    return Err(AppError::refuse(ErrorCode::InvalidState, rule));
                };
                super::check_deadline(&mut errors, body.deadline, now, defences.ends_at);
                errors.into_result()?;
                let new = NewPoll {
                    call_id: call.id,
                    deadline: body.deadline,
                    message: &message,
                    asked_by: user.id.0,
                    asked_at: now,
                };
                let row = availability_poll::create(conn, &new)?;
                Entry::new("availability_poll.create", row.id)
                    .degree(DegreeId(call.degree_id))
                    .after(&row)
                    .record(conn, &(&user).into())?;
                let letter = Letter::AvailabilityAsked {
                    call: body.call_id,
                    name: name_of(&call.reference()),
                    deadline: row.deadline,
                    message: message.clone(),
                };
                let asked = availability_poll::list_asked(conn, body.call_id)?;
                notices::tell(conn, &config, now, &asked, &letter)?;
                let poll = availability_poll::find(conn, AvailabilityPollId(row.id), user.id)?;
                super::announce(conn, &poll)?;
                Ok(Created {
                    location: format!("{BASE}/availability-polls/{}", row.id),
                    version: Some(row.version),
                    body: super::show(conn, poll, &user)?,
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
