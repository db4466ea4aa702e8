use super::{Decision, LONGEST, decide};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::documents::{DocumentExtension, GrantDocumentExtension};
use gestfg_types::ids::DocumentExtensionId;

/// Grant more time to hand in, as was asked for or until another moment.
///
/// By coordinators of the degree and admins. Students and tutors are told.
#[utoipa::path(
    tag = "document-extensions",
    params(("id" = DocumentExtensionId, Path), ("If-Match" = String, Header)),
    request_body = GrantDocumentExtension,
    responses((status = 200, body = DocumentExtension, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/document-extensions/{id}/grant")]
pub(super) async fn grant_document_extension(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DocumentExtensionId>,
    body: web::Json<GrantDocumentExtension>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    let mut errors = FieldErrors::new();
    let reason = body.reason.map(|reason| errors.paragraphs("/reason", &reason, LONGEST));
    errors.into_result()?;
    let reason = reason.filter(|reason| !reason.is_empty());
    let granted = decide(user, version, state, id.into_inner(), Decision::Grant(body.until), reason).await?;
    Ok(versioned(granted.version, &granted))
}
