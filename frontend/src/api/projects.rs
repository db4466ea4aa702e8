//! Projects from draft to withdrawal.

use super::{ApiError, Client};
use gestfg_types::ids::ProjectId;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{
    CreateProject, Project, ProjectAction, ProjectSummary, Reason, RenderMarkdown, RenderedMarkdown,
    UpdateProject,
};
use serde::Serialize;

/// Projects the caller may see, under these filters.
pub async fn list_projects(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<ProjectSummary>, ApiError> {
    client.list("/projects", filters).fetch().await
}

/// One project, whole.
pub async fn find_project(client: &Client, id: ProjectId) -> Result<Project, ApiError> {
    client.get(&format!("/projects/{id}")).fetch().await
}

/// Projects like this one.
pub async fn similar_projects(client: &Client, id: ProjectId) -> Result<Page<ProjectSummary>, ApiError> {
    client.get(&format!("/projects/{id}/similar")).fetch().await
}

/// Makes a draft.
pub async fn create_project(client: &Client, project: &CreateProject) -> Result<Project, ApiError> {
    client.create("/projects").json(project).fetch().await
}

/// Changes a project seen at this version.
pub async fn update_project(
    client: &Client,
    id: ProjectId,
    version: i32,
    changes: &UpdateProject,
) -> Result<Project, ApiError> {
    client.patch(&format!("/projects/{id}")).if_match(version).json(changes).fetch().await
}

/// Removes a draft.
pub async fn delete_project(client: &Client, id: ProjectId, version: i32) -> Result<(), ApiError> {
    client.delete(&format!("/projects/{id}")).if_match(version).done().await
}

/// Copies a project into the present academic year.
pub async fn duplicate_project(client: &Client, id: ProjectId) -> Result<Project, ApiError> {
    client.create(&format!("/projects/{id}/duplicate")).fetch().await
}

/// Takes one step in a project's life. Steps that are no verbs of the API
/// (edit, delete, duplicate, assign) have functions of their own.
pub async fn step_project(
    client: &Client,
    id: ProjectId,
    version: i32,
    action: ProjectAction,
    reason: Option<String>,
) -> Result<Project, ApiError> {
    let call = client.post(&format!("/projects/{id}/{}", verb(action))).if_match(version);
    match reason {
        Some(reason) => call.json(&Reason { reason }).fetch().await,
        None => call.fetch().await,
    }
}

const fn verb(action: ProjectAction) -> &'static str {
    match action {
        ProjectAction::Submit => "submit",
        ProjectAction::Validate => "validate",
        ProjectAction::Reject => "reject",
        ProjectAction::Reopen => "reopen",
        ProjectAction::Publish => "publish",
        ProjectAction::Unpublish => "unpublish",
        ProjectAction::Withdraw => "withdraw",
        ProjectAction::Duplicate => "duplicate",
        ProjectAction::Edit | ProjectAction::EditText => "edit",
        ProjectAction::Delete => "delete",
        ProjectAction::Assign => "assign",
    }
}

/// Markdown as it will be shown.
pub async fn render_markdown(client: &Client, markdown: String) -> Result<RenderedMarkdown, ApiError> {
    client.post("/markdown").json(&RenderMarkdown { markdown }).fetch().await
}
