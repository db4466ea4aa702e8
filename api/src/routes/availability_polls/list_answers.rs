use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::availability_poll;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::availability::PollRecipient;
use gestfg_types::ids::AvailabilityPollId;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Only those who have answered, or only the others.
    pub(super) answered: Option<bool>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List those a poll asks, by name, with when they answered. For coordinators
/// of the degree and admins.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path), Params),
    responses((status = 200, body = Page<PollRecipient>), Problems),
    security(("bearer" = []))
)]
#[get("/availability-polls/{id}/answers")]
pub(super) async fn list_availability_answers(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let Params { answered, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let window = state
        .db
        .run(move |conn| {
            super::find_kept(conn, id, &user)?;
            Ok(availability_poll::list_recipients(conn, id, answered, &page)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(window.map(views::availability::recipient)))
}
