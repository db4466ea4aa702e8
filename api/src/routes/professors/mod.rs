//! Professors, as everyone may see them.

use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::professor::{self, ProfessorFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DepartmentId;
use gestfg_types::pagination::Page;
use gestfg_types::users::Professor;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on professors.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list_professors);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Words of the name, ignoring case and accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    q: Option<String>,
    /// Only those of this department.
    department_id: Option<DepartmentId>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List active professors by name. Visitors get only tutors whom the catalogue shows them anyway.
#[utoipa::path(
    tag = "professors",
    params(Params),
    responses((status = 200, body = Page<Professor>), Problems),
    security((), ("bearer" = []))
)]
#[get("/professors")]
async fn list_professors(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { q, department_id, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let filter = ProfessorFilter { q, department: department_id, only_public: viewer.0.is_none() };
    let window =
        state.public_reads.of(&viewer).run(move |conn| Ok(professor::list(conn, &filter, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::users::professor)))
}
