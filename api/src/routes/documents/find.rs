use super::readable;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use crate::views;
use actix_web::{get, web};
use gestfg_types::documents::Document;
use gestfg_types::ids::DocumentId;

/// One version of a document, without its bytes.
#[utoipa::path(
    tag = "documents",
    params(("id" = DocumentId, Path)),
    responses((status = 200, body = Document), Problems),
    security(("bearer" = []))
)]
#[get("/documents/{id}")]
pub(super) async fn find_document(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<DocumentId>,
) -> AppResult<web::Json<Document>> {
    let id = id.into_inner();
    let found = state.db.run(move |conn| readable(conn, id, &user)).await?;
    Ok(web::Json(views::documents::document(found)))
}
