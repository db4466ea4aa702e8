use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::versioned;
use crate::models::audit::Entry;
use crate::models::availability_poll;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::availability::AvailabilityPoll;
use gestfg_types::ids::{AvailabilityPollId, CallId, DegreeId, UserId};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Who has; the caller unless said. Others: by who keeps the degree.
    #[param(value_type = Option<i64>)]
    professor_id: Option<UserId>,
}

/// Say that one has said all one has to say, also when that is nothing. By
/// those the poll asks, on behalf by a coordinator of the degree or an admin; a
/// second time changes nothing.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path), Params),
    responses((status = 200, body = AvailabilityPoll, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/availability-polls/{id}/answer")]
pub(super) async fn answer_availability_poll(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let Params { professor_id } = params.into_inner();
    let answered = state
        .db
        .write(move |conn| {
            let professor = professor_id.unwrap_or(user.id);
            let poll = if professor == user.id {
                super::find_visible(conn, id, &user)?
            } else {
                super::find_kept(conn, id, &user)?
            };
            if !availability_poll::list_asked(conn, CallId(poll.call_id))?.contains(&professor) {
                return Err(AppError::forbidden("Only those who are asked answer."));
            }
            if availability_poll::answer(conn, id, professor, now)? {
                Entry::new("availability_poll.answer", id.0)
                    .degree(DegreeId(poll.degree_id))
                    .after(&json!({"professor_id": professor}))
                    .record(conn, &(&user).into())?;
                super::announce(conn, &poll)?;
            }
            let poll = availability_poll::find(conn, id, user.id)?;
            Ok(super::show(conn, poll, &user)?)
        })
        .await?;
    Ok(versioned(answered.version, &answered))
}
