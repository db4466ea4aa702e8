use super::seen_round;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::application_view;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_rounds::OfferedProject;
use gestfg_types::ids::{AllocationRoundId, DegreeId};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Part of the title or of the tutor's name.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    pub(super) q: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What can be asked for in a round now, by title; how many ask for it, if the round shows that
/// or the caller keeps it.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), Params),
    responses((status = 200, body = Page<OfferedProject>), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-rounds/{id}/projects")]
pub(super) async fn list_offered_projects(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, Params { q, limit, cursor }) = (id.into_inner(), params.into_inner());
    let page = PageParams::<(String, i64)>::parse(limit, cursor.as_deref())?;
    let page = state
        .db
        .run(move |conn| {
            let (row, _) = seen_round(conn, &user, id)?;
            let counts = row.show_counts || user.keeps_degree(DegreeId(row.degree_id));
            let window = application_view::list_offered(conn, id, q.as_deref(), &page)?;
            Ok(window.map(|row| views::allocation::offered(row, counts)))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
