use super::list::Params;
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::area::{self, AreaFilter};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, yes_or_no};
use actix_web::{HttpResponse, get, web};

/// All areas under these filters as a spreadsheet.
#[utoipa::path(
    tag = "areas",
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
#[get("/areas/export")]
pub(super) async fn export_areas(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let language = viewer.language(&state.config);
    let Exporting { format, params } = asked;
    let Params { q, is_active, .. } = params;
    let filter = AreaFilter { q, is_active };
    let titles = Titles::of(
        language,
        Titles { name: "Áreas", headers: &["Nombre", "Activa"] },
        Titles { name: "Areas", headers: &["Name", "Active"] },
    );
    export(&state.db, format, titles, move |conn, page| {
        let window = area::list(conn, &filter, page)?;
        Ok(window.shape(|row| vec![row.name.into(), yes_or_no(language, row.is_active)]))
    })
    .await
}
