use super::list::Params;
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::sitting::{self, SittingFilter};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, yes_or_no};
use actix_web::{HttpResponse, get, web};

/// All sittings under these filters as a spreadsheet.
#[utoipa::path(
    tag = "sittings",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/sittings/export")]
pub(super) async fn export_sittings(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let language = viewer.language(&state.config);
    let Exporting { format, params } = asked;
    let Params { q, is_active, .. } = params;
    let filter = SittingFilter { q, is_active };
    let titles = Titles::of(
        language,
        Titles { name: "Convocatorias del curso", headers: &["Código", "Nombre", "Orden", "Activa"] },
        Titles { name: "Sittings", headers: &["Code", "Name", "Place", "Active"] },
    );
    export(&state.db, format, titles, move |conn, page| {
        let window = sitting::list(conn, &filter, page)?;
        Ok(window.shape(|row| {
            vec![row.code.into(), row.name.into(), row.position.into(), yes_or_no(language, row.is_active)]
        }))
    })
    .await
}
