use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::department::{self, DepartmentFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::AreaId;
use gestfg_types::master::Department;
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
    /// Only those of this area.
    pub(super) area_id: Option<AreaId>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// List departments by code.
#[utoipa::path(
    tag = "departments",
    params(Params),
    responses((status = 200, body = Page<Department>), Problems),
    security((), ("bearer" = []))
)]
#[get("/departments")]
pub(super) async fn list_departments(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { q, is_active, area_id, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let filter = DepartmentFilter { q, is_active, area: area_id };
    let window =
        state.public_reads.of(&viewer).run(move |conn| Ok(department::list(conn, &filter, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(|row| views::master::department(row, viewer.actor()))))
}
