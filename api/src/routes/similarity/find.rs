use super::Compared;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use actix_web::{get, web};
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::Similarity;

/// How much of a document stands in earlier deposits of the faculty, and where.
///
/// For those who may read the document. Its tutors, its committee, coordinators
/// of the degree and admins read the passages in common, of which earlier
/// project they are, and what was signed; of the earlier deposit nothing else.
/// Students read how much it is, and neither whose nor what was signed.
#[utoipa::path(
    tag = "similarity",
    params(("id" = DocumentId, Path)),
    responses((status = 200, body = Similarity), Problems),
    security(("bearer" = []))
)]
#[get("/documents/{id}/similarity")]
pub(super) async fn find_document_similarity(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<DocumentId>,
) -> AppResult<web::Json<Similarity>> {
    let id = id.into_inner();
    let found = state.db.run(move |conn| Compared::load(conn, id, &user)?.shown(conn, &user)).await?;
    Ok(web::Json(found))
}
