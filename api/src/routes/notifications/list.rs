use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::notification;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::notifications::Notification;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Only those that were not read yet.
    #[serde(default)]
    unread: bool,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The caller's inbox, the latest first, in their language.
#[utoipa::path(
    tag = "notifications",
    params(Params),
    responses((status = 200, body = Page<Notification>), Problems),
    security(("bearer" = []))
)]
#[get("/notifications")]
pub(super) async fn list_notifications(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { unread, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let id = user.id;
    let window = state.db.run(move |conn| Ok(notification::list(conn, id, unread, &page)?)).await?;
    let zone = state.config.time_zone;
    let page: Page<Notification> =
        window.map(|row| views::notifications::notification(row, user.language, zone));
    Ok(HttpResponse::Ok().json(page))
}
