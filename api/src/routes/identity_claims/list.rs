use crate::app::AppState;
use crate::error::AppResult;
use crate::models::identity_claim;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::routes::users::Keeper;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::accounts::IdentityClaim;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List claims that wait for a decision, oldest first; those whose claimant has not proven their address yet are left out.
///
/// Admin: all; coordinators: on students of their degrees.
#[utoipa::path(
    tag = "identity-claims",
    params(Params),
    responses((status = 200, body = Page<IdentityClaim>), Problems),
    security(("bearer" = []))
)]
#[get("/identity-claims")]
pub(super) async fn list_identity_claims(
    keeper: Keeper,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let window = state.db.run(move |conn| Ok(identity_claim::list(conn, keeper.within(), &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::users::identity_claim)))
}
