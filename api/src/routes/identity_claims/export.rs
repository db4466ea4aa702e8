use super::list::Params;
use crate::app::AppState;
use crate::error::AppResult;
use crate::models::identity_claim;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local};
use crate::routes::users::Keeper;
use crate::views;
use actix_web::{HttpResponse, get, web};

const SPANISH: Titles = Titles {
    name: "Identidades por confirmar",
    headers: &["Quien se registró", "Correo", "En el fichero", "DNI", "Pedida el"],
};

const ENGLISH: Titles = Titles {
    name: "Identities to confirm",
    headers: &["Who registered", "E-mail", "On file", "DNI", "Asked on"],
};

/// All claims that wait for a decision as a spreadsheet, oldest first. Admin: all; coordinators:
/// on students of their degrees.
#[utoipa::path(
    tag = "identity-claims",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/identity-claims/export")]
pub(super) async fn export_identity_claims(
    keeper: Keeper,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let zone = state.config.time_zone;
    export(&state.db, asked.format, Titles::of(keeper.language, SPANISH, ENGLISH), move |conn, page| {
        let window = identity_claim::list(conn, keeper.within(), page)?;
        Ok(window.shape(|row| {
            let claim = views::users::identity_claim(row);
            vec![
                claim.claimant.name.into(),
                claim.claimant_email.into(),
                claim.preloaded.name.into(),
                claim.dni.into(),
                local(claim.created_at, zone).into(),
            ]
        }))
    })
    .await
}
