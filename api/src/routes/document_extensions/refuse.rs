use super::{Decision, LONGEST, decide};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::documents::{DocumentExtension, RefuseDocumentExtension};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::DocumentExtensionId;

/// Refuse more time to hand in, and say why.
///
/// By coordinators of the degree and admins. Students and tutors are told.
#[utoipa::path(
    tag = "document-extensions",
    params(("id" = DocumentExtensionId, Path), ("If-Match" = String, Header)),
    request_body = RefuseDocumentExtension,
    responses((status = 200, body = DocumentExtension, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/document-extensions/{id}/refuse")]
pub(super) async fn refuse_document_extension(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DocumentExtensionId>,
    body: web::Json<RefuseDocumentExtension>,
) -> AppResult<HttpResponse> {
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/reason", &body.reason, LONGEST);
    if reason.is_empty() {
        errors.push("/reason", FieldCode::Required, "Say why.");
    }
    errors.into_result()?;
    let refused = decide(user, version, state, id.into_inner(), Decision::Refuse, Some(reason)).await?;
    Ok(versioned(refused.version, &refused))
}
