use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::message;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::messages::Thread;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Only those with something to read.
    #[serde(default)]
    unread: bool,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The threads the caller takes part in, the one written in last first.
#[utoipa::path(
    tag = "messages",
    params(Params),
    responses((status = 200, body = Page<Thread>), Problems),
    security(("bearer" = []))
)]
#[get("/messages/threads")]
pub(super) async fn list_threads(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { unread, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let viewer = user.id;
    let (window, last) = state
        .db
        .run(move |conn| {
            let window = message::list_threads(conn, viewer, unread, &page)?;
            let last: Vec<i64> = window.rows.iter().map(|row| row.last_id).collect();
            let last = message::load(conn, &last)?;
            Ok((window, last))
        })
        .await?;
    let mut last: HashMap<i64, _> = last.into_iter().map(|row| (row.id, row)).collect();
    let page: Page<Thread> = window.map(|row| {
        let last = last.remove(&row.last_id);
        views::messages::thread(row, last, viewer)
    });
    Ok(HttpResponse::Ok().json(page))
}
