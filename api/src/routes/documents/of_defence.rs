use super::list::whole_set;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::defence;
use crate::openapi::Problems;
use actix_web::{get, web};
use gestfg_types::documents::DocumentSet;
use gestfg_types::ids::{DefenceId, EvaluationRequestId, UserId};

/// The documents of a defence: those of the team and those of its student.
///
/// For those who may read the documents of its evaluation request.
#[utoipa::path(
    tag = "documents",
    params(("id" = DefenceId, Path)),
    responses((status = 200, body = DocumentSet), Problems),
    security(("bearer" = []))
)]
#[get("/defences/{id}/documents")]
pub(super) async fn list_documents_of_defence(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
) -> AppResult<web::Json<DocumentSet>> {
    let (id, now, max_bytes) = (id.into_inner(), state.clock.now(), state.config.document_limit);
    let found = state
        .db
        .run(move |conn| {
            let defence = defence::find(conn, id)?;
            let request = EvaluationRequestId(defence.evaluation_request_id);
            whole_set(conn, request, Some(UserId(defence.student_id)), &user, max_bytes, now)
        })
        .await?;
    Ok(web::Json(found))
}
