use crate::app::AppState;
use crate::auth::Viewer;
use crate::caching::revalidated;
use crate::error::AppResult;
use crate::models::{call, project_similar, project_view};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpRequest, HttpResponse, get, web};
use gestfg_types::ids::ProjectId;
use gestfg_types::pagination::Page;
use gestfg_types::projects::ProjectSummary;

/// Published projects that resemble this one: at most six, the closest first.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-None-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = Page<ProjectSummary>, headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing the caller sees has changed since that ETag."),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/projects/{id}/similar")]
pub(super) async fn similar_projects(
    viewer: Viewer,
    request: HttpRequest,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
) -> AppResult<HttpResponse> {
    let (id, now, year) = (id.into_inner(), state.clock.now(), state.academic_year());
    let asking = viewer.clone();
    let page = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            project_view::find_visible(conn, id, asking.actor())?;
            let rows = project_similar::list(conn, id)?;
            let today = call::today(conn, asking.actor(), year, now)?;
            let items: Vec<_> =
                rows.into_iter().map(|row| views::projects::summary(row, asking.actor(), &today)).collect();
            Ok(Page { total: items.len() as u64, next_cursor: None, items })
        })
        .await?;
    revalidated(&request, &viewer, &page)
}
