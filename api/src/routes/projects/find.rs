use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::call;
use crate::models::project_view;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::ProjectId;
use gestfg_types::projects::Project;

/// One project, with its texts as Markdown and as safe HTML.
///
/// Published ones are for everybody; others for their tutors, the head of the
/// tutor's department, the coordinators of the degree and admins.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path)),
    responses((status = 200, body = Project, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/projects/{id}")]
pub(super) async fn find_project(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let (now, year) = (state.clock.now(), state.academic_year());
    let project = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let row = project_view::find_visible(conn, id, viewer.actor())?;
            let today = call::today(conn, viewer.actor(), year, now)?;
            Ok(views::projects::project(row, viewer.actor(), &today))
        })
        .await?;
    Ok(versioned(project.summary.version, &project))
}
