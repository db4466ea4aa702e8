use super::step::{announce, locked, refusal};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::project_actions;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::{project, project_view};
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::{DegreeId, ProjectId};
use gestfg_types::projects::ProjectAction;

/// Remove a draft that was never submitted nor assigned. Others are withdrawn.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/projects/{id}")]
pub(super) async fn delete_project(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
) -> AppResult<HttpResponse> {
    let (id, year) = (id.into_inner(), state.academic_year());
    state
        .db
        .write(move |conn| {
            let detail = project_view::find_visible(conn, id, Some(&user))?;
            let (row, situation) = locked(conn, &user, id, year)?;
            project_actions::permits(&user, &situation, ProjectAction::Delete)?;
            version.check(row.version)?;
            project_actions::possible(&situation, ProjectAction::Delete)
                .map_err(|code| refusal(code, ProjectAction::Delete, situation.facts.state))?;
            project::delete(conn, id)?;
            Entry::new("project.delete", id.0)
                .degree(DegreeId(row.degree_id))
                .before(&row)
                .record(conn, &(&user).into())?;
            announce(conn, &detail)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
