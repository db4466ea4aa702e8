use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::versioned;
use crate::models::audit::Entry;
use crate::models::availability_poll;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::availability::AvailabilityPoll;
use gestfg_types::ids::{AvailabilityPollId, DegreeId};

/// Say that one has said all one has to say, also when that is nothing. By
/// those the poll asks; a second time changes nothing.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path)),
    responses((status = 200, body = AvailabilityPoll, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/availability-polls/{id}/answer")]
pub(super) async fn answer_availability_poll(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let answered = state
        .db
        .write(move |conn| {
            let poll = super::find_visible(conn, id, &user)?;
            if !poll.is_mine {
                return Err(AppError::forbidden("Only those who are asked answer."));
            }
            if poll.my_answer_at.is_none() {
                availability_poll::answer(conn, id, user.id, now)?;
                Entry::new("availability_poll.answer", id.0)
                    .degree(DegreeId(poll.degree_id))
                    .record(conn, &(&user).into())?;
                super::announce(conn, &poll)?;
            }
            let poll = availability_poll::find(conn, id, user.id)?;
            Ok(super::show(conn, poll, &user)?)
        })
        .await?;
    Ok(versioned(answered.version, &answered))
}
