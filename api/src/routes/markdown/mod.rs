//! Markdown, shown before it is stored.

use crate::auth::CurrentUser;
use crate::domain::markdown;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::projects::{RenderMarkdown, RenderedMarkdown, TEXT_MAX};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on Markdown.
pub fn configure(config: &mut ServiceConfig) {
    config.service(render_markdown);
}

/// Preview Markdown as a project will show it: nothing in the HTML can run.
#[utoipa::path(
    tag = "projects",
    request_body = RenderMarkdown,
    responses((status = 200, body = RenderedMarkdown), Problems),
    security(("bearer" = []))
)]
#[post("/markdown")]
pub(super) async fn render_markdown(
    _user: CurrentUser,
    body: web::Json<RenderMarkdown>,
) -> AppResult<HttpResponse> {
    let mut errors = FieldErrors::new();
    let text = errors.paragraphs("/markdown", &body.markdown, TEXT_MAX);
    errors.into_result()?;
    Ok(HttpResponse::Ok().json(RenderedMarkdown { html: markdown::render(&text) }))
}
