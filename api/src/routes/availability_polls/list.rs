use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::availability_poll;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use actix_web::{HttpResponse, get, web};
use gestfg_types::availability::AvailabilityPoll;
use gestfg_types::ids::CallId;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of this call.
    #[param(value_type = Option<i64>)]
    call_id: Option<CallId>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List polls, the latest deadline first: those that ask the caller, and those
/// of the degrees they coordinate; an admin all.
#[utoipa::path(
    tag = "availability",
    params(Params),
    responses((status = 200, body = Page<AvailabilityPoll>), Problems),
    security(("bearer" = []))
)]
#[get("/availability-polls")]
pub(super) async fn list_availability_polls(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { call_id, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let page = state
        .db
        .run(move |conn| {
            let keeps = (!user.is_admin).then_some(user.coordinates.as_slice());
            let window = availability_poll::list(conn, user.id, keeps, call_id, &page)?;
            let (next_cursor, total) = (window.next_cursor, window.total);
            let items: Result<_, diesel::result::Error> =
                window.rows.into_iter().map(|row| super::show(conn, row, &user)).collect();
            Ok(Page::<AvailabilityPoll> { items: items?, next_cursor, total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
