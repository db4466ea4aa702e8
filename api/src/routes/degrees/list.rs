use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::degree::{self, DegreeFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::master::{Degree, Level};
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
    /// Only those of this level.
    pub(super) level: Option<Level>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// List degrees by code, with the rules of the present academic year.
#[utoipa::path(
    tag = "degrees",
    params(Params),
    responses((status = 200, body = Page<Degree>), Problems),
    security((), ("bearer" = []))
)]
#[get("/degrees")]
pub(super) async fn list_degrees(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { q, is_active, level, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let filter = DegreeFilter { q, is_active, level };
    let year = state.academic_year();
    let window =
        state.public_reads.of(&viewer).run(move |conn| Ok(degree::list(conn, &filter, year, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(|row| views::master::degree(row, viewer.actor()))))
}
