use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::defence::{self, DefenceFilter, Position};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use gestfg_types::defences::Defence;
use gestfg_types::ids::{CallId, CommitteeId, RoomId, UserId};
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
    /// Before this committee.
    #[param(value_type = Option<i64>)]
    committee_id: Option<CommitteeId>,
    /// In this room.
    #[param(value_type = Option<i64>)]
    room_id: Option<RoomId>,
    /// The caller's own: as student, tutor or member of the committee.
    #[serde(default)]
    mine: bool,
    /// That end after this moment.
    from: Option<DateTime<Utc>>,
    /// That begin before this moment.
    to: Option<DateTime<Utc>>,
    /// How many, 25 by default.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Published defences by time, those without a time last. Public: visitors read students by
/// their initials.
#[utoipa::path(
    tag = "defences",
    params(Params),
    responses((status = 200, body = Page<Defence>), Problems),
    security((), ("bearer" = []))
)]
#[get("/defences")]
pub(super) async fn list_defences(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { call_id, committee_id, room_id, mine, from, to, limit, cursor } = params.into_inner();
    let page = PageParams::<Position>::parse(limit, cursor.as_deref())?;
    // A visitor has none.
    let own = mine.then(|| viewer.actor().map_or(UserId(i64::MAX), |actor| actor.id));
    let filter = DefenceFilter {
        call: call_id,
        committee: committee_id,
        room: room_id,
        person: own,
        from,
        to,
        ..DefenceFilter::default()
    };
    let page = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let window = defence::list(conn, &filter, &page)?;
            Ok(window.map(|row| views::defences::defence(row, viewer.actor())))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
