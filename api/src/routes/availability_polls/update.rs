use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::availability_poll::{self, PollChanges};
use crate::openapi::Problems;
use actix_web::{HttpResponse, patch, web};
use chrono::{DateTime, Utc};
use gestfg_types::availability::{AvailabilityPoll, UpdateAvailabilityPoll};
use gestfg_types::ids::{AvailabilityPollId, DegreeId};

/// Change the deadline or the message of a poll. By a coordinator of the degree
/// or an admin. A later deadline is reminded of anew.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path), ("If-Match" = String, Header)),
    request_body = UpdateAvailabilityPoll,
    responses((status = 200, body = AvailabilityPoll, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/availability-polls/{id}")]
pub(super) async fn update_availability_poll(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
    body: web::Json<UpdateAvailabilityPoll>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let UpdateAvailabilityPoll { deadline, message } = body.into_inner();
    let mut errors = FieldErrors::new();
    let message = message.map(|message| errors.paragraphs("/message", &message, 2000));
    let changed = state
        .db
        .write(move |conn| {
            let poll = super::find_kept(conn, id, &user)?;
            let before = availability_poll::lock(conn, id)?;
            version.check(before.version)?;
            if let Some(deadline) = deadline {
                let until = poll.defences_end_at.unwrap_or(DateTime::<Utc>::MAX_UTC);
                super::check_deadline(&mut errors, deadline, now, until);
            }
            errors.into_result()?;
            let after = availability_poll::update(conn, id, &PollChanges { deadline, message })?;
            Entry::new("availability_poll.update", id.0)
                .degree(DegreeId(poll.degree_id))
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let poll = availability_poll::find(conn, id, user.id)?;
            super::announce(conn, &poll)?;
            Ok(super::show(conn, poll, &user)?)
        })
        .await?;
    Ok(versioned(changed.version, &changed))
}
