use crate::app::AppState;
use crate::error::{AppError, AppResult};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::people::{self, Person};
use crate::models::{identity_claim, roles};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::users::Keeper;
use actix_web::{HttpResponse, post, web};
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{IdentityClaimId, UserId};
use serde_json::json;

/// Join claimant and student on file: DNI, degrees and assignments move to the claimant's account.
///
/// Admin: any; coordinators: on students of their degrees.
#[utoipa::path(
    tag = "identity-claims",
    params(("id" = IdentityClaimId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/identity-claims/{id}/confirm")]
pub(super) async fn confirm_claim(
    keeper: Keeper,
    state: web::Data<AppState>,
    id: web::Path<IdentityClaimId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let (config, now) = (state.config.clone(), state.clock.now());
    state
        .db
        .write(move |conn| {
            let claim = identity_claim::lock(conn, id, keeper.within())?;
            let claimant = people::lock(conn, UserId(claim.claimant_id))?;
            let preloaded = people::lock(conn, UserId(claim.preloaded_id))?;
            check(conn, &claimant, &preloaded)?;
            identity_claim::join(conn, claimant.id(), preloaded.id(), preloaded.row.dni.clone())?;
            let mut entry = Entry::new("identity_claim.confirm", id.0)
                .before(&json!({"claimant": claimant, "preloaded": preloaded}))
                .after(&json!({"claimant": people::find(conn, claimant.id())?}));
            if let Some(degree) = preloaded.degrees().first() {
                entry = entry.degree(*degree);
            }
            entry.record(conn, &(&*keeper).into())?;
            let letter = Letter::ClaimDecided { rejected: None };
            notices::tell(conn, &config, now, &[claimant.id()], &letter)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whether the two can still be one person's records.
fn check(conn: &mut PgConnection, claimant: &Person, preloaded: &Person) -> AppResult<()> {
    let conflict = |detail: &str| Err(AppError::refuse(ErrorCode::ClaimConflict, detail));
    if preloaded.row.email.is_some() || preloaded.row.has_password {
        return conflict("The student on file has an account of their own by now.");
    }
    if preloaded.facts().is_staff || roles::find(conn, preloaded.id())?.student.is_none() {
        return conflict("The record on file is not that of a mere student any more.");
    }
    if claimant.row.dni.is_some() && claimant.row.dni != preloaded.row.dni {
        return conflict("The claimant's account has another DNI.");
    }
    if identity_claim::assignments_clash(conn, claimant.id(), preloaded.id())? {
        return conflict("Both have an active assignment at the same level, or the same assignment.");
    }
    Ok(())
}
