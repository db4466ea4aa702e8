use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::room::{self, RoomFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::pagination::Page;
use gestfg_types::rooms::Room;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Part of the name or building, ignoring case and accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    pub(super) q: Option<String>,
    /// Only active ones, or only the others.
    pub(super) is_active: Option<bool>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// List rooms by name.
#[utoipa::path(
    tag = "rooms",
    params(Params),
    responses((status = 200, body = Page<Room>), Problems),
    security((), ("bearer" = []))
)]
#[get("/rooms")]
pub(super) async fn list_rooms(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { q, is_active, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let (filter, now) = (RoomFilter { q, is_active }, state.clock.now());
    let page = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let window = room::list(conn, &filter, &page)?;
            let ids: Vec<i64> = window.rows.iter().map(|row| row.id).collect();
            let ahead = room::count_closures_ahead(conn, &ids, now)?;
            let closures = |id: i64| ahead.get(&id).copied().unwrap_or_default();
            Ok(window.map(|row| views::rooms::room(closures(row.id), row, viewer.actor())))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
