use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::availability::AvailabilityPoll;
use gestfg_types::ids::AvailabilityPollId;

/// One poll, for those it asks and those who keep the degree.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path)),
    responses((status = 200, body = AvailabilityPoll, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/availability-polls/{id}")]
pub(super) async fn find_availability_poll(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state
        .db
        .run(move |conn| {
            let row = super::find_visible(conn, id, &user)?;
            Ok(super::show(conn, row, &user)?)
        })
        .await?;
    Ok(versioned(found.version, &found))
}
