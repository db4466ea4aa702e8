use crate::app::AppState;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::{identity_claim, people};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::users::Keeper;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{IdentityClaimId, UserId};
use gestfg_types::projects::Reason;
use serde_json::json;

/// Leave claimant and student on file apart; the claimant is told why.
///
/// Admin: any; coordinators: on students of their degrees.
#[utoipa::path(
    tag = "identity-claims",
    params(("id" = IdentityClaimId, Path)),
    request_body = Reason,
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/identity-claims/{id}/reject")]
pub(super) async fn reject_claim(
    keeper: Keeper,
    state: web::Data<AppState>,
    id: web::Path<IdentityClaimId>,
    body: web::Json<Reason>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/reason", &body.reason, 2000);
    if reason.is_empty() {
        errors.push("/reason", FieldCode::Required, "A reason is required.");
    }
    errors.into_result()?;
    let (config, now) = (state.config.clone(), state.clock.now());
    state
        .db
        .write(move |conn| {
            let claim = identity_claim::lock(conn, id, keeper.within())?;
            let degrees = people::find(conn, UserId(claim.preloaded_id))?.degrees();
            identity_claim::delete(conn, claim.id)?;
            let mut entry = Entry::new("identity_claim.reject", id.0)
                .before(&json!({"claimant_id": claim.claimant_id, "preloaded_id": claim.preloaded_id}))
                .reason(reason.clone());
            if let Some(degree) = degrees.first() {
                entry = entry.degree(*degree);
            }
            entry.record(conn, &(&*keeper).into())?;
            let letter = Letter::ClaimDecided { rejected: Some(reason) };
            notices::tell(conn, &config, now, &[UserId(claim.claimant_id)], &letter)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
