use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::room;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use gestfg_types::ids::RoomId;
use gestfg_types::pagination::Page;
use gestfg_types::rooms::RoomClosure;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Only those that end after this moment.
    pub(super) from: Option<DateTime<Utc>>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List when a room cannot be used, in the order of time. For coordinators and
/// admins.
#[utoipa::path(
    tag = "rooms",
    params(("id" = RoomId, Path), Params),
    responses((status = 200, body = Page<RoomClosure>), Problems),
    security(("bearer" = []))
)]
#[get("/rooms/{id}/closures")]
pub(super) async fn list_room_closures(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<RoomId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let id = id.into_inner();
    let Params { from, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let window = state
        .db
        .run(move |conn| {
            room::find(conn, id)?;
            Ok(room::list_closures(conn, id, from, &page)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(window.map(views::rooms::closure)))
}
