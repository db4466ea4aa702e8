use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::import;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::imports::Import;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List one's own imports, newest first; everybody's for an admin.
#[utoipa::path(
    tag = "imports",
    params(Params),
    responses((status = 200, body = Page<Import>), Problems),
    security(("bearer" = []))
)]
#[get("/imports")]
pub(super) async fn list_imports(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let author = (!user.is_admin).then_some(user.id);
    let window = state.db.run(move |conn| Ok(import::list(conn, author, &page)?)).await?;
    let (next_cursor, total) = (window.next_cursor, window.total);
    let items = window.rows.into_iter().map(views::imports::import).collect::<AppResult<Vec<_>>>()?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor, total }))
}
