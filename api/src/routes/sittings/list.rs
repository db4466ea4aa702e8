use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::sitting::{self, SittingFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::master::Sitting;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Part of the code or name, ignoring case and accents.
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

/// List sittings by their place in the year.
#[utoipa::path(
    tag = "sittings",
    params(Params),
    responses((status = 200, body = Page<Sitting>), Problems),
    security((), ("bearer" = []))
)]
#[get("/sittings")]
pub(super) async fn list_sittings(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { q, is_active, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let filter = SittingFilter { q, is_active };
    let window =
        state.public_reads.of(&viewer).run(move |conn| Ok(sitting::list(conn, &filter, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(|row| views::master::sitting(row, viewer.actor()))))
}
