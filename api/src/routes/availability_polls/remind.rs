use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::versioned;
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::availability_poll;
use crate::models::call::name_of;
use crate::notices;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use chrono::Duration;
use gestfg_types::availability::AvailabilityPoll;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AvailabilityPollId, CallId, DegreeId};
use serde_json::json;

/// Nobody is written to more often.
const PAUSE: Duration = Duration::hours(1);

/// Write again to those who have not answered. By a coordinator of the degree
/// or an admin, before the deadline and once an hour at most: two who press
/// together write one letter.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path)),
    responses((status = 200, body = AvailabilityPoll, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/availability-polls/{id}/remind")]
pub(super) async fn remind_availability_poll(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
) -> AppResult<HttpResponse> {
    let (id, now, config) = (id.into_inner(), state.clock.now(), state.config.clone());
    let reminded = state
        .db
        .write(move |conn| {
            let poll = super::find_kept(conn, id, &user)?;
            let row = availability_poll::lock(conn, id)?;
            if row.deadline <= now {
                let rule = "The deadline has passed: give a later one first.";
                return Err(AppError::refuse(ErrorCode::InvalidState, rule));
            }
            if row.reminded_at.is_some_and(|last| last > now - PAUSE) {
                let rule = "They were reminded less than an hour ago.";
                return Err(AppError::refuse(ErrorCode::InvalidState, rule));
            }
            let silent = availability_poll::list_silent(conn, &row)?;
            availability_poll::claim_reminder(conn, &row, now)?;
            let call = poll.call(conn)?;
            let letter = Letter::AvailabilityReminder {
                call: CallId(row.call_id),
                name: name_of(&call),
                deadline: row.deadline,
            };
            notices::tell(conn, &config, now, &silent, &letter)?;
            Entry::new("availability_poll.remind", id.0)
                .degree(DegreeId(poll.degree_id))
                .after(&json!({"professor_ids": silent}))
                .record(conn, &(&user).into())?;
            super::announce(conn, &poll)?;
            let poll = availability_poll::find(conn, id, user.id)?;
            Ok(super::show(conn, poll, &user)?)
        })
        .await?;
    Ok(versioned(reminded.version, &reminded))
}
